package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Fuzzing;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DeltaCodecTest {

    private static final Actor A = new Actor(0, 1);
    private static final Actor B = new Actor(0, 2);

    private static Document document(long time, Actor actor) {
        Document document = new Document();
        Edit edit = document.edit(new Dot(time, actor), Ablation.NONE);
        edit.insert(false);
        edit.set(path("x"), Value.of("text"));
        edit.map(path("m"));
        edit.attachment(
                path("photo"), Value.Struct.builder().put("len", Value.of(3)).build());
        edit.restart(path("n"), 5);
        edit.pnIncrement(path("p"), Value.of(-0.5));
        document.edit(new Dot(time + 1, actor), Ablation.NONE).unset(path("n"), null);
        document.edit(new Dot(time + 2, actor), Ablation.NONE).increment(path("n"), Long.MIN_VALUE);
        document.stamp(1);
        return document;
    }

    private static final int SCALE = Boolean.getBoolean("ibid.long") ? 10 : 1;

    private static Path path(String dotted) {
        return Path.of(dotted.split("\\."));
    }

    private static List<Delta> randomDeltas() {
        List<Delta> deltas = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            deltas.addAll(RandomDeltas.of(seed));
        }
        return deltas;
    }

    @Test
    void deltas_survive_their_encoding() {
        Document document = document(100, A);
        document.merge(document(50, B).extract(Known.NOTHING), 2, Ablation.NONE);
        for (Known known :
                List.of(Known.NOTHING, new Known.ByCommit(1), new Known.ByVector(VersionVector.of(A, 102)))) {
            Delta delta = document.extract(known);
            assertThat(DeltaCodec.decode(DeltaCodec.encode(delta))).isEqualTo(delta);
        }
        document.edit(new Dot(200, A), Ablation.NONE)
                .delete(
                        false,
                        Hint.of(Value.Struct.builder().put("x", Value.of(1)).build()));
        Delta tombstone = document.extract(Known.NOTHING);
        assertThat(tombstone.hint()).isNotNull();
        assertThat(DeltaCodec.decode(DeltaCodec.encode(tombstone))).isEqualTo(tombstone);
    }

    @Test
    void one_changed_field_of_twenty_costs_that_field() {
        Document document = new Document();
        Edit insert = document.edit(new Dot(1L << 56, A), Ablation.NONE);
        insert.insert(false);
        for (int i = 0; i < 20; i++) {
            insert.set(Path.of("field" + i), Value.of("a value of some length, number " + i));
        }
        document.stamp(1);
        Edit update = document.edit(new Dot((1L << 56) + 99_999, A), Ablation.NONE);
        update.set(path("field7"), Value.of("new"));
        int value = 4;
        int actorInFull = 16;
        int name = 7;
        assertThat(DeltaCodec.encode(update.delta()).length - value - actorInFull - name)
                .isLessThanOrEqualTo(30);
    }

    @Test
    void what_no_document_can_be_is_refused() {
        Delta good = document(100, A).extract(Known.NOTHING);
        assertThatCode(good::requireValid).doesNotThrowAnyException();
        Slots wrongType = new Slots();
        wrongType.append(
                new SlotKey(path("x"), FieldType.COUNTER), Slot.of(new Dot(100, A), new Cell.Register(Value.of(1))));
        Slots lateDot = new Slots();
        lateDot.append(
                new SlotKey(path("x"), FieldType.REGISTER), Slot.of(new Dot(103, A), new Cell.Register(Value.of(1))));
        Slots zeroDot = new Slots();
        zeroDot.append(new SlotKey(path("x"), FieldType.REGISTER), Slot.of(Dot.ZERO, new Cell.Register(Value.of(1))));
        Slots lateEpoch = new Slots();
        lateEpoch.append(
                new SlotKey(path("x"), FieldType.COUNTER),
                Slot.of(new Dot(100, A), new Cell.Counter(new Dot(103, A), 1, 1)));
        Slots deep = new Slots();
        deep.append(
                new SlotKey(new Path(Collections.nCopies(65, "k")), FieldType.REGISTER),
                Slot.of(new Dot(100, A), Cell.TOMB));
        SortedMap<Path, Dot> lateEpochs = new TreeMap<>();
        lateEpochs.put(path("n"), new Dot(103, A));
        VersionVector late = VersionVector.of(A, 103);
        VersionVector stranger = VersionVector.of(B, 1);
        VersionVector empty = VersionVector.EMPTY;
        List<UnaryOperator<Delta>> damages = List.of(
                d -> new Delta(empty, empty, Delta.NO_EPOCHS, new Slots(), false, empty, null),
                d -> new Delta(d.vv(), late, d.epochs(), d.slots(), true, empty, null),
                d -> new Delta(d.vv(), stranger, d.epochs(), d.slots(), true, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), d.slots(), false, late, null),
                d -> new Delta(d.vv(), d.vv(), d.epochs(), d.slots(), false, empty, null),
                d -> new Delta(d.vv(), d.vv(), d.epochs(), d.slots(), true, d.vv(), null),
                d -> new Delta(d.vv(), d.reap(), lateEpochs, d.slots(), false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), wrongType, false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), lateDot, false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), zeroDot, false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), lateEpoch, false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), deep, false, empty, null),
                d -> new Delta(d.vv(), d.reap(), d.epochs(), d.slots(), false, empty, new Hint(Value.Struct.EMPTY)));
        for (int i = 0; i < damages.size(); i++) {
            Delta bad = damages.get(i).apply(good);
            assertThatThrownBy(bad::requireValid).as("damage %d", i).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void too_many_actors_and_too_many_dots_are_refused() {
        Actor[] actors = new Actor[Delta.ACTORS_MAX + 1];
        long[] hlcs = new long[actors.length];
        for (int i = 0; i < actors.length; i++) {
            actors[i] = new Actor(1, i);
            hlcs[i] = 1L << 40;
        }
        VersionVector tooMany = VersionVector.ofSorted(actors, hlcs);
        Delta wide =
                new Delta(tooMany, VersionVector.EMPTY, Delta.NO_EPOCHS, new Slots(), false, VersionVector.EMPTY, null);
        assertThatThrownBy(() -> DeltaCodec.decode(DeltaCodec.encode(wide))).isInstanceOf(MalformedException.class);

        Dot[] dots = new Dot[Delta.DOTS_MAX + 1];
        Cell[] cells = new Cell[dots.length];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = new Dot(i + 1, A);
            cells[i] = Cell.TOMB;
        }
        Slots slots = new Slots();
        slots.append(new SlotKey(path("x"), FieldType.REGISTER), Slot.ofSorted(dots, cells));
        Delta crowded = new Delta(
                VersionVector.of(A, 1 << 20),
                VersionVector.EMPTY,
                Delta.NO_EPOCHS,
                slots,
                false,
                VersionVector.EMPTY,
                null);
        assertThatThrownBy(() -> DeltaCodec.decode(DeltaCodec.encode(crowded)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("live dots");
    }

    @Test
    void a_delta_that_would_make_a_document_nobody_takes_does_not_fit() {
        Document document = new Document();
        document.merge(writers(0, Delta.ACTORS_MAX), 1, Ablation.NONE);
        assertThat(document.fits(writers(0, Delta.ACTORS_MAX))).isTrue();
        assertThat(document.fits(writers(1, 1))).isFalse();
        assertThatThrownBy(() -> document.edit(new Dot(9, A), Ablation.NONE)).isInstanceOf(IbidException.class);
        assertThat(document.vv().size()).isEqualTo(Delta.ACTORS_MAX);
    }

    private static Delta writers(long first, int count) {
        Actor[] actors = new Actor[count];
        long[] hlcs = new long[count];
        Slots slots = new Slots();
        for (int i = 0; i < count; i++) {
            actors[i] = new Actor(7, first * Delta.ACTORS_MAX + i);
            hlcs[i] = 1;
            slots.put(
                    new SlotKey(Path.of("f" + first + i), FieldType.MAP),
                    Slot.of(new Dot(1, actors[i]), Cell.MAP_MARKER));
        }
        VersionVector vv = VersionVector.ofSorted(actors, hlcs);
        return new Delta(vv, VersionVector.EMPTY, Delta.NO_EPOCHS, slots, false, VersionVector.EMPTY, null)
                .requireValid();
    }

    @Test
    void a_document_takes_65536_separate_writes_and_then_only_removals() {
        Document document = new Document();
        Slots slots = new Slots(Delta.DOTS_MAX);
        for (int i = 0; i < Delta.DOTS_MAX; i++) {
            String name = String.format("f%05d", i);
            slots.append(new SlotKey(Path.of(name), FieldType.MAP), Slot.of(new Dot(i + 1, A), Cell.MAP_MARKER));
        }
        VersionVector vv = VersionVector.of(A, Delta.DOTS_MAX);
        Delta crowd = new Delta(vv, VersionVector.EMPTY, Delta.NO_EPOCHS, slots, false, VersionVector.EMPTY, null);
        document.merge(crowd.requireValid(), 1, Ablation.NONE);
        Edit edit = document.edit(new Dot(1L << 20, B), Ablation.NONE);
        assertThatThrownBy(() -> edit.set(path("x"), Value.of(1)))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("65536");
        assertThat(edit.isEmpty()).isTrue();
        edit.unset(path("f00000"), null);
        edit.unset(path("f00001"), null);
        document.stamp(2);
        document.edit(new Dot(1L << 21, B), Ablation.NONE).set(path("x"), Value.of(1));
        document.extract(Known.NOTHING).requireValid();
    }

    @Test
    void a_count_beyond_the_input_is_refused_before_anything_is_allocated() {
        byte[] claim = new ByteWriter().u8(0).varint(1L << 30).toByteArray();
        assertThatThrownBy(() -> DeltaCodec.decode(claim)).isInstanceOf(MalformedException.class);
    }

    @Test
    void every_cut_off_delta_is_malformed() {
        byte[] bytes = DeltaCodec.encode(document(100, A).extract(Known.NOTHING));
        Fuzzing.truncated(bytes, input -> {
            DeltaCodec.decode(input);
            throw new AssertionError("accepted a delta that is cut off");
        });
    }

    @Test
    void damaged_deltas_are_malformed_or_have_one_encoding_and_merge() {
        List<byte[]> pool = randomDeltas().stream().map(DeltaCodec::encode).toList();
        List<Delta> deltas = randomDeltas();
        Fuzzing.total(11, generator -> pool.get(generator.random().nextInt(pool.size())), input -> {
            Delta delta = DeltaCodec.decode(input);
            if (!java.util.Arrays.equals(DeltaCodec.encode(delta), input)) {
                throw new AssertionError("a second encoding of one delta");
            }
            use(deltas.get(Math.floorMod(input.length * 31 + input[input.length - 1], deltas.size())), delta);
        });
    }

    @Test
    void whatever_passes_the_checks_can_be_merged_read_and_edited() {
        Random random = new Random(5);
        int accepted = 0;
        for (int i = 0; i < 20_000 * SCALE; i++) {
            Delta first = hostile(random);
            Delta second = hostile(random);
            try {
                first.requireValid();
                second.requireValid();
            } catch (MalformedException refused) {
                continue;
            }
            accepted++;
            use(first, second);
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    /** Everything that a store does with a delta from outside. */
    private static void use(Delta first, Delta second) {
        Document document = new Document();
        document.merge(first, 1, Ablation.NONE);
        document.merge(second, 2, Ablation.NONE);
        document.reading(Ablation.NONE).root().value();
        document.siblings(path("k"), Ablation.NONE);
        document.visible(true);
        document.digest(new Known.ByCommit(1));
        Delta delta = document.extract(new Known.ByCommit(1)).requireValid();
        assertThat(DeltaCodec.decode(DeltaCodec.encode(delta))).isEqualTo(delta);
        long time = HybridClock.timeFor(document.vv(), 1);
        Edit edit = document.edit(new Dot(time, A), Ablation.NONE);
        edit.increment(path("k"), 1);
        edit.pnIncrement(path("k"), Value.of(1));
        edit.unset(path("m"), null);
        edit.delete(true, null);
        document.reapTombs(Long.MAX_VALUE, 1, Ablation.NONE);
        document.extract(Known.NOTHING).requireValid();
    }

    /** Cells of every kind, thrown together without any history. */
    private static Delta hostile(Random random) {
        VersionVector vv = vector(random, 1);
        for (int i = 1; i <= 3; i++) {
            vv = random.nextInt(8) == 0 ? vv : vv.with(new Dot(3 + random.nextInt(3), new Actor(0, i)));
        }
        Slots slots = new Slots();
        for (int i = random.nextInt(6); i > 0; i--) {
            boolean root = random.nextInt(8) == 0;
            FieldType type = FieldType.values()[random.nextInt(5)];
            String name = List.of("k", "m", "m.a", "m.a.b").get(random.nextInt(4));
            SlotKey key = root ? SlotKey.EXIST : new SlotKey(path(name), type);
            SortedMap<Dot, Cell> cells = new TreeMap<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                cells.put(dot(random), cell(random, key));
            }
            slots.put(
                    key,
                    Slot.ofSorted(
                            cells.keySet().toArray(new Dot[0]), cells.values().toArray(new Cell[0])));
        }
        SortedMap<Path, Dot> epochs = new TreeMap<>();
        if (random.nextInt(3) == 0) {
            epochs.put(path("k"), dot(random));
        }
        boolean complete = random.nextBoolean();
        VersionVector reap = random.nextBoolean() ? VersionVector.EMPTY : vector(random, 3);
        VersionVector floor =
                complete ? VersionVector.EMPTY : random.nextBoolean() ? reap : reap.join(vector(random, 3));
        Hint hint = random.nextInt(4) > 0
                ? null
                : Hint.of(Value.Struct.builder()
                        .put("k", Value.of(random.nextInt(9)))
                        .build());
        return new Delta(vv, reap, epochs, slots, complete, floor, hint);
    }

    private static VersionVector vector(Random random, int timeMax) {
        VersionVector vv = VersionVector.EMPTY;
        for (int i = 0; i < 3; i++) {
            vv = random.nextInt(5) == 0 ? vv : vv.with(new Dot(1 + random.nextInt(timeMax), new Actor(0, i + 1)));
        }
        return vv;
    }

    private static Dot dot(Random random) {
        return new Dot(1 + random.nextInt(4), new Actor(0, 1 + random.nextInt(3)));
    }

    private static Cell cell(Random random, SlotKey key) {
        if (random.nextInt(5) == 0) {
            return Cell.TOMB;
        }
        if (key.type() == null) {
            return Cell.EXISTS;
        }
        return switch (key.type()) {
            case REGISTER -> new Cell.Register(Value.of(random.nextInt(3)));
            case ATTACHMENT -> new Cell.Attachment(Value.Struct.EMPTY);
            case COUNTER ->
                new Cell.Counter(random.nextBoolean() ? Dot.ZERO : dot(random), random.nextLong(), random.nextLong());
            case PN_COUNTER ->
                new Cell.PnCounter(random.nextBoolean() ? Value.of(random.nextLong()) : Value.of(Double.MAX_VALUE));
            case MAP -> Cell.MAP_MARKER;
        };
    }
}
