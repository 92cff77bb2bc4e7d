package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Joins in a database with indexes and observers. */
@Timeout(60)
class DittoJoinTest {
    private static final String JOIN =
            "SELECT c.name, o.total FROM customers c LEFT JOIN orders o ON o.customer = c._id ORDER BY c._id, o.total";

    @TempDir
    private Path directory;

    private Ditto ditto;

    @BeforeEach
    void open() {
        ditto = DittoFactory.create(new DittoConfig.Builder("shop")
                .persistenceDirectory(directory.resolve("a").toFile())
                .build());
        run("INSERT INTO customers DOCUMENTS ({'_id':'c1','name':'Ada'}), ({'_id':'c2','name':'Bob'})");
        run(
                "INSERT INTO orders DOCUMENTS ({'_id':'o1','customer':'c1','total':5}), ({'_id':'o2','customer':'c1','total':7})");
    }

    @AfterEach
    void close() {
        ditto.close();
    }

    private void run(String statement) {
        ditto.store.execute(statement).close();
    }

    private static List<String> rows(DittoQueryResult result) throws DittoException {
        return result.getItems().stream()
                .map(DittoQueryResultItem::jsonString)
                .map(json -> json.replace("\"", ""))
                .toList();
    }

    private List<String> query(String statement) throws DittoException {
        try (DittoQueryResult result = ditto.store.execute(statement)) {
            return rows(result);
        }
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void a_join_reads_by_an_index_and_is_refused_without() throws Exception {
        assertThatThrownBy(() -> query(JOIN)).hasMessageContaining("Joining to \"o\" disallowed");
        assertThatThrownBy(() -> ditto.store.registerObserver(JOIN, result -> {}))
                .hasMessageContaining("Joining to \"o\" disallowed");
        assertThat(ditto.getStore().getObservers()).isEmpty();
        run("ADVISE AND PROVISION " + JOIN);
        assertThat(query("SELECT _id FROM system:indexes")).containsExactly("{_id:orders.adv_orders_customer}");
        assertThat(query(JOIN)).containsExactly("{name:Ada,total:5}", "{name:Ada,total:7}", "{name:Bob}");
        assertThat(query("SELECT * FROM orders o JOIN customers c ON c._id = o.customer WHERE o.total > 5"))
                .containsExactly("{c:{_id:c1,name:Ada},o:{_id:o2,customer:c1,total:7}}");
    }

    @Test
    void an_observer_of_a_join_is_told_of_changes_in_each_of_its_collections_and_of_no_other() throws Exception {
        run("CREATE INDEX by_customer ON orders (customer)");
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        BlockingQueue<DittoDiff> diffs = new LinkedBlockingQueue<>();
        DittoChangeListenerWithDiff listener = (result, diff) -> {
            diffs.add(diff);
            seen.add(rows(result));
        };
        try (DittoStoreObserver observer = ditto.getStore().registerObserver(JOIN, listener)) {
            assertThat(take(seen))
                    .containsExactly(
                            "{_id:{c:c1,o:o1},name:Ada,total:5}",
                            "{_id:{c:c1,o:o2},name:Ada,total:7}",
                            "{_id:{c:c2},name:Bob}");
            assertThat(take(diffs).getInsertions()).containsExactly(0, 1, 2);
            run("INSERT INTO elsewhere DOCUMENTS ({'_id':'x'})");
            assertThat(seen.poll(300, TimeUnit.MILLISECONDS)).isNull();
            run("UPDATE customers SET name = 'Eve' WHERE _id = 'c1'");
            assertThat(take(seen)).contains("{_id:{c:c1,o:o1},name:Eve,total:5}");
            DittoDiff renamed = take(diffs);
            assertThat(renamed.getUpdates()).containsExactly(0, 1);
            assertThat(renamed.getInsertions()).isEmpty();
            assertThat(renamed.getDeletions()).isEmpty();
            run("UPDATE orders SET customer = 'c2' WHERE _id = 'o1'");
            assertThat(take(seen))
                    .containsExactly("{_id:{c:c1,o:o2},name:Eve,total:7}", "{_id:{c:c2,o:o1},name:Bob,total:5}");
            DittoDiff moved = take(diffs);
            assertThat(moved.getDeletions()).containsExactly(0, 2);
            assertThat(moved.getInsertions()).containsExactly(1);
            assertThat(observer.isClosed()).isFalse();
        }
    }

    @Test
    void an_observer_of_joined_groups_is_told_of_changes_in_each_of_its_collections_and_of_no_other() throws Exception {
        run("CREATE INDEX by_customer ON orders (customer)");
        BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
        try (DittoStoreObserver observer = ditto.getStore()
                .registerObserver(
                        "SELECT c.name, SUM(o.total) AS s FROM customers c JOIN orders o ON o.customer = c._id GROUP BY c.name",
                        result -> seen.add(rows(result)))) {
            assertThat(take(seen)).containsExactly("{name:Ada,s:12}");
            run("INSERT INTO elsewhere DOCUMENTS ({'_id':'x'})");
            assertThat(seen.poll(300, TimeUnit.MILLISECONDS)).isNull();
            run("UPDATE orders SET total = 8 WHERE _id = 'o2'");
            assertThat(take(seen)).containsExactly("{name:Ada,s:13}");
            assertThat(observer.isClosed()).isFalse();
        }
    }

    @Test
    void a_subscription_to_a_join_is_refused() {
        assertThatThrownBy(() -> ditto.sync.registerSubscription(
                        "SELECT * FROM customers c JOIN orders o ON o.customer = c._id"))
                .hasMessageContaining("Unsupported feature: Joining");
    }
}
