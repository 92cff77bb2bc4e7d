package io.ibid.cli;

import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.shell.Shell;
import io.ibid.cli.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid shell}: work with a database interactively. */
@Command(
        name = "shell",
        description = {
            "Work with a database interactively: statements, and dot commands such as .collections, .watch and .help.",
            "Without a terminal it runs the statements that it reads, separated by semicolons or empty lines; the exit code is 1"
                    + " when one of them fails, and nothing after it is run.",
            "What you enter is kept in ~/.ibid_history, or in the file that the environment variable IBID_HISTORY names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid shell --data ./phone",
            "  ./ibid shell --url http://127.0.0.1:4080 --api-key KEY",
            "  echo \"SELECT COUNT(*) FROM cars\" | ./ibid shell --data ./phone --format json"
        })
final class ShellCommand implements Callable<Integer> {
    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print rows: a table, or one JSON object a line. Default: table.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (StatementClient client = database.open()) {
            if (Console.isInteractive()) {
                Shell.atTerminal(client, format);
                return 0;
            }
            return Shell.script(
                    System.in, spec.commandLine().getOut(), spec.commandLine().getErr(), client, format);
        }
    }
}
