package io.ibid.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.ibid.Ditto;
import io.ibid.DittoException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionTest {
    @TempDir
    Path directory;

    private Ditto ditto;
    private DittoCollection cars;

    @BeforeEach
    void open() {
        ditto = Opened.open(directory);
        cars = ditto.store.collection("cars");
    }

    @AfterEach
    void close() {
        ditto.close();
    }

    private Map<String, Object> car(Object id) {
        DittoDocument document = cars.findById(id).exec();
        assertThat(document).as("the car %s", id).isNotNull();
        return document.getValue();
    }

    private List<Object> ids(DittoPendingCursorOperation operation) {
        return operation.exec().stream().map(car -> car.getId().getValue()).toList();
    }

    @Test
    void an_upsert_without_an_id_gives_one() {
        DittoDocumentId id = cars.upsert(Map.of("model", "Ford", "color", "black"));
        assertThat(car(id)).containsEntry("model", "Ford").containsEntry("_id", id.getValue());
        assertThat(cars.insert(Map.of("model", "Ford"))).isNotEqualTo(id);
    }

    @Test
    void a_strategy_says_what_an_upsert_does_to_a_document_that_exists() {
        DittoDocumentId id = cars.upsert(Map.of("_id", 1, "color", "red", "owner", Map.of("name", "Bob")));
        assertThat(cars.upsert(Map.of("_id", 1, "color", "blue"), DittoWriteStrategy.InsertIfAbsent))
                .isEqualTo(id);
        assertThat(cars.upsert(Map.of("_id", 1, "color", "blue"), DittoWriteStrategy.InsertDefaultIfAbsent))
                .isEqualTo(id);
        assertThat(car(1)).containsEntry("color", "red");
        cars.upsert(Map.of("_id", 1, "color", "blue"), DittoWriteStrategy.UpdateDifferentValues);
        cars.upsert(Map.of("_id", 1, "owner", Map.of("age", 7)));
        assertThat(car(1)).containsEntry("color", "blue").containsEntry("owner", Map.of("name", "Bob", "age", 7L));
    }

    @Test
    void documents_are_found_sorted_and_cut() {
        for (int i = 0; i < 10; i++) {
            cars.upsert(Map.of("_id", i, "color", i % 2 == 0 ? "red" : "blue", "owner", Map.of("age", 9 - i / 3)));
        }
        assertThat(ids(cars.findAll())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(ids(cars.find("color == 'red' && _id > 3"))).containsExactly(4L, 6L, 8L);
        assertThat(ids(cars.find("_id < $args.most", Map.of("most", 4))
                        .sort("owner.age", DittoSortDirection.Ascending)
                        .sort("_id", DittoSortDirection.Descending)
                        .limit(3)
                        .offset(1)))
                .containsExactly(2L, 1L, 0L);
        assertThat(ids(cars.find("contains($args.wanted, _id)", Map.of("wanted", List.of(3, 5)))))
                .containsExactly(3L, 5L);
        assertThat(cars.find("color == 'green'").exec()).isEmpty();
    }

    @Test
    void ids_may_be_texts_numbers_lists_and_maps() {
        for (Object id : List.of("a", 7, true, List.of("x", 1), Map.of("city", "Rome", "no", 4))) {
            DittoDocumentId given = cars.upsert(Map.of("_id", id, "x", 1));
            assertThat(given).isEqualTo(new DittoDocumentId(id));
            assertThat(cars.findByID(new DittoDocumentId(id)).exec()).isNotNull();
            assertThat(cars.find("_id == $args.id", Map.of("id", given)).exec()).hasSize(1);
        }
        assertThat(new DittoDocumentId("a")).hasToString("a").isNotEqualTo(new DittoDocumentId(List.of("a")));
        assertThat(cars.find("_id == " + new DittoDocumentId("a").toQueryCompatibleString())
                        .exec())
                .hasSize(1);
        assertThatThrownBy(() -> cars.upsert(Map.of("_id", 1.5)))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("Floats are not supported in document IDs");
    }

    @Test
    void paths_read_what_is_there_and_stand_in_for_what_is_not() {
        cars.upsert(Map.of(
                "_id",
                1,
                "name",
                "Ford",
                "year",
                1999,
                "price",
                7.5,
                "sold",
                true,
                "tags",
                List.of("a", Map.of("b", 2))));
        DittoDocument car = cars.findById(1).exec();
        assertThat(car).isNotNull();
        assertThat(car.get("name").getString()).isEqualTo("Ford");
        assertThat(car.get("name").getInt()).isNull();
        assertThat(car.get("name").getIntValue()).isZero();
        assertThat(car.get("year").getIntValue()).isEqualTo(1999);
        assertThat(car.get("year").getLong()).isEqualTo(1999L);
        assertThat(car.get("price").getDoubleValue()).isEqualTo(7.5);
        assertThat(car.get("price").getFloat()).isEqualTo(7.5f);
        assertThat(car.get("sold").getBooleanValue()).isTrue();
        assertThat(car.get("sold").getBoolean()).isTrue();
        assertThat(car.get("tags").get(1).get("b").getIntValue()).isEqualTo(2);
        assertThat(car.get("tags").getListValue()).hasSize(2);
        assertThat(car.get("tags").get(1).getDictionary()).containsOnly(entry("b", 2L));
        assertThat(car.get("tags").get(9).getValue()).isNull();
        assertThat(car.get("no").get("such").getStringValue()).isEmpty();
        assertThat(car.get("no").getDictionaryValue()).isEmpty();
        assertThat(car.get("no").getList()).isNull();
    }

    @Test
    void an_update_writes_what_its_callback_did_to_the_documents() {
        cars.upsert(Map.of(
                "_id",
                1,
                "color",
                "red",
                "old",
                1,
                "owner",
                Map.of("name", "Bob", "age", 7),
                "tags",
                List.of("a", "b")));
        cars.upsert(Map.of("_id", 2, "color", "red"));
        cars.upsert(Map.of("_id", 3, "color", "blue"));
        Map<DittoDocumentId, List<DittoUpdateResult>> done = cars.find("color == 'red'")
                .update(documents -> {
                    assertThat(documents).hasSize(2);
                    DittoMutableDocument first = documents.getFirst();
                    first.get("color").set("green");
                    assertThat(first.get("color").getStringValue()).isEqualTo("green");
                    first.get("old").remove();
                    first.get("owner").set(Map.of("name", "Ann"));
                    first.get("owner").get("town").get("zip").set(123);
                    first.get("tags").get(1).set("c");
                    first.get("tags").get(2).set("d");
                    first.get("tags").get(0).remove();
                    first.get("views").counter().increment(2);
                    first.get("views").counter().increment(-0.5);
                    assertThat(first.get("views").counter().getValue()).isEqualTo(1.5);
                    first.get("color").set("black", true);
                    first.get("year").set(1999, true);
                    first.get("none").set(null);
                });
        assertThat(car(1))
                .containsOnly(
                        entry("_id", 1L),
                        entry("color", "green"),
                        entry("owner", Map.of("name", "Ann", "town", Map.of("zip", 123L))),
                        entry("tags", List.of("c", "d")),
                        entry("views", 1.5),
                        entry("year", 1999L),
                        entry("none", null));
        assertThat(done.keySet()).extracting(DittoDocumentId::getValue).containsExactly(1L, 2L);
        assertThat(done.get(new DittoDocumentId(2))).isEmpty();
        assertThat(done.get(new DittoDocumentId(1)))
                .startsWith(
                        new DittoUpdateResult.Set(new DittoDocumentId(1), "color", "green"),
                        new DittoUpdateResult.Removed(new DittoDocumentId(1), "old"))
                .contains(new DittoUpdateResult.Set(new DittoDocumentId(1), "tags[1]", "c"))
                .contains(new DittoUpdateResult.Incremented(new DittoDocumentId(1), "views", -0.5));
    }

    @Test
    void an_update_that_throws_changes_nothing_and_the_exception_comes_out() {
        cars.upsert(Map.of("_id", 1, "color", "red"));
        assertThatThrownBy(() -> cars.findAll().update(documents -> {
                    documents.getFirst().get("color").set("blue");
                    throw new IOException("no paint");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no paint");
        assertThatThrownBy(() -> cars.findById(1)
                        .update(document -> document.get("tags").get(0).set("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`tags` is no list");
        assertThatThrownBy(() ->
                        cars.findById(1).update(document -> document.get("_id").set(2)))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("`_id` cannot be modified");
        assertThat(car(1)).containsEntry("color", "red");
        cars.upsert(Map.of("_id", 1, "color", "blue")); // and the next writer has its turn
    }

    @Test
    void one_document_is_updated_removed_and_evicted() {
        cars.upsert(Map.of("_id", 1, "color", "red"));
        cars.upsert(Map.of("_id", 2, "color", "red"));
        assertThat(cars.findById(1).update(car -> car.get("color").set("blue")))
                .containsExactly(new DittoUpdateResult.Set(new DittoDocumentId(1), "color", "blue"));
        assertThat(cars.findById(9).update(car -> car.get("color").set("blue"))).isEmpty();
        assertThat(cars.findById(1).remove()).isTrue();
        assertThat(cars.findById(1).remove()).isFalse();
        assertThat(cars.findById(2).evict()).isTrue();
        assertThat(cars.findById(2).evict()).isFalse();
        assertThat(cars.findAll().exec()).isEmpty();
    }

    @Test
    void what_is_selected_is_removed_or_evicted_also_a_part_of_it() {
        for (int i = 0; i < 10; i++) {
            cars.upsert(Map.of("_id", i, "year", 2000 - i));
        }
        assertThat(cars.find("_id < 3").evict()).hasSize(3);
        assertThat(cars.findAll()
                        .sort("year", DittoSortDirection.Ascending)
                        .limit(2)
                        .remove())
                .containsExactlyInAnyOrder(new DittoDocumentId(8), new DittoDocumentId(9));
        assertThat(cars.findAll().offset(1).limit(1).evict()).containsExactly(new DittoDocumentId(4));
        assertThat(ids(cars.findAll())).containsExactly(3L, 5L, 6L, 7L);
    }

    @Test
    void a_counter_begins_at_nothing_and_keeps_what_it_has_counted() {
        DittoDocumentId id =
                cars.upsert(Map.of("_id", 1, "views", new DittoCounter(), "by", Map.of("day", new DittoCounter())));
        assertThat(car(1)).containsEntry("views", 0.0).containsEntry("by", Map.of("day", 0.0));
        cars.findById(id).update(car -> {
            car.get("views").counter().increment(3);
            car.get("by").get("day").counter().increment(1);
        });
        cars.upsert(Map.of("_id", 1, "views", new DittoCounter(), "color", "red"));
        DittoDocument car = cars.findById(1).exec();
        assertThat(car).isNotNull();
        assertThat(car.get("views").getCounter()).isNotNull();
        assertThat(car.get("views").getCounter().getValue()).isEqualTo(3);
        assertThat(car.get("by").get("day").getDoubleValue()).isEqualTo(1);
        assertThat(car.get("color").getCounter()).isNull();
        cars.findById(id).update(document -> document.get("views").set(new DittoCounter()));
        assertThat(car(1)).containsEntry("views", 0.0);
    }

    @Test
    void a_write_transaction_writes_all_or_nothing_and_tells_what_it_wrote() {
        cars.upsert(Map.of("_id", 1, "color", "red"));
        cars.upsert(Map.of("_id", 2, "color", "blue"));
        cars.upsert(Map.of("_id", 3, "color", "grey"));
        List<DittoWriteTransactionResult> done = ditto.store.write(tx -> {
            DittoScopedWriteTransaction scoped = tx.scoped("cars");
            DittoDocumentId id = tx.scoped("people").upsert(Map.of("_id", "Bob", "cars", 1));
            scoped.find("color == $args.color", Map.of("color", "red"))
                    .update(documents -> documents.getFirst().get("owner").set(id.getValue()));
            assertThat(scoped.findById(1).exec()).isNotNull();
            assertThat(scoped.find("owner == 'Bob'").exec()).hasSize(1);
            assertThat(scoped.findByID(2).remove()).isTrue();
            assertThat(scoped.findAll()
                            .sort("_id", DittoSortDirection.Descending)
                            .limit(1)
                            .evict())
                    .hasSize(1);
        });
        assertThat(done)
                .containsExactly(
                        new DittoWriteTransactionResult.Inserted(new DittoDocumentId("Bob"), "people"),
                        new DittoWriteTransactionResult.Updated(new DittoDocumentId(1), "cars"),
                        new DittoWriteTransactionResult.Removed(new DittoDocumentId(2), "cars"),
                        new DittoWriteTransactionResult.Evicted(new DittoDocumentId(3), "cars"));
        assertThatThrownBy(() -> ditto.store.write("paint", tx -> {
                    tx.scoped("cars").upsert(Map.of("_id", 1, "color", "pink"));
                    throw new IOException("no paint");
                }))
                .isExactlyInstanceOf(IOException.class);
        assertThat(car(1)).containsEntry("color", "red").containsEntry("owner", "Bob");
        assertThat(ids(cars.findAll())).containsExactly(1L);
    }

    @Test
    void a_write_outside_a_transaction_from_inside_it_is_refused_instead_of_waiting_for_ever() {
        assertThatThrownBy(() -> ditto.store.write(tx -> cars.upsert(Map.of("_id", 1))))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("while in a transaction scope");
    }

    @Test
    void collections_are_named_and_their_content_hashed() {
        assertThat(ditto.store.collectionNames()).isEmpty();
        cars.upsert(Map.of("_id", 1));
        BigInteger before = ditto.store.queriesHash(List.of(cars.findAll()));
        assertThat(ditto.store.queriesHash(List.of(cars.find("_id == 1"), cars.find("_id == 2"))))
                .isEqualTo(before);
        ditto.store.get("boats").upsert(Map.of("_id", 1));
        cars.upsert(Map.of("_id", 1, "color", "red"));
        assertThat(ditto.store.queriesHash(List.of(cars.findAll()))).isNotEqualTo(before);
        assertThat(ditto.store.queriesHashMnemonic(List.of(cars.findAll()))).matches("([a-z]{5}-){3}[a-z]{5}");
        assertThat(ditto.store.collectionNames()).containsExactly("boats", "cars");
        assertThat(ditto.store
                        .collections()
                        .sort(DittoSortDirection.Descending)
                        .limit(1)
                        .exec())
                .containsExactly(ditto.collection("cars"));
    }

    @Test
    void the_parameter_strict_mode_changes_nothing_here() {
        ditto.store.execute("ALTER SYSTEM SET DQL_STRICT_MODE = true").close();
        cars.upsert(Map.of("_id", 1, "owner", Map.of("name", "Bob"), "views", new DittoCounter()));
        cars.findById(1).update(car -> {
            car.get("owner").get("age").set(7);
            car.get("views").counter().increment(2);
        });
        assertThat(cars.find("owner.name == 'Bob' && views == 2").exec()).hasSize(1);
        assertThat(car(1)).containsEntry("owner", Map.of("name", "Bob", "age", 7L));
    }

    @Test
    void a_query_that_cannot_be_read_is_refused_at_once_with_place_and_hint() {
        assertThatThrownBy(() -> cars.find("color = 'red'"))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("equality is written `==` (line 1, column 7)");
        assertThatThrownBy(() -> cars.find("color == $args.color", Map.of("colour", "red")))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("$args.color was not provided");
        assertThatThrownBy(() -> cars.findAll().sort("a +", DittoSortDirection.Ascending))
                .isInstanceOf(DittoException.StoreException.class);
        assertThatThrownBy(() -> cars.find("a == $args.a", Map.of("a", new Object())))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void a_closed_database_refuses_everything() {
        ditto.close();
        assertThatThrownBy(() -> cars.findAll().exec())
                .isInstanceOfSatisfying(
                        DittoException.class, e -> assertThat(e.getCode()).isEqualTo("store/closed"));
        assertThatThrownBy(() -> cars.findAll().subscribe()).isInstanceOf(DittoException.class);
        assertThatThrownBy(() -> cars.findAll().observeLocal((documents, event) -> {}))
                .isInstanceOf(DittoException.class);
    }
}
