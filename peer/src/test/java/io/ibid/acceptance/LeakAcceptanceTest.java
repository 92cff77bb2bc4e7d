package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances that are closed leave nothing behind, counted by the system itself. */
@Timeout(400)
class LeakAcceptanceTest {
    private static final Path SELF = Path.of("/proc/self");

    /** One thread of the process tells the time for all instances. */
    private static final String SHARED = "ibid-timers";

    @TempDir
    Path directory;

    private void openAndClose(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (Ditto ditto = DittoFactory.create(new DittoConfig.Builder("leaks")
                    .persistenceDirectory(directory.resolve("a"))
                    .build())) {
                ditto.store.registerObserver("SELECT * FROM a", result -> {});
                ditto.sync.registerSubscription("SELECT * FROM a");
                ditto.presence.observe(graph -> {});
                ditto.getSync().start();
                Peers.await(ditto.getStore()
                        .execute(
                                "INSERT INTO a DOCUMENTS (:d) ON ID CONFLICT DO UPDATE",
                                Map.of("d", Map.of("_id", i % 10, "n", i))));
            }
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ibid-") && !name.equals(SHARED))
                .toList();
    }

    private static void awaitNoThreads() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!threads().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(threads()).isEmpty();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
            return files.count();
        }
    }

    private static long residentKiB() throws IOException {
        return Files.readAllLines(SELF.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private void assertNothingGrows(int first, int then) throws Exception {
        openAndClose(first);
        awaitNoThreads();
        System.gc();
        long files = openFiles();
        openAndClose(then);
        awaitNoThreads();
        System.gc();
        assertThat(openFiles()).isLessThanOrEqualTo(files);
    }

    @Test
    void a_few_instances_leave_no_thread_and_no_open_file() throws Exception {
        assertNothingGrows(5, 20);
    }

    /** In a process of its own, whose heap is all there from the beginning, so that what grows is the instances'. */
    @Test
    @Tag("long")
    void a_thousand_instances_leave_no_thread_no_open_file_and_no_memory() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeakAcceptanceTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        List<String> lines =
                said.lines().filter(line -> line.startsWith("resident ")).toList();
        long after100 = Long.parseLong(lines.getFirst().substring(9));
        long after1000 = Long.parseLong(lines.getLast().substring(9));
        System.out.println("resident after 100 instances: " + after100 + " KiB, after 1,000: " + after1000 + " KiB");
        assertThat(after1000).isLessThanOrEqualTo(after100 * 11 / 10);
    }

    /** The other process. */
    public static void main(String[] args) throws Exception {
        LeakAcceptanceTest test = new LeakAcceptanceTest();
        test.directory = Path.of(args[0]);
        test.assertNothingGrows(10, 90);
        System.out.println("resident " + residentKiB());
        test.assertNothingGrows(1, 899);
        System.out.println("resident " + residentKiB());
    }
}
