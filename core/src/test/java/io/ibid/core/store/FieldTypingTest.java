package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.increment;
import static io.ibid.core.store.TestStore.path;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static io.ibid.core.store.TestStore.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the plain values of statements become typed fields, and what is seen of them. */
class FieldTypingTest {

    private static final String TOKEN =
            "{\"id\":\"EA0123456789012345678901234567890123456789abcd\",\"len\":3,\"metadata\":{}}";

    private final TestStore store = new TestStore(1);

    @AfterEach
    void close() {
        store.close();
    }

    private static Typing declared(boolean strict, Object... pathsAndTypes) {
        TreeMap<Path, FieldType> declared = new TreeMap<>();
        for (int i = 0; i < pathsAndTypes.length; i += 2) {
            declared.put(path((String) pathsAndTypes[i]), (FieldType) pathsAndTypes[i + 1]);
        }
        return new Typing(declared, strict);
    }

    private void insert(String json, Typing typing) {
        store.transact(tx -> tx.insert(CARS, struct(json), typing, Target.Conflict.UPDATE, false));
    }

    private void update(Typing typing, Modification... modifications) {
        store.transact(tx -> assertThat(tx.update(CARS, id("x"), List.of(modifications), typing))
                .isTrue());
    }

    private String shown() {
        return store.read("x").replace("\"_id\":\"x\",", "").replace("\"_id\":\"x\"", "");
    }

    private static void refused(Runnable write, String message) {
        assertThatThrownBy(write::run)
                .isInstanceOf(IbidException.class)
                .hasMessage(message)
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(ErrorCode.QUERY_EVALUATION);
    }

    // ---- several typed values under one key

