package io.ibid.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentIdTest {

    private static void refused(Value value, String message) {
        assertThatThrownBy(() -> DocumentId.of(value))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DOCUMENT_ID))
                .hasMessageContaining(message);
    }

    @Test
    void everything_but_null_and_floats_is_an_id() {
        for (Value value : List.of(
                Value.of("x"),
                Value.of(""),
                Value.of(3),
                Value.TRUE,
                Value.Array.EMPTY,
                new Value.Binary(new byte[3]))) {
            assertThat(DocumentId.of(value).value()).isEqualTo(value);
        }
        refused(Value.NULL, "Null document ID not allowed");
        refused(Value.of(1.0), "Floats are not supported in document IDs");
        refused(
                new Value.Array(
                        List.of(Value.Struct.builder().put("a", Value.of(0.5)).build())),
                "Floats are not supported");
        refused(
                Value.Struct.builder()
                        .put("a", new Value.Array(List.of(Value.NULL)))
                        .build(),
                "Null document ID not allowed");
    }

    @Test
    void the_order_of_keys_does_not_matter() {
        Value one = Value.Struct.builder()
                .put("storeId", Value.of("s"))
                .put("orderId", Value.of("o"))
                .build();
        Value two = Value.Struct.builder()
                .put("orderId", Value.of("o"))
                .put("storeId", Value.of("s"))
                .build();
        assertThat(DocumentId.of(one)).isEqualTo(DocumentId.of(two)).hasSameHashCodeAs(DocumentId.of(two));
    }

    @Test
    void its_length_is_limited() {
        assertThat(DocumentId.of(Value.of("x".repeat(DocumentId.BYTES_MAX - 3))).bytes())
                .hasSize(DocumentId.BYTES_MAX);
        refused(Value.of("x".repeat(DocumentId.BYTES_MAX - 2)), "exceeds the limit of 4096 bytes");
    }

    @Test
    void it_comes_back_from_both_encodings_and_sorts_as_its_value() {
        ValueGenerator generator = new ValueGenerator(41);
        for (int round = 0; round < 20_000; round++) {
            DocumentId a = generator.documentId();
            DocumentId b = generator.documentId();
            assertThat(DocumentId.ofBytes(a.bytes())).isEqualTo(a);
            assertThat(DocumentId.readOrderedKey(new ByteReader(a.orderedKey())))
                    .isEqualTo(a);
            int order = Integer.signum(ValueOrder.compare(a.value(), b.value()));
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(order);
            assertThat(Integer.signum(Arrays.compareUnsigned(a.orderedKey(), b.orderedKey())))
                    .isEqualTo(order);
            assertThat(a.equals(b)).isEqualTo(order == 0);
        }
    }

    @Test
    void decoding_one_is_total() {
        Fuzzing.total(42, g -> g.documentId().bytes(), bytes -> {
            DocumentId id = DocumentId.ofBytes(bytes);
            assertThat(id.bytes()).isEqualTo(bytes);
        });
        Fuzzing.total(43, g -> OrderedKey.encode(g.anyValue()), bytes -> {
            DocumentId id = DocumentId.readOrderedKey(new ByteReader(bytes));
            assertThat(DocumentId.ofBytes(id.bytes())).isEqualTo(id).hasSameHashCodeAs(id);
        });
        byte[] tooLong = OrderedKey.encode(Value.of("x".repeat(DocumentId.BYTES_MAX)));
        assertThatThrownBy(() -> DocumentId.readOrderedKey(new ByteReader(tooLong)))
                .isInstanceOf(MalformedException.class);
        byte[] aFloat = OrderedKey.encode(Value.of(1.0));
        assertThatThrownBy(() -> DocumentId.readOrderedKey(new ByteReader(aFloat)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("Floats are not supported in document IDs");
    }
}
