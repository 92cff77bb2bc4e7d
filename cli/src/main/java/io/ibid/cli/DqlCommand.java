package io.ibid.cli;

import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    private static final int IDS_SHOWN = 10;

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
        try (StatementClient client = database.open();
                Answer answer = client.execute(statement, parsed)) {
            switch (format) {
                case TABLE -> printTable(answer, out);
                case JSON -> printJson(answer, out);
            }
            for (String warning : answer.warnings()) {
                spec.commandLine().getErr().println("warning: " + warning);
            }
            long unlisted = answer.warningsTotal() - answer.warnings().size();
            if (unlisted > 0) {
                spec.commandLine().getErr().println("warning: and " + unlisted + " more");
            }
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

    private static void printJson(Answer answer, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        Value.Struct row;
        while ((row = answer.next()) != null) {
            line.setLength(0);
            Json.append(line, row);
            out.println(line);
        }
        if (answer.isMutation()) {
            out.println(Json.write(Value.Struct.builder()
                    .put("mutatedDocumentIds", new Value.Array(answer.mutatedIds()))
                    .put("commitId", Value.of(answer.commitId()))
                    .build()));
        }
    }

    private static void printTable(Answer answer, PrintWriter out) {
        List<Value.Struct> rows = new ArrayList<>();
        Value.Struct row;
        while ((row = answer.next()) != null) {
            rows.add(row);
        }
        if (answer.isMutation()) {
            List<Value> ids = answer.mutatedIds();
            String listed = ids.stream().limit(IDS_SHOWN).map(Json::write).collect(Collectors.joining(", "));
            out.println(Count.of(ids.size(), "document") + " written"
                    + (ids.isEmpty() ? "" : ": " + listed + (ids.size() > IDS_SHOWN ? ", …" : ""))
                    + " (commit " + answer.commitId() + ")");
        }
        if (!rows.isEmpty()) {
            Table.of(rows).print(out, Console.columns());
        }
        if (!answer.isMutation()) {
            out.println("(" + Count.of(rows.size(), "row") + ")");
        }
    }
}
