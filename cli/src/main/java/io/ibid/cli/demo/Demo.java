package io.ibid.cli.demo;

import io.ibid.cli.results.Table;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.cli.terminal.Count;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The story that the demo tells, step by step. Every step fails with a sentence when what it shows is not so. */
public final class Demo {
    private static final int BATCH = 500;
    private static final int LATENCY_EDITS = 200;
    private static final long LIMIT_MS = 120_000;

    private final Network network;
    private final PrintWriter out;

    private Demo(Network network, PrintWriter out) {
        this.network = network;
        this.out = out;
    }

    public static int peersMax() {
        return Network.peersMax();
    }

    /**
     * Runs the story in a directory.
     *
     * @param stay called at the end with everything still up; null: the processes are ended
     */
    public static void run(Path directory, int peers, String http, PrintWriter out, @Nullable Runnable stay) {
        out.println("Starting a server and " + peers + " small peers, each a process of its own …");
        Thread[] hook = new Thread[1];
        try (Network network = new Network(directory, peers, http)) {
            hook[0] = new Thread(network::close);
            Runtime.getRuntime().addShutdownHook(hook[0]);
            Demo demo = new Demo(network, out);
            demo.introduce();
            demo.spread();
            demo.measure();
            demo.conflict();
            if (stay != null) {
                demo.invite();
                stay.run();
            }
            Runtime.getRuntime().removeShutdownHook(hook[0]);
        }
    }

    private void introduce() {
        for (Cable cable : network.cables()) {
            out.println("  link  " + cable.name());
        }
        out.println();
    }

    private void spread() {
        List<Value> documents = Documents.read();
        Member ben = network.member("ben");
        out.println("Importing " + Count.of(documents.size(), "document")
                + " (browser compatibility data of MDN, CC0) at ben, who reaches the others only through anna:");
        long startedNs = System.nanoTime();
        Thread importer = Thread.ofPlatform().start(() -> {
            for (int at = 0; at < documents.size(); at += BATCH) {
                List<Value> batch = documents.subList(at, Math.min(documents.size(), at + BATCH));
                ben.execute(
                        "INSERT INTO features DOCUMENTS (:documents)",
                        Value.Struct.builder()
                                .put("documents", new Value.Array(batch))
                                .build());
            }
        });
        Map<String, Long> doneMs = new Spreading(network, out, documents.size()).await(LIMIT_MS);
        join(importer);
        long seconds = Math.max(1, (System.nanoTime() - startedNs) / 1_000_000);
        long slowestMs =
                doneMs.values().stream().mapToLong(Long::longValue).max().orElse(seconds);
        long bytes = network.cables().stream().mapToLong(Cable::bytes).sum();
        out.println("  " + Count.number(Count.rate(documents.size(), slowestMs))
                + " documents/s from the import to the last member, "
                + Count.bytes(bytes) + " on " + network.cables().size() + " links ("
                + Count.bytes(bytes / network.cables().size() / documents.size()) + " a document and link)");
        out.println();
    }

    private void measure() {
        RoundTrips trips = RoundTrips.measure(network.member("ben"), network.member("carla"), LATENCY_EDITS);
        out.printf(
                "An edit from ben to carla (3 hops, durable at each): p50 %.1f ms, p99 %.1f ms over %d edits%n%n",
                trips.percentileMs(50), trips.percentileMs(99), trips.count());
    }

    private void conflict() {
        out.println("Cutting all links. Everybody goes on, offline, with the same documents:");
        network.cut();
        List<Conflict> conflicts = Conflict.all();
        for (Conflict conflict : conflicts) {
            for (Conflict.Edit edit : conflict.edits()) {
                network.member(edit.member()).execute(edit.statement(), conflict.arguments());
                out.printf("  %-7s %s%n", edit.member(), edit.statement().replace(":id", "'" + conflict.id() + "'"));
            }
        }
        network.mend();
        long startedNs = System.nanoTime();
        Map<String, String> hashes = Agreement.await(network, LIMIT_MS);
        long agreedMs = (System.nanoTime() - startedNs) / 1_000_000;
        out.println();
        out.println("Links are back. What became of it:");
        Table outcomes = new Table(List.of("conflict", "outcome", "rule"));
        for (Conflict conflict : conflicts) {
            Value.Struct found = conflict.find(network.members().getFirst());
            outcomes.add(
                    List.of(Value.of(conflict.title()), Value.of(conflict.describe(found)), Value.of(conflict.rule())));
            if (!conflict.holds().test(found)) {
                throw CommandFailure.failure("\"" + conflict.title() + "\" became " + conflict.describe(found)
                        + ", but the rule is: " + conflict.rule());
            }
        }
        outcomes.print(out, Console.columns());
        out.println();
        Table agreement = new Table(List.of("member", "documents", "hash"));
        for (Member member : network.members()) {
            agreement.add(List.of(
                    Value.of(member.name()),
                    Value.of(member.count()),
                    Value.of(hashes.getOrDefault(member.name(), ""))));
        }
        agreement.print(out, Console.columns());
        out.println("All agree, " + Count.duration(agreedMs) + " after the links came back.");
        out.flush();
    }

    private void invite() {
        Member server = network.members().getFirst();
        Member ben = network.member("ben");
        String access = " --api-key " + network.apiKey();
        out.println();
        out.println("ready http=" + server.url() + " peer=" + server.peerAddress() + " database=demo");
        for (Member member : network.members()) {
            out.printf("  %-8s %s%n", member.name(), member.url());
        }
        out.println("  API key  " + network.apiKey());
        out.println("Try (Ctrl-C ends the demo):");
        out.println("  ./ibid dql --url " + ben.url() + access
                + " \"UPDATE features SET name = 'hello' WHERE _id = 'css.properties.gap'\"");
        out.println("  ./ibid dql --url " + server.url() + access
                + " \"SELECT _id, name FROM features WHERE _id = 'css.properties.gap'\"");
        out.println("  ./ibid status --url " + server.url() + access);
        out.flush();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failure("interrupted");
        }
    }
}
