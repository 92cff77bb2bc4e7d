package io.ibid.peer.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the walk that docs/tour.md describes, and holds each of its stops against the code. */
class TourTest {
    private static final Path TOUR = Path.of("..", "docs", "tour.md");
    private static final Pattern STOP = Pattern.compile("\\[`(\\w+)\\.(\\w+)`\\]\\((\\S+?\\.java)\\)");

    /** One link of the tour. */
    private record Stop(String type, String method, String file) {
        /** {@code ../core/src/main/java/io/ibid/core/X.java} is the class {@code io.ibid.core.X}. */
        String className() {
            String path = file.substring(file.indexOf("/java/") + "/java/".length());
            return path.substring(0, path.length() - ".java".length()).replace('/', '.');
        }
    }

    @TempDir
    Path directory;

    @BeforeAll
    static void a_footprint_is_left_at_each_stop() throws Exception {
        for (Stop stop : stops()) {
            Footprints.watch(stop.className(), stop.method());
        }
        Footprints.install();
    }

    @Test
    void every_stop_links_to_the_file_that_declares_its_class() throws Exception {
        for (Stop stop : stops()) {
            Path file = TOUR.resolveSibling(stop.file()).normalize();
            assertThat(file).exists();
            assertThat(file.getFileName()).hasToString(stop.type() + ".java");
        }
    }

    @Test
    void an_insert_passes_every_stop_in_the_order_of_the_tour() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(2);
        try (OpenDatabase here = OpenDatabase.open(DatabaseOptions.peer(directory.resolve("here"), "tour"));
                OpenDatabase there = OpenDatabase.open(DatabaseOptions.peer(directory.resolve("there"), "tour"))) {
            there.subscribe("SELECT * FROM cars", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            there.observe("SELECT * FROM cars", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE, execution -> {
                first.countDown();
                execution.rest().forEach(row -> arrived.countDown());
            });
            here.startSync(List.of("127.0.0.1:0"), List.of());
            there.startSync(List.of(), here.listening());
            // Let the two greet each other: a unit that goes through says that the session is established.
            here.execute("INSERT INTO cars DOCUMENTS ({'_id': 'before'})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)
                    .close();
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            awaitQuiet();

            Footprints.clear();
            here.execute("INSERT INTO cars DOCUMENTS ({'_id': 'blue'})", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)
                    .close();
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            awaitQuiet();
        }
        List<String> walked = Footprints.all();
        int at = 0;
        for (Stop stop : stops()) {
            String step = stop.className() + "." + stop.method();
            int found = walked.subList(at, walked.size()).indexOf(step);
            assertThat(found)
                    .as("the tour stops at %s after %s, but the walk was %s", step, walked.subList(0, at), walked)
                    .isNotNegative();
            // A listener has a thread of its own, which the other stops do not wait for.
            at += stop.method().equals("deliver") ? 0 : found + 1;
        }
    }

    /** Waits until nobody has left a footprint for a while. */
    private static void awaitQuiet() throws InterruptedException {
        int before = -1;
        while (Footprints.all().size() != before) {
            before = Footprints.all().size();
            Thread.sleep(300);
        }
    }

    private static List<Stop> stops() throws Exception {
        List<Stop> stops = new ArrayList<>();
        Matcher matcher = STOP.matcher(Files.readString(TOUR));
        while (matcher.find()) {
            stops.add(new Stop(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        assertThat(stops).hasSizeGreaterThan(20);
        return stops;
    }
}
