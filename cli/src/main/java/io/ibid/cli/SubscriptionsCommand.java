package io.ibid.cli;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.ResultPrinter;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ibid subscriptions}: what a running peer asks its partners for, and changes to it. */
@Command(
        name = "subscriptions",
        description = {
            "Show or change what a running peer or server asks its partners for.",
            "Changes take effect at once and last until the process ends; what was received stays when a subscription is removed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid subscriptions list --url http://127.0.0.1:4080 --api-key KEY",
            "  ./ibid subscriptions add --url http://127.0.0.1:4080 --api-key KEY \\",
            "      --args '{\"day\":\"2026-11-21\"}' 'SELECT * FROM orders WHERE day = :day'",
            "  ./ibid subscriptions remove --url http://127.0.0.1:4080 --api-key KEY 'SELECT * FROM orders'"
        })
final class SubscriptionsCommand implements Callable<Integer> {
    /** Adds the subscription with the fields {@code :query} and {@code :args}, unless it is there. */
    static final String ADD =
            "INSERT INTO system:sync_subscriptions VALUES ({'query': :query, 'args': :args}) ON ID CONFLICT DO NOTHING";

    private static final String LIST = "SELECT * FROM system:sync_subscriptions";
    private static final String REMOVE = "DELETE FROM system:sync_subscriptions WHERE _id IN :ids";

    /** What to do. */
    enum Action {
        LIST,
        ADD,
        REMOVE
    }

    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(
            names = "--args",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The arguments that the query names with a colon, as one JSON object.")
    private String arguments;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to list: a table, or one JSON object a line. Default: table.")
    private OutputFormat format;

    @Parameters(index = "0", paramLabel = "list|add|remove", description = "What to do.")
    private Action action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "SELECT * FROM ..., to add or remove.")
    private @Nullable String query;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Value.Struct given = DqlCommand.parseArguments(arguments);
        try (StatementClient client = database.openServed()) {
            switch (action) {
                case LIST -> list(client, out);
                case ADD -> {
                    Value.Struct row = Value.Struct.builder()
                            .put("query", Value.of(query()))
                            .put("args", given)
                            .build();
                    out.println(changed(client, ADD, row).isEmpty() ? "was subscribed to already" : "subscribed");
                }
                case REMOVE -> {
                    if (changed(client, REMOVE, ids(query(), given)).isEmpty()) {
                        throw CommandFailure.failure(
                                "there is no such subscription to remove; those of the application itself stay");
                    }
                    out.println("subscribed no more");
                }
            }
        }
        return 0;
    }

    private String query() {
        if (query == null) {
            throw CommandFailure.usage("name the query to add or remove, such as 'SELECT * FROM cars'");
        }
        return query;
    }

    private void list(StatementClient client, PrintWriter out) {
        ResultPrinter printer = new ResultPrinter(out, spec.commandLine().getErr(), format, Console.columns());
        try (Answer answer = client.execute(LIST, Value.Struct.EMPTY)) {
            printer.print(LIST, answer, () -> "");
        }
    }

    /** The peer may have either mode in force: what its subscription is called depends on it. */
    private static Value.Struct ids(String query, Value.Struct arguments) {
        List<Value> ids = List.of(
                Value.of(SubscriptionQuery.prepare(query, StatementOptions.FLEXIBLE, arguments)
                        .name()),
                Value.of(SubscriptionQuery.prepare(query, StatementOptions.STRICT, arguments)
                        .name()));
        return Value.Struct.builder().put("ids", new Value.Array(ids)).build();
    }

    private static List<Value> changed(StatementClient client, String statement, Value.Struct arguments) {
        try (Answer answer = client.execute(statement, arguments)) {
            while (answer.next() != null) {
                // a mutation without RETURNING has no rows
            }
            return answer.mutatedIds();
        }
    }
}
