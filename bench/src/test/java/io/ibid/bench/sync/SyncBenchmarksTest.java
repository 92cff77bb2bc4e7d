package io.ibid.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncBenchmarksTest {

    @TempDir
    Path folder;

    @Test
    void the_rows_have_the_names_that_scripts_ask_for() {
        assertThat(SyncBenchmarks.all().stream().map(Benchmark::name))
                .containsExactly(
                        "sync/first-10k",
                        "sync/first-100k",
                        "sync/first-small",
                        "sync/update-latency",
                        "sync/update-after-silence",
                        "sync/update-bytes",
                        "sync/reconnect",
                        "sync/hundred-changes");
    }

    @Test
    void a_first_sync_gives_a_line_for_its_speed_and_one_for_its_bytes() throws IOException, InterruptedException {
        List<Measurement> lines = new FirstSyncBenchmark("sync/test", 300, 1.0).run(new Settings(1, false, folder));
        assertThat(lines).extracting(Measurement::reference).containsExactly("socket+rocksdb", "json");
        assertThat(lines).allSatisfy(line -> assertThat(line.met()).isTrue());
        assertThat(lines.get(1).value()).isBetween(60.0, 240.0);
    }

    @Test
    void a_first_sync_between_two_processes_is_compared_with_its_floor() throws IOException {
        List<Measurement> lines = new LargeSyncBenchmark("sync/test", 3_000, 3_000).run(new Settings(1, false, folder));
        assertThat(lines).extracting(Measurement::reference).containsExactly("socket+rocksdb");
        assertThat(lines.getFirst().value()).isPositive();
        assertThat(lines.getFirst().referenceValue()).isPositive();
        int bytes = new SmallDocuments()
                .next(1_000).stream()
                        .mapToInt(document -> document.json().length())
                        .sum();
        assertThat(bytes / 1_000).as("bytes of a document").isBetween(215, 235);
    }

    @Test
    void the_tap_counts_what_passes_and_how_often_it_goes_to_and_fro() throws IOException, InterruptedException {
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), 50);
                Tap tap = new Tap(supplier.address(), 50);
                ReceiverProcess receiver = new ReceiverProcess()) {
            receiver.checkClock();
            receiver.open(folder.resolve("receiver"), tap.address());
            assertThat(receiver.sync(50).commits()).isEqualTo(1);
            receiver.observe(supplier.ids().subList(0, 1));
            tap.awaitQuiet(500);
            tap.clear();
            supplier.update(supplier.ids().getFirst(), "counter", Value.of(7));
            assertThat(receiver.saw().value()).isEqualTo(7);
            tap.awaitQuiet(300);
            List<Tap.Frame> frames = tap.frames();
            assertThat(frames).extracting(Tap.Frame::isUp).containsExactly(false, true);
            assertThat(frames.get(1).turn()).isEqualTo(frames.get(0).turn() + 1);
            supplier.checkDurability();
        }
    }

    @Test
    void a_receiver_that_cannot_do_what_it_is_told_says_so() throws IOException {
        try (ReceiverProcess receiver = new ReceiverProcess()) {
            assertThatThrownBy(receiver::start)
                    .isInstanceOf(BenchmarkFailure.class)
                    .hasMessageContaining("nothing is open");
        }
    }
}
