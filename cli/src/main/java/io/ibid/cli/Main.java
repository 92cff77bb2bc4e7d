package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.core.error.IbidException;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ibid}: the root of all commands, and how each of them ends. */
@Command(
        name = "./ibid",
        description = "An offline-first document database that syncs peer to peer and with a server.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = {"  ./ibid demo", "", "./ibid COMMAND --help explains a command."},
        subcommands = {
            DemoCommand.class,
            TestCommand.class,
            ServeCommand.class,
            PeerCommand.class,
            DqlCommand.class,
            ShellCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            StatusCommand.class,
            SubscriptionsCommand.class,
            CheckCommand.class,
            SimulateCommand.class,
            BenchCommand.class,
            ClasspathCommand.class,
            InstallCommand.class,
            ExampleCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // picocli prints the version by itself
    private boolean version;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        int code = run(Console.stdout(), Console.stderr(), arguments);
        System.exit(code);
    }

    /** Runs one command inside this process; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine().setOut(out).setErr(err).execute(arguments);
        } finally {
            out.flush();
            err.flush();
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.getSubcommands().values().forEach(Main::addHelp);
        addHelp(line);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Console.isColourful() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.clamp(Console.columns(), 60, 110));
        line.setParameterExceptionHandler(Main::usage);
        line.setExecutionExceptionHandler(Main::failed);
        return line;
    }

    private static void addHelp(CommandLine line) {
        if (!line.getCommandSpec().optionsMap().containsKey("--help")) {
            line.addMixin("help", new HelpOption());
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command; ./ibid --help lists them");
    }

    private static int usage(ParameterException problem, String[] arguments) {
        CommandLine line = problem.getCommandLine();
        String command = line.getCommandSpec().qualifiedName(" ");
        String sentence = sentence(problem);
        Console.error(line.getErr(), sentence);
        if (!sentence.contains("--help")) {
            line.getErr().println("See " + command + " --help.");
        }
        return CommandFailure.USAGE;
    }

    private static int failed(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        switch (problem) {
            case CommandFailure failure -> {
                Console.error(err, sentence(failure));
                return failure.exitCode();
            }
            case IbidException failure -> Console.error(err, sentence(failure));
            default -> {
                // Not foreseen, so it is a mistake in the program: whoever reports it needs the place.
                Console.error(err, "unexpected: " + problem);
                problem.printStackTrace(err);
            }
        }
        return CommandFailure.FAILURE;
    }

    private static String sentence(Exception problem) {
        return Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    }
}
