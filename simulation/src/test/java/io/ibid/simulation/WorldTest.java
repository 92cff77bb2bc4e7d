package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ibid.core.error.Ablation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Peers that write, sync and fail in virtual time: nothing may be lost, half visible, out of order or different in the end. */
class WorldTest {

    /** Failing disks are what these worlds are made of; their log would fill pages. */
    @BeforeAll
    static void be_quiet() {
        ((Logger) LoggerFactory.getLogger("io.ibid")).setLevel(Level.OFF);
    }

    private static void run(long first, long last) {
        Worlds.run(first, last, 0, 0, Ablation.NONE, report -> {
            if (report.violation() != null) {
                fail(report + "\n" + String.join("\n", report.trace()), report.violation());
            }
        });
    }

    @Test
    void two_hundred_worlds_keep_every_promise() {
        run(0, 199);
    }

    /**
     * Seeds that once broke a promise.
     *
     * <p>700113: a document was written, and evicted by its writer while the write was on its way; the neighbour that got it took
     * the writer to have it, and never sent it back.
     */
    @ParameterizedTest
    @ValueSource(longs = {700_113})
    void what_once_went_wrong_stays_mended(long seed) {
        run(seed, seed);
    }

    @Test
    @Tag("long")
    void thousands_of_worlds_keep_every_promise() {
        run(200, Long.getLong("ibid.seeds", 5_200));
    }

    /** Byte for byte, the numbers of commits and the times included. */
    @Test
    void a_trace_is_repeated() {
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        World.run(4, 5, Ablation.NONE, one::add);
        World.run(4, 5, Ablation.NONE, other::add);
        assertThat(one).hasSizeGreaterThan(100).isEqualTo(other);
    }

    @Test
    void a_world_that_goes_wrong_is_found_again_in_a_smaller_one() {
        for (long seed = 0; seed < 20; seed++) {
            World.Report small = Shrinking.shrink(seed, 0, Ablation.of(Ablation.Switch.HALFUNIT), line -> {});
            if (small != null) {
                assertThat(small.violation()).isNotNull();
                assertThat(small.steps())
                        .isLessThan(World.run(seed, 0, Ablation.NONE).steps());
                return;
            }
        }
        fail("twenty worlds with units in two commits keep every promise");
    }

    @Test
    void a_seed_is_one_run() {
        for (long seed = 0; seed < 10; seed++) {
            World.Report one = World.run(seed, 0, Ablation.NONE);
            World.Report other = World.run(seed, 0, Ablation.NONE);
            assertThat(other).isEqualTo(one);
            assertThat(other.traceHash())
                    .isNotEqualTo(World.run(seed + 1, 0, Ablation.NONE).traceHash());
        }
    }
}
