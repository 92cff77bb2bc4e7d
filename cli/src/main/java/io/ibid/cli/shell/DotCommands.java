package io.ibid.cli.shell;

import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.Table;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the shell can do besides running statements: everything that begins with a dot. */
final class DotCommands {

    /** What a dot command does with the text behind its name. */
    private interface Action {
        void run(Session session, String rest);
    }

    /**
     * One command.
     *
     * @param name with the dot
     * @param arguments as help shows them
     */
    record Dot(String name, String arguments, String description, Action action) {}

    private final List<Dot> dots = List.of(
            new Dot(".help", "", "show this", (session, rest) -> help(session)),
            new Dot(
                    ".collections",
                    "",
                    "list the collections, with how many documents each has",
                    (session, rest) -> Overview.collections(session)),
            new Dot(
                    ".fields",
                    "COLLECTION",
                    "list the fields of some of its documents, with their types",
                    (session, rest) -> Overview.fields(session, one(".fields COLLECTION", rest))),
            new Dot(".explain", "STATEMENT", "show how a statement would be run", DotCommands::explain),
            new Dot(
                    ".watch",
                    "SELECT …",
                    "show the result again whenever it changes; q or Ctrl-C ends it",
                    DotCommands::watch),
            new Dot(
                    ".set",
                    "[NAME VALUE]",
                    "give the parameter :NAME a value, as JSON; alone, list them",
                    DotCommands::set),
            new Dot(".unset", "NAME", "forget the parameter :NAME", DotCommands::unset),
            new Dot(".format", "[table|json]", "how results are printed", DotCommands::format),
            new Dot(
                    ".import",
                    "FILE COLLECTION",
                    "insert the documents of a JSON or JSON lines file",
                    Transfer::importFile),
            new Dot(".export", "FILE COLLECTION", "write all documents to a file, - for here", Transfer::exportFile),
            new Dot(".quit", "", "leave; so does Ctrl-D", (session, rest) -> session.end()));

    List<Dot> all() {
        return dots;
    }

    /** Runs a line that begins with a dot. */
    void run(Session session, String line) {
        String[] parts = line.strip().split("\\s+", 2);
        String rest = parts.length < 2 ? "" : parts[1].strip();
        find(parts[0])
                .action()
                .run(
                        session,
                        rest.endsWith(";")
                                ? rest.substring(0, rest.length() - 1).strip()
                                : rest);
    }

    /** The command of that name, or the only one that begins so. */
    private Dot find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String synonym = wanted.equals(".exit") ? ".quit" : wanted;
        List<Dot> found =
                dots.stream().filter(dot -> dot.name().startsWith(synonym)).toList();
        List<Dot> exact =
                found.stream().filter(dot -> dot.name().equals(synonym)).toList();
        if (exact.size() == 1) {
            return exact.getFirst();
        }
        if (found.size() == 1 && synonym.length() > 1) {
            return found.getFirst();
        }
        throw CommandFailure.usage(
                found.isEmpty() || synonym.length() == 1
                        ? "there is no command " + name + "; .help lists them"
                        : name + " may be " + found.stream().map(Dot::name).collect(Collectors.joining(" or ")));
    }

    private void help(Session session) {
        Table table = new Table(List.of("command", "what it does"));
        for (Dot dot : dots) {
            table.add(List.of(Value.of((dot.name() + " " + dot.arguments()).strip()), Value.of(dot.description())));
        }
        table.print(session.screen().out(), session.screen().columns());
        session.screen().out().println();
        session.screen()
                .out()
                .println(
                        session.screen().isInteractive()
                                ? """
                A statement that is whole runs when you press Enter; one that is not goes on on the next line.
                A semicolon or an empty line ends it in any case. Alt-Enter begins a new line within a statement.
                Tab completes words, collections and fields. Up and down walk through what you entered before, Ctrl-R searches it.
                Ctrl-C stops what runs, Ctrl-D leaves."""
                                : "A semicolon or an empty line ends a statement. The first error ends the shell.");
    }

    private static void explain(Session session, String rest) {
        if (rest.isEmpty()) {
            throw usage(".explain STATEMENT");
        }
        String first = rest.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
        session.execute(first.equals("EXPLAIN") || first.equals("PROFILE") ? rest : "EXPLAIN " + rest);
    }

    private static void watch(Session session, String rest) {
        if (rest.isEmpty()) {
            throw usage(".watch SELECT …");
        }
        new WatchCommand(session, rest).run();
    }

    private static void set(Session session, String rest) {
        if (rest.isEmpty()) {
            list(session);
            return;
        }
        String[] parts = rest.split("\\s+", 2);
        String name = parts[0].startsWith(":") ? parts[0].substring(1) : parts[0];
        if (parts.length < 2 || name.isEmpty()) {
            throw usage(".set NAME VALUE");
        }
        try {
            session.parameters().put(name, Json.parse(parts[1]));
        } catch (MalformedException malformed) {
            throw CommandFailure.usage(
                    "the value of a parameter is JSON, such as 5, \"blue\" or [1, 2]: " + malformed.getMessage());
        }
    }

    private static void list(Session session) {
        if (session.parameters().isEmpty()) {
            session.screen().out().println("no parameters; .set NAME VALUE gives :NAME a value");
            return;
        }
        Table table = new Table(List.of("parameter", "value"));
        session.parameters()
                .forEach((name, value) -> table.add(List.of(Value.of(":" + name), Value.of(Json.write(value)))));
        table.print(session.screen().out(), session.screen().columns());
    }

    private static void unset(Session session, String rest) {
        String name = one(".unset NAME", rest);
        if (session.parameters().remove(name.startsWith(":") ? name.substring(1) : name) == null) {
            throw CommandFailure.failure("there is no parameter " + name);
        }
    }

    private static void format(Session session, String rest) {
        switch (rest.toLowerCase(Locale.ROOT)) {
            case "table" -> session.format(OutputFormat.TABLE);
            case "json" -> session.format(OutputFormat.JSON);
            case "" -> session.screen().out().println(session.format().name().toLowerCase(Locale.ROOT));
            default -> throw usage(".format table|json");
        }
    }

    private static String one(String usage, String rest) {
        if (rest.isEmpty()) {
            throw usage(usage);
        }
        return rest;
    }

    static CommandFailure usage(String usage) {
        return CommandFailure.usage("it is written " + usage);
    }
}
