package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BinaryFormTest {

    private static View view(Value value) {
        return new View(BinaryForm.encode(value));
    }

    private static String json(View view) {
        StringBuilder out = new StringBuilder();
        view.appendJson(out);
        return out.toString();
    }

    private static View typed() {
        ByteWriter out = new ByteWriter().u8(99);
        new BinaryWriter(out)
                .beginMap(6)
                .key("attached")
                .attachment(Value.Struct.builder()
                        .put("id", Value.of("x"))
                        .put("len", Value.of(7))
                        .build())
                .key("empty")
                .beginMap(0)
                .endMap()
                .key("likes")
                .counter(-3)
                .key("nested")
                .beginMap(1)
                .key("deep")
                .opaque(Value.of("down"))
                .endMap()
                .key("object")
                .opaque(Value.Struct.builder().put("deep", Value.of("flat")).build())
                .key("price")
                .pnCounter(Value.of(1.5))
                .endMap();
        int end = out.size();
        View view = new View(out.u8(1).u8(2).toByteArray(), 1);
        assertThat(view.end()).isEqualTo(end);
        return view;
    }

    private static void everythingRead(View view, Value value) {
        assertThat(view.toValue()).isEqualTo(value);
        assertThat(json(view)).isEqualTo(Json.write(value));
        assertThat(view.compare(value)).isZero();
        assertThat(view.fieldType()).isEqualTo(FieldType.REGISTER);
        switch (value) {
            case Value.Struct struct -> {
                assertThat(view.size()).isEqualTo(struct.size());
                assertThat(view.isStruct()).isTrue();
                for (int i = 0; i < struct.size(); i++) {
                    assertThat(view.name(i)).isEqualTo(struct.name(i));
                    everythingRead(view.child(i), struct.value(i));
                    View field = Objects.requireNonNull(view.field(struct.name(i)));
                    assertThat(field.toValue()).isEqualTo(struct.value(i));
                }
            }
            case Value.Array array -> {
                assertThat(view.size()).isEqualTo(array.elements().size());
                assertThat(view.isArray()).isTrue();
                for (int i = 0; i < view.size(); i++) {
                    everythingRead(view.element(i), array.elements().get(i));
                }
            }
            default -> {
                assertThat(view.size()).isZero();
                assertThat(view.field("a")).isNull();
            }
        }
    }

    @Test
    void every_value_comes_back_whole_and_in_parts() {
        ValueGenerator generator = new ValueGenerator(61);
        for (int round = 0; round < 20_000; round++) {
            Value value = generator.value();
            everythingRead(view(value), value);
        }
    }

    @Test
    void a_field_is_found_by_its_path_or_missing() {
        ValueGenerator generator = new ValueGenerator(62);
        for (int round = 0; round < 50_000; round++) {
            Value.Struct document = generator.document();
            View view = view(document);
            Path path = Path.of(generator.name(), generator.name());
            Value expected =
                    document.get(path.key(0)) instanceof Value.Struct inner ? inner.get(path.key(1)) : Value.MISSING;
            assertThat(view.valueAt(path)).isEqualTo(expected);
            assertThat(view.valueAt(Path.of(path.key(0)))).isEqualTo(document.get(path.key(0)));
            assertThat(view.at(path) == null).isEqualTo(expected instanceof Value.Missing);
        }
        assertThat(view(Value.of(1)).valueAt(Path.ROOT)).isEqualTo(Value.of(1));
        assertThat(view(Value.of(1)).valueAt(Path.of("a"))).isEqualTo(Value.MISSING);
    }

    @Test
    void comparing_in_place_agrees_with_the_total_order() {
        ValueGenerator generator = new ValueGenerator(63);
        for (int round = 0; round < 100_000; round++) {
            Value a = generator.value(1);
            Value b = generator.anyValue();
            assertThat(Integer.signum(view(a).compare(b)))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.signum(ValueOrder.compare(a, b)));
        }
        assertThat(view(Value.of(Double.NaN)).compare(Value.of(Double.NaN))).isZero();
        assertThat(view(Value.of(Double.NaN)).compare(Value.of(1))).isNegative();
    }

    @Test
    void containers_of_every_size_work() {
        for (int count : new int[] {0, 1, 12, 13, 100, 255, 256, 2000, 2001, 70_000}) {
            for (int width : new int[] {0, 1, 30, 3000}) {
                if ((long) count * width > 3_000_000) {
                    continue;
                }
                List<Value> elements = new ArrayList<>();
                Value.Struct.Builder fields = Value.Struct.builder();
                for (int i = 0; i < count; i++) {
                    Value element = width == 0 ? Value.NULL : Value.of("x".repeat(width));
                    elements.add(element);
                    fields.put("n" + i, element);
                }
                Value array = new Value.Array(elements);
                assertThat(view(array).toValue()).isEqualTo(array);
                Value.Struct struct = fields.build();
                View view = view(struct);
                assertThat(view.toValue()).isEqualTo(struct);
                for (int i = 0; i < count; i += 1 + count / 50) {
                    assertThat(view.valueAt(Path.of(struct.name(i)))).isEqualTo(struct.value(i));
                    assertThat(view(array).element(i).toValue()).isEqualTo(elements.get(i));
                }
                assertThat(view.field("m")).isNull();
                assertThat(view.field("o")).isNull();
            }
        }
    }

    @Test
    void typed_documents_keep_their_types() {
        View view = typed();
        assertThat(view.tag()).isEqualTo(Tag.MAP);
        assertThat(view.size()).isEqualTo(6);
        List<FieldType> types = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            types.add(view.child(i).fieldType());
        }
        assertThat(types)
                .containsExactly(
                        FieldType.ATTACHMENT,
                        FieldType.MAP,
                        FieldType.COUNTER,
                        FieldType.MAP,
                        FieldType.REGISTER,
                        FieldType.PN_COUNTER);
        assertThat(view.valueAt(Path.of("nested", "deep"))).isEqualTo(Value.of("down"));
        assertThat(view.valueAt(Path.of("object", "deep"))).isEqualTo(Value.of("flat"));
        assertThat(view.valueAt(Path.of("attached", "len"))).isEqualTo(Value.of(7));
        assertThat(view.valueAt(Path.of("likes"))).isEqualTo(Value.of(-3));
        assertThat(view.valueAt(Path.of("likes", "x"))).isEqualTo(Value.MISSING);
        View attached = Objects.requireNonNull(view.at(Path.of("attached")));
        assertThat(attached.size()).isEqualTo(2);
        assertThat(attached.name(1)).isEqualTo("len");
        assertThat(attached.child(0).toValue()).isEqualTo(Value.of("x"));
        assertThat(json(view))
                .isEqualTo("{\"attached\":{\"id\":\"x\",\"len\":7},\"empty\":{},\"likes\":-3,"
                        + "\"nested\":{\"deep\":\"down\"},\"object\":{\"deep\":\"flat\"},\"price\":1.5}");
        assertThat(Json.write(view.toValue())).isEqualTo(json(view));
        assertThat(view.compare(view.toValue())).isZero();
    }

    @Test
    void the_bytes_are_as_documented() {
        Value struct = Value.Struct.builder()
                .put("a", Value.of(-2))
                .put("bc", new Value.Array(List.of(Value.TRUE, Value.of("x"), Value.of(1.0))))
                .build();
        assertThat(HexFormat.of().formatHex(BinaryForm.encode(struct)))
                .isEqualTo("0802" + "0419" + "0161" + "0303" + "026263" + "0703" + "01040d" + "02" + "050178"
                        + "043ff0000000000000");
    }

    @Test
    void a_wrong_sequence_of_calls_is_noticed() {
        assertThatThrownBy(() -> new BinaryWriter(new ByteWriter()).key("a")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> new BinaryWriter(new ByteWriter()).beginMap(1).opaque(Value.NULL))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> new BinaryWriter(new ByteWriter()).beginMap(1).endMap())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        new BinaryWriter(new ByteWriter()).beginMap(1).key("a").endMap())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        new BinaryWriter(new ByteWriter()).beginMap(1).key("a").key("b"))
                .isInstanceOf(AssertionError.class);
        BinaryWriter writer =
                new BinaryWriter(new ByteWriter()).beginMap(2).key("b").counter(1);
        assertThatThrownBy(() -> writer.key("a"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a behind b");
        BinaryWriter full = new BinaryWriter(new ByteWriter())
                .beginMap(1)
                .key("b")
                .counter(1)
                .key("c");
        assertThatThrownBy(() -> full.counter(1)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> view(Value.of(1)).element(0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> view(Value.Array.EMPTY).element(0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> view(Value.Array.EMPTY).name(0)).isInstanceOf(AssertionError.class);
    }

    @Test
    void one_writer_serves_many_values() {
        ValueGenerator generator = new ValueGenerator(64);
        ByteWriter out = new ByteWriter();
        BinaryWriter writer = new BinaryWriter(out);
        for (int round = 0; round < 2_000; round++) {
            Value value = generator.value();
            out.clear();
            writer.opaque(value);
            int end = out.size();
            writer.opaque(Value.of(round));
            View view = new View(out.toByteArray());
            assertThat(view.end()).isEqualTo(end);
            assertThat(view.toValue()).isEqualTo(value);
            assertThat(new View(out.toByteArray(), end).toValue()).isEqualTo(Value.of(round));
        }
    }

    /** Reads all that the public methods can read; the input's tables may lead anywhere. */
    private static void readAll(View view, ValueGenerator generator, int depth) {
        view.tag();
        int size = Math.min(view.size(), 8);
        view.isStruct();
        view.valueAt(Path.of(generator.name(), generator.name()));
        view.compare(generator.scalar());
        for (int i = 0; i < size && depth < 4; i++) {
            if (view.isArray()) {
                readAll(view.element(i), generator, depth + 1);
            } else {
                view.name(i);
                readAll(view.child(i), generator, depth + 1);
            }
        }
    }

    private static void attempt(Runnable read) {
        try {
            read.run();
        } catch (MalformedException expected) {
            // The other reads are still to be tried.
        }
    }

    @Test
    void damaged_bytes_lead_to_a_malformed_exception_and_nothing_else() {
        ValueGenerator choices = new ValueGenerator(65);
        byte[] typed = Arrays.copyOfRange(writtenTyped(), 0, writtenTyped().length);
        Fuzzing.total(66, g -> g.random().nextInt(4) == 0 ? typed : BinaryForm.encode(g.value()), bytes -> {
            View view = new View(bytes);
            attempt(() -> readAll(view, choices, 0));
            attempt(() -> view.appendJson(new StringBuilder()));
            Value value = view.toValue();
            assertThat(Json.write(value)).isEqualTo(json(view));
            for (int i = 0; value instanceof Value.Struct struct && i < struct.size(); i++) {
                assertThat(struct.get(struct.name(i))).isEqualTo(struct.value(i)); // sorted and distinct
            }
        });
    }

    private static byte[] writtenTyped() {
        ByteWriter out = new ByteWriter();
        new BinaryWriter(out)
                .beginMap(3)
                .key("a")
                .attachment(Value.Struct.builder()
                        .put("id", Value.of("x"))
                        .put("len", Value.of(7))
                        .build())
                .key("b")
                .beginMap(2)
                .key("a")
                .counter(1000)
                .key("c")
                .pnCounter(Value.of(4))
                .endMap()
                .key("c")
                .opaque(Value.of("c"))
                .endMap();
        return out.toByteArray();
    }

    @Test
    void truncation_is_always_noticed() {
        ValueGenerator generator = new ValueGenerator(67);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = round == 0 ? writtenTyped() : BinaryForm.encode(generator.value());
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> new View(cut)).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void depth_is_limited() {
        Value deep = Json.parse("[".repeat(256) + "]".repeat(256));
        assertThat(view(deep).toValue()).isEqualTo(deep);
        assertThatThrownBy(() -> BinaryForm.encode(new Value.Array(List.of(deep))))
                .isInstanceOf(MalformedException.class);
        // What the writer refuses to write, made by hand: arrays of one element each.
        ByteWriter bomb = new ByteWriter();
        for (int i = 10_000; i > 0; i--) {
            bomb.u8(Tag.ARRAY.ordinal() | 2 << BinaryLayout.WIDTH_SHIFT)
                    .varint(1)
                    .fixed32((i - 1) * 6 + 1);
        }
        byte[] bytes = bomb.u8(Tag.NULL.ordinal()).toByteArray();
        assertThatThrownBy(() -> new View(bytes).toValue()).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new View(bytes).appendJson(new StringBuilder()))
                .isInstanceOf(MalformedException.class);
    }
}
