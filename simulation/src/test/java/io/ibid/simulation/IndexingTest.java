package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ibid.core.database.Indexing;
import io.ibid.core.query.IndexCatalogue;
import io.ibid.core.query.IndexRows;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How an index comes into being, and goes, in a database at work. */
class IndexingTest {
    private static final IndexShape BY_COLOR =
            new IndexShape("cars", "by_color", List.of(new IndexShape.Key(Path.of("color"), false)), true);
    private static final int CARS = 400;

    private final Lab lab = new Lab();
    private final SimulatedPeer peer = lab.peer(false);
    private final List<String> outcomes = new ArrayList<>();

    /** A failing disk is a scene here; its log would fill pages. */
    @BeforeAll
    static void be_quiet() {
        ((Logger) LoggerFactory.getLogger("io.ibid")).setLevel(Level.OFF);
    }

    @BeforeEach
    void begin() {
        start();
        for (int first = 0; first < CARS; first += 100) {
            int from = first;
            lab.write(peer, t -> {
                for (int i = from; i < from + 100; i++) {
                    Lab.insert(t, "cars", "c" + (1_000 + i), "color", "color" + i % 7);
                }
            });
        }
    }

    private void start() {
        lab.start(peer, List.of());
        indexing().setStepMax(10);
        indexing().resume();
    }

    private Indexing indexing() {
        return Lab.process(peer).database().indexing();
    }

    private void create(boolean ifNotExists) {
        indexing()
                .create(
                        BY_COLOR,
                        ifNotExists,
                        failure ->
                                outcomes.add(failure == null ? "ready" : Objects.requireNonNull(failure.getMessage())));
    }

    private void drop() {
        indexing()
                .drop(
                        "cars",
                        "by_color",
                        false,
                        failure -> outcomes.add(
                                failure == null ? "dropped" : Objects.requireNonNull(failure.getMessage())));
    }

    private List<Value.Struct> rows() {
        try (Published state = Lab.process(peer).database().published()) {
            List<Value.Struct> rows = state.source(ReadSettings.SHOWN).system("indexes");
            return rows == null ? List.of() : rows;
        }
    }

    /** 0 to 1; 2 when it is ready, -1 when there is none. */
    private double progress() {
        List<Value.Struct> rows = rows();
        return rows.isEmpty()
                ? -1
                : rows.getFirst().get("progress") instanceof Value.Float(double progress) ? progress : 2;
    }

    private void runUntilProgress(double enough) {
        while (progress() < enough) {
            lab.run(1);
        }
    }

    private int found(String color) {
        int found = 0;
        try (Published state = Lab.process(peer).database().published();
                IndexRows rows = state.source(ReadSettings.SHOWN)
                        .scanIndex(BY_COLOR, new Span(List.of(Value.of(color)), null, null), false, Typing.FLEXIBLE)) {
            while (rows.next()) {
                found++;
            }
        }
        return found;
    }

    private boolean isUsable() {
        try (Published state = Lab.process(peer).database().published()) {
            return !state.source(ReadSettings.SHOWN).indexes().of("cars").isEmpty();
        }
    }

    @Test
    void a_new_index_shows_its_progress_and_is_used_when_the_statement_ends() {
        create(false);
        double before = -1;
        while (outcomes.isEmpty()) {
            double now = progress();
            assertThat(now).isGreaterThanOrEqualTo(before);
            assertThat(isUsable()).isEqualTo(now == 2);
            before = now;
            lab.run(1);
        }
        assertThat(outcomes).containsExactly("ready");
        assertThat(before).isBetween(0.9, 2.0);
        assertThat(rows().getFirst().get("state")).isEqualTo(Value.MISSING);
        assertThat(found("color3")).isEqualTo(57);
        IndexLife.check(peer);
    }

    @Test
    void writers_come_between_the_steps_and_their_documents_are_in_the_index() {
        create(false);
        runUntilProgress(0.4);
        int during = 0;
        while (outcomes.isEmpty()) {
            int number = during++;
            lab.write(peer, t -> {
                Lab.set(t, "cars", "c1005", "color", "blue");
                Lab.delete(t, "cars", "c" + (1_010 + number));
                Lab.evict(t, "cars", "c" + (1_390 - number));
                Lab.insert(t, "cars", "a" + number, "color", "blue");
                Lab.insert(t, "cars", "z" + number, "color", "blue");
            });
        }
        assertThat(during).as("writes while the index was built").isGreaterThan(5);
        assertThat(found("blue")).isEqualTo(2 * during + 1);
        IndexLife.check(peer);
    }

