package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {

    private static ByteReader reader(int... bytes) {
        byte[] input = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            input[i] = (byte) bytes[i];
        }
        return new ByteReader(input);
    }

    @Test
    void what_is_written_is_read_back() {
        ValueGenerator generator = new ValueGenerator(1);
        for (int round = 0; round < 20_000; round++) {
            long number = generator.integer();
            String text = generator.text();
            byte[] blob = generator.bytes(generator.random().nextInt(20));
            ByteWriter out = new ByteWriter(generator.random().nextInt(100));
            out.u8(round)
                    .varint(number)
                    .zigzag(number)
                    .fixed32((int) number)
                    .fixed64(number)
                    .text(text)
                    .blob(blob)
                    .bytes(blob);
            ByteReader in = new ByteReader(out.toByteArray());
            assertThat(in.u8()).isEqualTo(round & 0xff);
            assertThat(in.varint()).isEqualTo(number);
            assertThat(in.zigzag()).isEqualTo(number);
            assertThat(in.fixed32()).isEqualTo((int) number);
            assertThat(in.fixed64()).isEqualTo(number);
            assertThat(in.text()).isEqualTo(text);
            assertThat(in.blob()).isEqualTo(blob);
            assertThat(in.bytes(blob.length)).isEqualTo(blob);
            in.expectEnd();
        }
    }

    @Test
    void the_reader_is_total() {
        Fuzzing.total(
                2,
                g -> new ByteWriter()
                        .varint(g.integer())
                        .text(g.text())
                        .blob(g.bytes(9))
                        .fixed64(7)
                        .toByteArray(),
                bytes -> {
                    ByteReader in = new ByteReader(bytes);
                    in.varint();
                    in.text();
                    in.blob();
                    in.skip(in.count(2));
                    in.varint(300);
                    in.fixed32();
                    in.fixed64();
                });
    }

    @Test
    void a_number_has_one_spelling() {
        assertThat(reader(0x80, 0x01).varint()).isEqualTo(128);
        assertThat(reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)
                        .varint())
                .isEqualTo(-1);
        assertThatThrownBy(() -> reader(0x80, 0x00).varint()).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02)
                        .varint())
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01)
                        .varint())
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_length_beyond_the_input_is_refused_before_anything_is_allocated() {
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0x07).blob()).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)
                        .text())
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> reader(3, 1, 1, 1, 1, 1).count(2)).isInstanceOf(MalformedException.class);
    }

    @Test
    void utf8_is_what_the_jdk_makes_of_valid_text() {
        ValueGenerator generator = new ValueGenerator(3);
        for (int round = 0; round < 20_000; round++) {
            String text = generator.text();
            byte[] expected = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.encode(text)).isEqualTo(expected);
            assertThat(Utf8.decode(expected, 0, expected.length)).isEqualTo(text);
            String other = generator.text();
            assertThat(Integer.signum(Utf8.compare(expected, 0, expected.length, other)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(expected, other.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(
                            ValueOrder.KEYS.compare(text, other) < 0
                                    ? -1
                                    : ValueOrder.KEYS.compare(text, other) > 0 ? 1 : 0);
        }
    }

    @Test
    void malformed_utf8_is_refused_exactly_when_the_jdk_would_replace_something() {
        ValueGenerator generator = new ValueGenerator(4);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = generator.mutated(generator.text().getBytes(StandardCharsets.UTF_8));
            byte[] replaced = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.firstInvalid(bytes, 0, bytes.length) < 0).isEqualTo(Arrays.equals(bytes, replaced));
        }
    }

    @Test
    void lone_surrogates_are_refused() {
        for (String text : new String[] {"\ud800", "a\udc00", "\ud800\ud800", "\udc00\ud800", "ä\ud800x"}) {
            assertThatThrownBy(() -> new ByteWriter().text(text)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void clear_and_truncate_keep_the_room() {
        ByteWriter out = new ByteWriter().fixed64(1).truncate(3).u8(9);
        assertThat(out.toByteArray()).containsExactly(0, 0, 0, 9);
        assertThat(out.clear().size()).isZero();
    }

    @Test
    void decimal_numbers_are_those_of_the_jdk() {
        ValueGenerator generator = new ValueGenerator(5);
        for (int round = 0; round < 20_000; round++) {
            long number = generator.integer();
            assertThat(new ByteWriter(0).decimal(number).toText()).isEqualTo(Long.toString(number));
        }
        long power = 1;
        for (int i = 0; i < 19; i++, power *= 10) {
            for (long number : new long[] {power - 1, power, -power, -power + 1}) {
                assertThat(new ByteWriter(0).decimal(number).toText()).isEqualTo(Long.toString(number));
            }
        }
    }
}
