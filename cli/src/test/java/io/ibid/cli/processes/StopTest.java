package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as service managers, terminals and containers send it. */
class StopTest {
    private static final int WRITERS = 3;
    private static final int ACKNOWLEDGED_MIN = 10;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void sigterm_ends_a_server_and_a_peer_amid_writes_and_sync_with_code_0_and_leaves_no_log_to_replay()
            throws Exception {
        try (Pair pair = new Pair(folder)) {
            stop(pair, pair.peer(), pair.peerData());
            stop(pair, pair.server(), pair.serverData());
        }
    }

    private static void stop(Pair pair, Child child, Path data) throws Exception {
        pair.cable().delay(5);
        List<Writer> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> new Writer(child.name() + i, child.http(), "things", i))
                .toList();
        List<Thread> threads = writers.stream()
                .map(writer -> Thread.ofPlatform().start(writer))
                .toList();
        for (int i = 0;
                i < 1000 && writers.stream().anyMatch(writer -> writer.acknowledged() <= ACKNOWLEDGED_MIN);
                i++) {
            Thread.sleep(10);
        }
        // SIGKILL would give 137, a process that does not treat SIGTERM 143.
        assertThat(child.terminate(LIMIT)).as(child.log()).isZero();
        for (Thread thread : threads) {
            thread.join();
        }
        // A client that comes in the last moment is turned away, and the web server says so in its own way.
        assertThat(child.log().lines().filter(line -> line.contains("ERROR")))
                .allMatch(line -> line.endsWith("Executor rejected handler for new connection"));
        assertThat(StoreFiles.logBytes(data)).as("bytes of the log to replay").isZero();
        assertThat(StoreFiles.tables(data)).isNotEmpty();
        Contents contents = contents(data);
        for (Writer writer : writers) {
            assertThat(writer.acknowledged()).isGreaterThan(ACKNOWLEDGED_MIN);
            assertThat(writer.losses(contents)).isEmpty();
        }
        assertThat(contents.halves()).isEmpty();
    }

    /** Read by this process. */
    private static Contents contents(Path data) throws IOException {
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(data.resolve("demo"), "demo"));
                Execution all = database.execute("SELECT * FROM things", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return new Contents(all.rest().stream().map(row -> row.value()).toList());
        }
    }
}