    @Test
    void an_increment_does_not_touch_a_register_of_the_same_name() {
        store.upsert("{\"_id\":\"x\",\"cnt\":10}");
        store.update("x", increment("cnt", 1));
        assertThat(shown()).isEqualTo("{\"cnt\":1}");
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\",\"cnt\":10}");
    }

    @Test
    void a_counter_shows_in_place_of_the_pn_counter_that_was_written_before() {
        store.upsert("{\"_id\":\"x\"}");
        store.update("x", new Modification.PnIncrement(path("pn"), Value.of(4)));
        store.update("x", new Modification.PnIncrement(path("pn"), Value.of(4)));
        assertThat(shown()).isEqualTo("{\"pn\":8}");
        store.update("x", increment("pn", 1));
        assertThat(shown()).isEqualTo("{\"pn\":1}");
        assertThat(store.read("x", declared(false, "pn", FieldType.PN_COUNTER))).isEqualTo("{\"_id\":\"x\",\"pn\":8}");
    }

    @Test
    void a_map_written_over_a_register_shows_only_its_own_keys_and_the_register_survives() {
        insert("{\"_id\":\"x\",\"obj\":{\"a\":1,\"b\":2}}", declared(false, "obj", FieldType.REGISTER));
        store.update("x", set("obj.a", "11"));
        assertThat(shown()).isEqualTo("{\"obj\":{\"a\":11}}");
        assertThat(store.read("x", declared(false, "obj", FieldType.REGISTER)))
                .isEqualTo("{\"_id\":\"x\",\"obj\":{\"a\":1,\"b\":2}}");
    }

    // ---- writing into a map, strict mode off

    private void startWithMap() {
        store.upsert("{\"_id\":\"x\",\"obj\":{\"a\":1,\"b\":2}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "obj.a | 10        | {\"obj\":{\"a\":10,\"b\":2}}",
                "obj   | {\"c\":3} | {\"obj\":{\"a\":1,\"b\":2,\"c\":3}}",
                "obj   | {}        | {\"obj\":{\"a\":1,\"b\":2}}",
                "obj.n.o | 1       | {\"obj\":{\"a\":1,\"b\":2,\"n\":{\"o\":1}}}",
            })
    void assignment_merges_into_a_map(String path, String value, String expected) {
        startWithMap();
        long before = store.store.head().commitId();
        assertThat(store.update("x", set(path, value))).isEqualTo(before + 1);
        assertThat(shown()).isEqualTo(expected);
    }

    @Test
    void unset_removes_one_key_of_a_map() {
        startWithMap();
        store.update("x", unset("obj.b"));
        assertThat(shown()).isEqualTo("{\"obj\":{\"a\":1}}");
    }

    @Test
    void old_keys_come_back_when_an_object_is_set_over_the_scalar_that_hid_them() {
        startWithMap();
        store.update("x", set("obj", "5"));
        assertThat(shown()).isEqualTo("{\"obj\":5}");
        store.update("x", set("obj", "{\"w\":1}"));
        assertThat(shown()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2,\"w\":1}}");
    }

    @Test
    void nothing_old_comes_back_after_unset_in_the_same_transaction() {
        startWithMap();
        store.transact(tx -> {
            tx.update(CARS, id("x"), List.of(unset("obj")), Typing.FLEXIBLE);
            tx.update(CARS, id("x"), List.of(set("obj", "{\"w\":1}")), Typing.FLEXIBLE);
        });
        assertThat(shown()).isEqualTo("{\"obj\":{\"w\":1}}");
    }

    @Test
    void an_upsert_merges_and_removes_nothing() {
        startWithMap();
        store.upsert("{\"_id\":\"x\",\"obj\":{\"c\":3}}");
        assertThat(shown()).isEqualTo("{\"obj\":{\"a\":1,\"b\":2,\"c\":3}}");
    }

    @Test
    void an_empty_object_becomes_a_map_that_is_there() {
        store.upsert("{\"_id\":\"x\",\"obj\":{}}");
        assertThat(shown()).isEqualTo("{\"obj\":{}}");
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\"}");
    }

    // ---- strict mode

    @Test
    void undeclared_objects_are_maps_or_registers_as_the_mode_says() {
        insert("{\"_id\":\"x\",\"obj\":{\"a\":{\"b\":1}}}", Typing.STRICT);
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\",\"obj\":{\"a\":{\"b\":1}}}");
        refused(() -> update(Typing.STRICT, set("obj.a", "1")), "Unsupported DML operation on REGISTER field \"obj\"");
        insert("{\"_id\":\"x\",\"obj\":{\"c\":1}}", Typing.FLEXIBLE);
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\",\"obj\":{\"a\":{\"b\":1}}}");
        assertThat(shown()).isEqualTo("{\"obj\":{\"c\":1}}");
    }

    @Test
    void in_strict_mode_counters_must_be_declared() {
        store.upsert("{\"_id\":\"x\"}");
        refused(() -> update(Typing.STRICT, increment("n", 1)), "Unsupported DML operation on REGISTER field \"n\"");
        refused(
                () -> update(Typing.STRICT, new Modification.Restart(path("n"), 1)),
                "Unsupported DML operation on REGISTER field \"n\"");
        refused(
                () -> update(declared(false, "n", FieldType.REGISTER), increment("n", 1)),
                "Unsupported DML operation on REGISTER field \"n\"");
        update(declared(true, "n", FieldType.COUNTER), increment("n", 3));
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\"}");
        assertThat(store.read("x", declared(true, "n", FieldType.COUNTER))).isEqualTo("{\"_id\":\"x\",\"n\":3}");
        refused(
                () -> update(
                        declared(true, "n", FieldType.COUNTER), new Modification.PnIncrement(path("n"), Value.of(1))),
                "Unsupported DML operation on COUNTER field \"n\"");
    }

    @Test
    void a_token_is_an_attachment_without_being_declared_only_outside_strict_mode() {
        insert("{\"_id\":\"x\",\"photo\":" + TOKEN + "}", Typing.FLEXIBLE);
        assertThat(store.read("x", declared(false, "photo", FieldType.ATTACHMENT)))
                .contains("EA0123");
        assertThat(store.read("x", Typing.STRICT)).isEqualTo("{\"_id\":\"x\"}");
        insert("{\"_id\":\"x\",\"photo\":" + TOKEN + "}", Typing.STRICT);
        assertThat(store.read("x", Typing.STRICT)).contains("EA0123");
        update(Typing.STRICT, unset("photo"));
        assertThat(store.read("x", declared(false, "photo", FieldType.ATTACHMENT)))
                .contains("EA0123");
        update(Typing.FLEXIBLE, unset("photo"));
        assertThat(shown()).isEqualTo("{}");
    }

    @Test
    void an_object_that_only_looks_like_a_token_is_a_map() {
        insert("{\"_id\":\"x\",\"o\":{\"id\":\"short\",\"len\":3,\"metadata\":{}}}", Typing.FLEXIBLE);
        store.update("x", set("o.len", "4"));
        assertThat(shown()).isEqualTo("{\"o\":{\"id\":\"short\",\"len\":4,\"metadata\":{}}}");
    }

    @Test
    void a_declared_register_refuses_writes_below_it_in_either_mode() {
        insert("{\"_id\":\"x\",\"obj\":{\"a\":1}}", declared(false, "obj", FieldType.REGISTER));
        refused(
                () -> update(declared(false, "obj", FieldType.REGISTER), set("obj.a", "2")),
                "Unsupported DML operation on REGISTER field \"obj\"");
        update(declared(false, "obj", FieldType.REGISTER), set("obj", "{\"c\":1}"));
        assertThat(store.read("x", declared(false, "obj", FieldType.REGISTER)))
                .isEqualTo("{\"_id\":\"x\",\"obj\":{\"c\":1}}");
    }

    @Test
    void below_a_declared_map_the_mode_decides_again() {
        Typing typing = declared(true, "m", FieldType.MAP, "m.trim", FieldType.MAP);
        insert("{\"_id\":\"x\",\"m\":{\"trim\":{\"code\":1},\"o\":{\"k\":1}}}", typing);
        update(typing, set("m.trim.code", "2"));
        assertThat(store.read("x", typing)).isEqualTo("{\"_id\":\"x\",\"m\":{\"o\":{\"k\":1},\"trim\":{\"code\":2}}}");
        refused(() -> update(typing, set("m.o.k", "2")), "Unsupported DML operation on REGISTER field \"m.o\"");
        assertThat(store.read("x", declared(true, "m", FieldType.MAP)))
                .isEqualTo("{\"_id\":\"x\",\"m\":{\"o\":{\"k\":1}}}");
    }

    // ---- declared types

    @Test
    void a_declared_counter_takes_integers_and_means_restart() {
        Typing typing = declared(false, "n", FieldType.COUNTER);
        insert("{\"_id\":\"x\",\"n\":5}", typing);
        update(typing, increment("n", 2));
        assertThat(shown()).isEqualTo("{\"n\":7}");
        update(typing, set("n", "3.0"));
        assertThat(shown()).isEqualTo("{\"n\":3}");
        refused(() -> insert("{\"_id\":\"x\",\"n\":1.5}", typing), "Expected 1.5 to be an integer value");
        refused(() -> insert("{\"_id\":\"x\",\"n\":null}", typing), "Expected null to be an integer value");
        refused(() -> update(typing, set("n", "\"7\"")), "Expected \"7\" to be an integer value");
        assertThat(shown()).isEqualTo("{\"n\":3}");
    }

    @Test
    void a_declared_pn_counter_takes_numbers_and_adds_the_difference() {
        Typing typing = declared(false, "n", FieldType.PN_COUNTER);
        insert("{\"_id\":\"x\",\"n\":2}", typing);
        update(typing, new Modification.PnIncrement(path("n"), Value.of(0.5)));
        assertThat(shown()).isEqualTo("{\"n\":2.5}");
        update(typing, set("n", "10"));
        assertThat(shown()).isIn("{\"n\":10}", "{\"n\":10.0}");
        refused(() -> update(typing, set("n", "true")), "Expected true to be a number value");
    }

    @Test
    void maps_and_attachments_take_nothing_else() {
        refused(
                () -> insert("{\"_id\":\"x\",\"m\":[1]}", declared(false, "m", FieldType.MAP)),
                "Expected [1] to be an object value");
        refused(
                () -> insert("{\"_id\":\"x\",\"p\":{\"id\":1}}", declared(true, "p", FieldType.ATTACHMENT)),
                "Expected {\"id\":1} to be an attachment token");
        assertThat(store.read("x")).isNull();
    }

    @Test
    void default_gives_null_or_an_empty_map() {
        startWithMap();
        store.update("x", set("r", "1"));
        update(Typing.FLEXIBLE, new Modification.Default(path("r")), new Modification.Default(path("obj")));
        assertThat(shown()).isEqualTo("{\"obj\":{},\"r\":null}");
        refused(
                () -> update(declared(false, "p", FieldType.ATTACHMENT), new Modification.Default(path("p"))),
                "Unsupported DML operation on ATTACHMENT field \"p\"");
    }

    @Test
    void values_that_json_does_not_know_are_stored_as_null() {
        store.transact(tx -> tx.insert(
                CARS,
                Value.Struct.builder()
                        .put("_id", Value.of("x"))
                        .put("a", Value.of(Double.NaN))
                        .put("b", new Value.Array(List.of(Value.of(Double.NEGATIVE_INFINITY), Value.of(1))))
                        .build(),
                Typing.FLEXIBLE,
                Target.Conflict.FAIL,
                false));
        assertThat(shown()).isEqualTo("{\"a\":null,\"b\":[null,1]}");
    }

    @Test
    void restart_sets_a_counter_and_an_absent_one_starts_at_zero() {
        store.upsert("{\"_id\":\"x\"}");
        store.update("x", increment("n", 4));
        assertThat(shown()).isEqualTo("{\"n\":4}");
        store.update("x", new Modification.Restart(path("n"), 100));
        store.update("x", increment("n", -1));
        assertThat(shown()).isEqualTo("{\"n\":99}");
    }
}
