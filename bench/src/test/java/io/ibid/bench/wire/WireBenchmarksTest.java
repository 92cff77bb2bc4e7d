package io.ibid.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows at small sizes: that they measure what they say. */
@Timeout(120)
class WireBenchmarksTest {
    @TempDir
    private Path folder;

    @Test
    void the_rows_have_the_names_that_scripts_ask_for() {
        assertThat(WireBenchmarks.all().stream().map(Benchmark::name))
                .containsExactly(
                        "wire/one-field",
                        "wire/return",
                        "wire/equal-sets",
                        "wire/differences",
                        "wire/five-hops",
                        "wire/mesh",
                        "wire/metadata",
                        "wire/sustained-updates",
                        "wire/hundred-peers",
                        "wire/idle-session");
    }

    @Test
    void an_update_costs_more_than_its_value_and_less_than_a_document() throws Exception {
        assertThat(value(new OneFieldBenchmark("wire/test", 2))).isBetween(10.0, 200.0);
    }

    @Test
    void a_return_is_timed_for_each_change() throws Exception {
        assertThat(value(new ReturnBenchmark("wire/test", 1_000))).isPositive();
    }

    @Test
    void a_first_contact_is_timed_until_both_know_that_they_are_equal() throws Exception {
        List<Measurement> lines = new EqualSetsBenchmark("wire/test", 500, 0).run(settings());
        assertThat(lines).extracting(Measurement::unit).containsExactly("docs/s", "B");
        assertThat(lines).allSatisfy(line -> assertThat(line.value()).isPositive());
        assertThat(value(new EqualSetsBenchmark("wire/test", 500, 20))).isGreaterThan(20);
    }

    @Test
    void more_hops_take_longer_than_one() throws Exception {
        assertThat(new HopsBenchmark("wire/test", 3, 10)
                        .run(settings())
                        .getFirst()
                        .ratio())
                .isGreaterThan(1);
    }

    @Test
    void every_document_travels_once_to_each_peer_at_the_least() throws Exception {
        assertThat(value(new MeshBenchmark("wire/test", 5, 10))).isGreaterThan(1);
    }

    @Test
    void a_document_takes_at_least_its_noise_on_the_disk() throws Exception {
        assertThat(value(new MetadataBenchmark("wire/test", 1_000))).isBetween(270.0, 1_000.0);
    }

    @Test
    void updates_go_through_one_link_and_documents_to_a_crowd() throws Exception {
        assertThat(value(new SustainedBenchmark("wire/test", 2, 1))).isGreaterThan(50);
        assertThat(value(new CrowdBenchmark("wire/test", 3, 20))).isGreaterThan(20);
    }

    private double value(Benchmark benchmark) throws IOException, InterruptedException {
        return benchmark.run(settings()).getFirst().value();
    }

    private Settings settings() {
        return new Settings(1, false, folder);
    }
}
