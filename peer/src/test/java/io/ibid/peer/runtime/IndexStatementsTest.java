package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE INDEX and DROP INDEX on a real store. */
class IndexStatementsTest {

    private static final String ROW =
            "{\"_id\":\"cars.by_color\",\"collection\":\"cars\",\"fields\":[{\"direction\":\"asc\",\"key\":[\"color\"]},"
                    + "{\"direction\":\"desc\",\"key\":[\"built\",\"year\"]}]}";

    private static List<String> run(OpenDatabase database, String text) {
        try (Execution execution = database.execute(text, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream()
                    .map(ResultRow::value)
                    .map(Json::write)
                    .toList();
        }
    }

    @Test
    void an_index_is_created_built_listed_kept_and_dropped(@TempDir Path directory) {
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(directory, "test"))) {
            for (int i = 0; i < 3; i++) {
                run(
                        database,
                        "INSERT INTO cars DOCUMENTS ({'_id':" + i + ",'color':'blue','built':{'year':" + i + "}})");
            }
            assertThat(run(database, "CREATE INDEX by_color ON cars (color, built.year DESC)"))
                    .isEmpty();
            assertThat(run(database, "SELECT * FROM system:indexes")).containsExactly(ROW);
            assertThat(run(database, "CREATE INDEX IF NOT EXISTS by_color ON cars (other)"))
                    .isEmpty();
            assertThatThrownBy(() -> run(database, "CREATE INDEX by_color ON cars (color)"))
                    .hasMessageStartingWith(
                            "Query failed: `an index with the given name already exists on the given collection`");
        }
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(directory, "test"))) {
            assertThat(run(database, "SELECT * FROM system:dql_indexes")).containsExactly(ROW);
            run(database, "DROP INDEX by_color ON cars");
            assertThat(run(database, "SELECT * FROM system:indexes")).isEmpty();
            assertThatThrownBy(() -> run(database, "DROP INDEX by_color ON cars"))
                    .hasMessageStartingWith("Query failed: `there is no index by_color on cars`");
            run(database, "DROP INDEX IF EXISTS by_color ON cars");
        }
        assertThat(Inspection.run(DatabaseOptions.peer(directory, "test"))).isEmpty();
    }
}
