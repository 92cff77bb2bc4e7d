package io.ibid.cli;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid status}: who a running server or peer syncs with, and what it asks for. */
@Command(
        name = "status",
        description = "Show the peers that a database syncs with, how far they are, and its subscriptions.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid status --url http://127.0.0.1:4080 --api-key KEY")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DatabaseChoice database = new DatabaseChoice();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "A table, or one JSON object with all of it. Default: table.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (StatementClient client = database.openExisting()) {
            List<Value.Struct> peers = rows(client, "SELECT * FROM system:sync_peers");
            List<Value.Struct> subscriptions = rows(client, "SELECT * FROM system:sync_subscriptions");
            print(peers, subscriptions);
        }
        return 0;
    }

    private void print(List<Value.Struct> peers, List<Value.Struct> subscriptions) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.JSON) {
            out.println(Json.write(Value.Struct.builder()
                    .put("peers", new Value.Array(List.copyOf(peers)))
                    .put("subscriptions", new Value.Array(List.copyOf(subscriptions)))
                    .build()));
            return;
        }
        out.println(Count.of(peers.size(), "peer"));
        if (!peers.isEmpty()) {
            peerTable(peers).print(out, Console.columns());
        }
        out.println();
        out.println(Count.of(subscriptions.size(), "subscription"));
        if (!subscriptions.isEmpty()) {
            subscriptionTable(subscriptions).print(out, Console.columns());
        }
    }

    private static Table peerTable(List<Value.Struct> peers) {
        Table table = new Table(List.of(
                "peer",
                "role",
                "status",
                "acked commit",
                "lag (commits)",
                "lag (documents)",
                "sent",
                "received",
                "last error"));
        for (Value.Struct peer : peers) {
            table.add(List.of(
                    peer.get("_id"),
                    peer.get("role"),
                    peer.get("status"),
                    peer.get("last_commit_acked"),
                    field(peer.get("lag"), "commits"),
                    field(peer.get("lag"), "documents"),
                    bytes(peer.get("sent")),
                    bytes(peer.get("received")),
                    peer.get("last_error")));
        }
        return table;
    }

    private static Table subscriptionTable(List<Value.Struct> subscriptions) {
        Table table = new Table(List.of("state", "subscription", "arguments"));
        for (Value.Struct subscription : subscriptions) {
            Value arguments = subscription.get("args");
            boolean isPlain = arguments.equals(Value.Struct.EMPTY) || arguments.equals(Value.NULL);
            table.add(
                    List.of(subscription.get("state"), subscription.get("query"), isPlain ? Value.MISSING : arguments));
        }
        return table;
    }

    private static Value field(Value value, String name) {
        return value instanceof Value.Struct fields ? fields.get(name) : Value.MISSING;
    }

    private static Value bytes(Value value) {
        Value amount = field(value, "bytes") instanceof Value.Int inside ? inside : value;
        return amount instanceof Value.Int number ? Value.of(Count.bytes(number.value())) : value;
    }

    private static List<Value.Struct> rows(StatementClient client, String statement) {
        List<Value.Struct> rows = new ArrayList<>();
        try (Answer answer = client.execute(statement, Value.Struct.EMPTY)) {
            Value.Struct row;
            while ((row = answer.next()) != null) {
                rows.add(row);
            }
        }
        return rows;
    }
}
