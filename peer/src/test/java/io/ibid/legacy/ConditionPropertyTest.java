package io.ibid.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.Ditto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Generated conditions over generated documents select what they mean, with and without an index. */
class ConditionPropertyTest {
    private static final int WORLDS = Boolean.getBoolean("ibid.long") ? 200 : 4;
    private static final int DOCUMENTS = 60;
    private static final int CONDITIONS = 150;

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void a_generated_condition_selects_the_documents_for_which_it_holds() {
        int selected = 0;
        try (Ditto ditto = Opened.open(directory)) {
            for (int world = 0; world < WORLDS; world++) {
                DittoCollection collection = ditto.store.collection("world" + world);
                Map<Long, Map<String, @Nullable Object>> documents = new LinkedHashMap<>();
                GeneratedConditions generated = new GeneratedConditions(world);
                for (int id = 0; id < DOCUMENTS; id++) {
                    Map<String, @Nullable Object> document = generated.document(id);
                    documents.put((long) id, document);
                    collection.upsert(document);
                }
                if (world % 2 == 1) {
                    ditto.store
                            .execute("CREATE INDEX a ON world" + world + " (a)")
                            .close();
                    ditto.store
                            .execute("CREATE INDEX cd ON world" + world + " (c.d, b)")
                            .close();
                }
                for (int i = 0; i < CONDITIONS; i++) {
                    selected += compare(collection, documents, new GeneratedConditions(world * 1000L + i));
                }
            }
        }
        assertThat(selected).isGreaterThan(WORLDS * CONDITIONS);
    }

    private static int compare(
            DittoCollection collection,
            Map<Long, Map<String, @Nullable Object>> documents,
            GeneratedConditions generated) {
        NaiveCondition condition = generated.condition(3);
        List<Object> expected = new ArrayList<>();
        documents.forEach((id, document) -> {
            if (Boolean.TRUE.equals(condition.holds(document))) {
                expected.add(id);
            }
        });
        String about = condition.text() + " with " + generated.arguments();
        assertThat(ids(collection.find(condition.text(), generated.arguments())))
                .as(about)
                .isEqualTo(expected);
        assertThat(ids(collection
                        .find(condition.text(), generated.arguments())
                        .sort("_id", DittoSortDirection.Descending)
                        .offset(1)
                        .limit(3)))
                .as(about)
                .isEqualTo(expected.reversed().stream().skip(1).limit(3).toList());
        return expected.size();
    }

    private static List<Object> ids(DittoPendingCursorOperation operation) {
        return operation.exec().stream()
                .map(document -> document.getId().getValue())
                .toList();
    }
}
