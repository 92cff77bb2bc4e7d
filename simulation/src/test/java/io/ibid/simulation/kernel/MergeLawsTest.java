package io.ibid.simulation.kernel;

import static io.ibid.simulation.kernel.Statement.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.MergeOutcome;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What makes a merge a merge, on the states and deltas of random histories. */
class MergeLawsTest {

    private static final int HISTORIES = 500 * RandomHistoryTest.SCALE;

    /** A history in the middle of its life: nobody has everything. */
    private static History history(int seed) {
        History history = new History(seed, Ablation.NONE, 3);
        history.runRandomSteps(History.Action.values()[seed % History.Action.values().length]);
        return history;
    }

    private static Document join(Document into, Document from, Known known) {
        Document joined = into.copy();
        Delta delta = from.extract(known);
        assertThat(joined.applicable(delta, Ablation.NONE)).isTrue();
        joined.merge(delta, 1_000, Ablation.NONE);
        return joined;
    }

    private static Document join(Document into, Document from) {
        return join(into, from, Known.NOTHING);
    }

    @Test
    void merging_is_idempotent_commutative_and_associative() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(seed);
            Document a = history.replica(0).document;
            Document b = history.replica(1).document;
            Document c = history.replica(2).document;
            assertThat(Same.everything(join(a, a), a))
                    .as("idempotent, seed %d", seed)
                    .isTrue();
            assertThat(Same.state(join(a, b), join(b, a)))
                    .as("commutative, seed %d", seed)
                    .isTrue();
            assertThat(Same.state(join(join(a, b), c), join(a, join(b, c))))
                    .as("associative, seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void a_delta_by_vector_does_what_the_whole_state_does() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(seed);
            Document a = history.replica(0).document;
            Document b = history.replica(1).document;
            Document byVector = join(a, b, new Known.ByVector(a.vv()));
            assertThat(Same.state(byVector, join(a, b))).as("seed %d", seed).isTrue();
            assertThat(byVector.vv()).isEqualTo(a.vv().join(b.vv()));
        }
    }

    @Test
    void a_receiver_that_covers_the_digest_covers_everything() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(seed);
            for (Replica sender : history.replicas) {
                for (Replica receiver : history.replicas) {
                    List<Dot> digest = sender.document.digest(Known.NOTHING);
                    boolean covered = digest.stream().allMatch(receiver.document.vv()::covers);
                    assertThat(covered)
                            .as("seed %d", seed)
                            .isEqualTo(sender.document.vv().isAtMost(receiver.document.vv()));
                    List<Dot> news = sender.document.digest(new Known.ByVector(receiver.document.vv()));
                    assertThat(news.isEmpty()).as("seed %d", seed).isEqualTo(covered);
                }
            }
        }
    }

    @Test
    void any_order_of_any_deltas_converges_when_refused_ones_are_asked_for_again() {
        Random random = new Random(7);
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(seed);
            List<Delta> deltas = new ArrayList<>(history.deltas);
            Document truth = history.replicas.stream()
                    .map(replica -> replica.document)
                    .reduce(new Document(), MergeLawsTest::join);
            List<Document> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Collections.shuffle(deltas, random);
                Document document = new Document();
                for (Delta delta : deltas.subList(0, random.nextInt(deltas.size() + 1))) {
                    if (document.applicable(delta, Ablation.NONE)) {
                        document.merge(delta, 1, Ablation.NONE);
                    } else if (random.nextBoolean()) {
                        document.merge(truth.extract(new Known.ByVector(document.vv())), 1, Ablation.NONE);
                    }
                }
                for (Document other : results) {
                    assertThat(Same.state(join(document, other), join(other, document)))
                            .as("seed %d", seed)
                            .isTrue();
                    if (other.vv().equals(document.vv())) {
                        assertThat(Same.state(other, document))
                                .as("seed %d", seed)
                                .isTrue();
                    }
                }
                results.add(document);
                assertThat(Same.state(join(document, truth), join(truth, document)))
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
    }

    @Test
    void forgetting_removals_changes_nothing_that_anybody_sees() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = history(seed);
            Document a = history.replica(0).document;
            Document b = history.replica(1).document;
            Document reaped = a.copy();
            reaped.reapTombs(Long.MAX_VALUE, 0, Ablation.NONE);
            assertThat(Same.state(reaped, a)).isTrue();
            assertThat(Same.state(join(b, reaped, new Known.ByVector(b.vv())), join(b, a)))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(Same.state(join(reaped, b), join(a, b)))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void two_cells_under_one_dot_end_the_same_everywhere_and_are_counted() {
        Dot dot = new Dot(5, new Actor(1, 1));
        Document a = new Document();
        a.edit(dot, Ablation.NONE).set(path("x"), Value.of("a"));
        Document b = new Document();
        b.edit(dot, Ablation.NONE).set(path("x"), Value.of("b"));
        // Something newer on each side, or neither would look at the other's delta.
        a.edit(new Dot(6, new Actor(1, 2)), Ablation.NONE).set(path("y"), Value.of(1));
        b.edit(new Dot(6, new Actor(1, 3)), Ablation.NONE).set(path("z"), Value.of(1));
        Document ab = a.copy();
        assertThat(ab.merge(b.extract(Known.NOTHING), 1, Ablation.NONE)).isEqualTo(new MergeOutcome(true, true, 1));
        assertThat(Same.state(ab, join(b, a))).isTrue();
        assertThat(ab.slots().get(new SlotKey(path("x"), FieldType.REGISTER)))
                .isEqualTo(Slot.of(dot, new Cell.Register(Value.of("b"))));
    }
}