    @Test
    void a_build_goes_on_where_it_stood_after_a_power_cut() {
        create(false);
        runUntilProgress(0.5);
        peer.die(true);
        start();
        assertThat(progress()).isGreaterThanOrEqualTo(0.5);
        IndexLife.check(peer);
        create(true);
        lab.run(2_000);
        assertThat(outcomes).containsExactly("ready");
        assertThat(found("color3")).isEqualTo(57);
        IndexLife.check(peer);
    }

    @Test
    void a_taken_name_is_refused_whatever_the_index() {
        create(false);
        create(false);
        create(true);
        lab.run(3_000);
        assertThat(outcomes)
                .containsExactly(
                        "an index with the given name already exists on the given collection", "ready", "ready");
        create(true);
        lab.run(1_000);
        assertThat(outcomes).hasSize(4).endsWith("ready");
    }

    @Test
    void an_index_can_be_dropped_while_it_is_built() {
        create(false);
        runUntilProgress(0.3);
        drop();
        lab.run(3_000);
        assertThat(outcomes)
                .containsExactly("The index by_color on cars was dropped while it was being built", "dropped");
        assertThat(rows()).isEmpty();
        assertThat(peer.disk().snapshot().get(new byte[] {'M', 'x', 0, 0, 0, 1}))
                .isNull();
        IndexLife.check(peer);
    }

    @Test
    void a_dropped_index_is_cleared_away_also_after_a_power_cut_and_its_name_is_free_at_once() {
        create(false);
        lab.run(3_000);
        drop();
        while (outcomes.size() < 2) {
            lab.run(1);
        }
        create(false);
        lab.run(30);
        peer.die(true);
        start();
        lab.run(3_000);
        IndexLife.check(peer);
        assertThat(progress()).isEqualTo(2);
        assertThat(found("color3")).isEqualTo(57);
        assertThat(peer.disk().snapshot().get(new byte[] {'M', 'x', 0, 0, 0, 1}))
                .isNull();
        assertThat(peer.disk().snapshot().get(new byte[] {'M', 'x', 0, 0, 0, 2}))
                .isNotNull();
    }

    @Test
    void a_snapshot_keeps_the_indexes_of_its_moment() {
        create(false);
        runUntilProgress(0.9);
        try (Published unfinished = Lab.process(peer).database().published()) {
            lab.run(2_000);
            assertThat(outcomes).containsExactly("ready");
            assertThat(unfinished.source(ReadSettings.SHOWN).indexes().of("cars"))
                    .isEmpty();
        }
        try (Published finished = Lab.process(peer).database().published()) {
            IndexCatalogue catalogue = finished.source(ReadSettings.SHOWN).indexes();
            lab.write(peer, t -> Lab.insert(t, "cars", "new", "color", "blue"));
            try (Published later = Lab.process(peer).database().published()) {
                assertThat(later.source(ReadSettings.SHOWN).indexes()).isSameAs(catalogue);
            }
            drop();
            lab.run(2_000);
            assertThat(isUsable()).isFalse();
            assertThat(catalogue.of("cars")).containsExactly(BY_COLOR);
            try (IndexRows rows =
                    finished.source(ReadSettings.SHOWN).scanIndex(BY_COLOR, Span.ALL, true, Typing.FLEXIBLE)) {
                int entries = 0;
                while (rows.next()) {
                    entries++;
                }
                assertThat(entries).isEqualTo(CARS);
            }
        }
    }

    @Test
    void who_waits_for_an_index_hears_of_a_disk_that_fails_and_of_the_end() {
        create(false);
        runUntilProgress(0.3);
        peer.disk().inject(PowerCutStorage.Fault.DISK_FULL);
        lab.run(1_000);
        assertThat(outcomes).singleElement().asString().contains("the disk is full");
        peer.die(false);
        start();
        create(true);
        lab.run(20);
        indexing().stop();
        lab.run(3_000);
        assertThat(outcomes).hasSize(2).endsWith("The database is closed");
        assertThat(progress()).isBetween(0.0, 1.0);
        IndexLife.check(peer);
    }
}
