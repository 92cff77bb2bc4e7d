package io.ibid.cli;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.ResultPrinter;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ibid dql}: one statement. */
@Command(
        name = "dql",
        description = {
            "Run one DQL statement and print what it yields.",
            "A query prints its rows; a statement that writes prints the ids of the documents it wrote and its commit."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid dql --data ./phone \"SELECT * FROM cars WHERE color = 'blue' LIMIT 10\"",
            "  ./ibid dql --url http://127.0.0.1:4080 --api-key KEY --format json \\",
            "      --args '{\"doc\":{\"_id\":\"c1\",\"color\":\"red\"}}' 'INSERT INTO cars DOCUMENTS (:doc)'"
        })
final class DqlCommand implements Callable<Integer> {
    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(
            names = "--args",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The arguments that the statement names with a colon, as one JSON object.")
    private String arguments;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print rows: a table, or one JSON object a line. Default: table.")
    private OutputFormat format;

    @Parameters(paramLabel = "STATEMENT", description = "The statement, in quotes.")
    private String statement;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Value.Struct parsed = parseArguments(arguments);
        ResultPrinter printer = new ResultPrinter(out, spec.commandLine().getErr(), format, Console.columns());
        try (StatementClient client = database.open();
                Answer answer = client.execute(statement, parsed)) {
            printer.print(statement, answer, () -> "");
        }
        return 0;
    }

    static Value.Struct parseArguments(String json) {
        try {
            if (Json.parse(json) instanceof Value.Struct arguments) {
                return arguments;
            }
        } catch (MalformedException malformed) {
            throw CommandFailure.usage("--args: " + malformed.getMessage());
        }
        throw CommandFailure.usage("--args must be a JSON object, such as {\"color\":\"blue\"}");
    }
}
