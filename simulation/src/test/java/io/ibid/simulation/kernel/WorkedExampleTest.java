package io.ibid.simulation.kernel;

import static io.ibid.simulation.kernel.Statement.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import org.junit.jupiter.api.Test;

/** The examples of docs/crdt.md. */
class WorkedExampleTest {

    private static final Actor A = new Actor(0, 0xA);
    private static final Actor B = new Actor(0, 0xB);

    private final Document a = new Document();
    private final Document b = new Document();

    private static void join(Document into, Delta delta, long commit) {
        assertThat(into.applicable(delta, Ablation.NONE)).isTrue();
        into.merge(delta, commit, Ablation.NONE);
    }

    private static String shown(Document document) {
        return ConcurrencyTableTest.describe(Shown.of(document.reading(Ablation.NONE)));
    }

    @Test
    void a_delete_meets_an_update() {
        Edit insert = a.edit(new Dot(10, A), Ablation.NONE);
        insert.insert(false);
        insert.set(path("color"), Value.of("red"));
        insert.set(path("seats"), Value.of(4));
        join(b, insert.delta(), 1);
        a.edit(new Dot(20, A), Ablation.NONE).set(path("color"), Value.of("blue"));
        b.edit(new Dot(15, B), Ablation.NONE).delete(false, null);

        Delta toB = a.extract(new Known.ByVector(b.vv()));
        assertThat(toB.vv()).isEqualTo(VersionVector.of(A, 20));
        assertThat(toB.floor()).isEqualTo(VersionVector.of(A, 10));
        assertThat(toB.slots().size()).isEqualTo(1);
        assertThat(toB.slots().get(new SlotKey(path("color"), FieldType.REGISTER)))
                .isEqualTo(Slot.of(new Dot(20, A), new Cell.Register(Value.of("blue"))));
        Delta toA = b.extract(new Known.ByVector(a.vv()));
        assertThat(toA.complete()).isTrue();
        assertThat(toA.slots().isEmpty()).isTrue();

        join(b, toB, 2);
        join(a, toA, 2);
        assertThat(Same.state(a, b)).isTrue();
        assertThat(a.vv()).isEqualTo(VersionVector.of(A, 20).with(new Dot(15, B)));
        assertThat(shown(a)).isEqualTo("husk {color=blue}");
    }

    @Test
    void a_removal_that_has_seen_a_part_of_a_count_leaves_all_of_it() {
        Edit insert = a.edit(new Dot(10, A), Ablation.NONE);
        insert.insert(false);
        insert.increment(path("n"), 5);
        join(b, insert.delta(), 1);
        a.edit(new Dot(20, A), Ablation.NONE).increment(path("n"), 2);
        b.edit(new Dot(20, B), Ablation.NONE).unset(path("n"), null);
        join(b, a.extract(new Known.ByVector(b.vv())), 2);
        assertThat(shown(b)).isEqualTo("{n=7}");
    }
}
