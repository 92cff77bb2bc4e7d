package io.ibid.cli;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Names;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.Table;
import io.ibid.cli.terminal.Console;
import io.ibid.cli.terminal.Count;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid status}: who a running server or peer syncs with, and what it asks for. */
@Command(
        name = "status",
        description = {
            "Show the collections of a database, the peers that it syncs with, how far they are, and its subscriptions.",
            "With --data it shows what is stored, with --url what a running server or peer knows."
        },
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
            Value.Struct.Builder status = Value.Struct.builder()
                    .put("collections", new Value.Array(collections(client)))
                    .put("peers", new Value.Array(rows(client, "SELECT * FROM system:sync_peers")))
                    .put("subscriptions", new Value.Array(rows(client, "SELECT * FROM system:sync_subscriptions")));
            long diskBytes = database.diskBytes();
            if (diskBytes >= 0) {
                status.put("diskBytes", Value.of(diskBytes));
            }
            print(status.build(), spec.commandLine().getOut());
        }
        return 0;
    }

    private static List<Value> collections(StatementClient client) {
        List<Value> collections = new ArrayList<>();
        for (Value row : rows(client, "SELECT * FROM system:collections")) {
            if (row instanceof Value.Struct fields && fields.get("name") instanceof Value.Text name) {
                List<Value> counted = rows(client, "SELECT COUNT(*) AS documents FROM " + Names.quoted(name.value()));
                collections.add(Value.Struct.builder()
                        .put("name", name)
                        .put("documents", field(counted.getFirst(), "documents"))
                        .build());
            }
        }
        return collections;
    }

    private void print(Value.Struct status, PrintWriter out) {
        if (format == OutputFormat.JSON) {
            out.println(Json.write(status));
            return;
        }
        print(out, "collection", status, StatusCommand::collectionTable);
        print(out, "peer", status, StatusCommand::peerTable);
        print(out, "subscription", status, StatusCommand::subscriptionTable);
        if (status.get("diskBytes") instanceof Value.Int bytes) {
            out.println(Count.bytes(bytes.value()) + " on disk");
        }
    }

    private static void print(
            PrintWriter out, String noun, Value.Struct status, Function<List<Value.Struct>, Table> table) {
        List<Value.Struct> rows = new ArrayList<>();
        if (status.get(noun + "s") instanceof Value.Array array) {
            array.elements().forEach(row -> rows.add((Value.Struct) row));
        }
        out.println(Count.of(rows.size(), noun));
        if (!rows.isEmpty()) {
            table.apply(rows).print(out, Console.columns());
        }
        out.println();
    }

    private static Table collectionTable(List<Value.Struct> collections) {
        Table table = new Table(List.of("collection", "documents"));
        for (Value.Struct collection : collections) {
            table.add(List.of(collection.get("name"), collection.get("documents")));
        }
        return table;
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
                    peer.get("last_error").equals(Value.NULL) ? Value.MISSING : peer.get("last_error")));
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

    private static List<Value> rows(StatementClient client, String statement) {
        List<Value> rows = new ArrayList<>();
        try (Answer answer = client.execute(statement, Value.Struct.EMPTY)) {
            Value.Struct row;
            while ((row = answer.next()) != null) {
                rows.add(row);
            }
        }
        return rows;
    }
}
