package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CREATE INDEX and DROP INDEX. */
class IndexStatementTest {
    private final Dql dql = new Dql();

    @Test
    void an_index_is_created_as_it_is_written_in_either_form() {
        assertThat(dql.run("CREATE INDEX ix ON cars (_id.place, `made by`.name DESC, color ASC)"))
                .isEmpty();
        dql.run("CREATE INDEX cars.another (color)");
        assertThat(dql.store.indexes().of("cars"))
                .containsExactly(
                        new IndexShape("cars", "another", List.of(key("color")), true),
                        new IndexShape(
                                "cars",
                                "ix",
                                List.of(
                                        key("_id", "place"),
                                        new IndexShape.Key(Path.of("made by", "name"), true),
                                        key("color")),
                                true));
    }

    private static IndexShape.Key key(String... path) {
        return new IndexShape.Key(Path.of(path), false);
    }

    @Test
    void whether_documents_without_the_field_have_an_entry_is_up_to_the_database() {
        dql.store.schema().includeMissing(false);
        dql.run("CREATE INDEX ix ON cars (color)");
        assertThat(dql.store.indexes().of("cars").getFirst().includeMissing()).isFalse();
    }

    @Test
    void a_name_is_taken_once_for_each_collection() {
        dql.run("CREATE INDEX ix ON cars (color)");
        dql.run("CREATE INDEX ix ON boats (color)");
        dql.run("CREATE INDEX IF NOT EXISTS ix ON cars (year)");
        assertThat(dql.store.indexes().of("cars"))
                .containsExactly(new IndexShape("cars", "ix", List.of(key("color")), true));
        assertThat(dql.error("CREATE INDEX ix ON cars (year)"))
                .startsWith("query/evaluation Query failed: "
                        + "`an index with the given name already exists on the given collection` (line 1, column 1)");
    }

    @Test
    void an_index_is_dropped() {
        dql.run("CREATE INDEX ix ON cars (color)");
        assertThat(dql.run("DROP INDEX ix ON cars")).isEmpty();
        assertThat(dql.store.indexes().of("cars")).isEmpty();
        dql.run("DROP INDEX IF EXISTS ix ON cars");
        assertThat(dql.error("DROP INDEX ix ON cars")).contains("there is no index ix on cars");
    }

    @Test
    void what_cannot_be_an_index_is_refused() {
        assertThat(dql.error("CREATE INDEX ix ON cars (a, b, a)"))
                .startsWith("query/evaluation Query failed: `the key a stands twice in the index` (line 1, column 32)");
        assertThat(dql.error("CREATE INDEX ix ON system:dual (a)"))
                .startsWith("query/unsupported system collections have no indexes (line 1, column 20)");
        assertThat(dql.error("DROP INDEX ix ON system:dual")).startsWith("query/unsupported");
        assertThat(dql.error("CREATE INDEX ix ON cars (lower(a))")).startsWith("query/invalid");
        assertThat(dql.error("DROP INDEX ix")).startsWith("query/invalid");
        assertThat(dql.store.indexes()).isSameAs(IndexCatalogue.EMPTY);
    }
}
