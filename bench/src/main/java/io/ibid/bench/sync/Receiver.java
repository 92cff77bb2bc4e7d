package io.ibid.bench.sync;

import io.ibid.bench.store.PutSizes;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.Observer;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end, a process of its own: does what it reads on stdin, line by line, and answers each with one line on stdout. Ends with
 * its stdin, so it does not outlive the process that started it.
 */
final class Receiver {

    private static final String ALL = "SELECT * FROM orders";
    private static final String COUNT = "SELECT COUNT(*) AS n FROM orders";
    private static final String ONE = "SELECT counter FROM orders WHERE _id = :id";
    private static final long WAIT_NS = 120_000_000_000L;

    private final PrintStream out;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable OpenDatabase database;
    private String address = "";
    private long syncsBefore;

    private Receiver(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // a log may go there
        Receiver receiver = new Receiver(out);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            String answer;
            try {
                answer = receiver.obey(words[0], Arrays.copyOfRange(words, 1, words.length));
            } catch (Exception e) { // told to the process that asked
                answer = "error " + e;
            }
            out.println(answer);
        }
        receiver.close();
    }

    private String obey(String command, String[] arguments) throws Exception {
        return switch (command) {
            case "clock" -> "ok " + System.nanoTime();
            case "open" -> open(Path.of(arguments[0]), arguments[1]);
            case "start" -> start();
            case "sync" -> sync(Integer.parseInt(arguments[0]));
            case "stop" -> stop();
            case "observe" -> observe(arguments);
            case "close" -> close();
            case "raw" -> {
                PutSizes sizes = new PutSizes(
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]),
                        Integer.parseInt(arguments[6]));
                yield "ok "
                        + RawReceiver.receive(
                                Path.of(arguments[0]),
                                Integer.parseInt(arguments[1]),
                                Integer.parseInt(arguments[2]),
                                sizes);
            }
            default -> throw new IllegalArgumentException(command);
        };
    }

    private String open(Path folder, String supplier) throws Exception {
        close();
        OpenDatabase opened = OpenDatabase.open(DatabaseOptions.peer(folder, Supplier.DATABASE));
        database = opened;
        syncsBefore = opened.syncs();
        address = supplier;
        open.add(opened.subscribe(ALL, Value.Struct.EMPTY));
        return "ok";
    }

    private OpenDatabase database() {
        if (database == null) {
            throw new IllegalStateException("nothing is open");
        }
        return database;
    }

    private String start() {
        database().startSync(List.of(), List.of(address));
        return "ok";
    }

    /** From the dialling to the last document; then the commits and syncs that this took. */
    private String sync(int documents) throws InterruptedException {
        long start = System.nanoTime();
        start();
        long seen = 0;
        while (System.nanoTime() - start < WAIT_NS) {
            long commit = database().publishedCommit();
            if (commit == seen) {
                Thread.sleep(1);
                continue;
            }
            long took = System.nanoTime() - start;
            seen = commit;
            if (count() == documents) {
                return "ok " + took + " " + commit + " " + (database().syncs() - syncsBefore);
            }
        }
        throw new IllegalStateException(count() + " documents of " + documents + " came within " + WAIT_NS + " ns");
    }

    private long count() {
        try (Execution execution = database().execute(COUNT, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            ResultRow row = execution.next();
            return row != null && row.value().get("n") instanceof Value.Int n ? n.value() : -1;
        }
    }

    private String stop() {
        database().stopSync();
        return "ok";
    }

    /** One observer for each document; tells of each value and when it came. */
    private String observe(String[] ids) {
        for (String id : ids) {
            Observer observer = database()
                    .observe(
                            ONE,
                            Value.Struct.builder(1).put("id", Value.of(id)).build(),
                            ExecuteOptions.FLEXIBLE,
                            result -> {
                                ResultRow row = result.next();
                                Value value = row == null
                                        ? Value.MISSING
                                        : row.value().get("counter");
                                long now = System.nanoTime();
                                out.println(
                                        "saw " + (value instanceof Value.Int number ? number.value() : -1) + " " + now);
                            });
            open.add(observer);
        }
        return "ok";
    }

    private String close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        open.clear();
        if (database != null) {
            database.close();
            database = null;
        }
        return "ok";
    }
}
