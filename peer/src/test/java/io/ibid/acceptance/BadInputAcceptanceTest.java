package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoChangeListener;
import io.ibid.DittoClosedException;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import io.ibid.DittoQueryResultHandler;
import io.ibid.serialization.DittoCborSerializable;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BadInputAcceptanceTest {
    @TempDir
    Path directory;

    private Peers peers;
    private Ditto ditto;

    @BeforeEach
    void open() {
        peers = new Peers(directory);
        ditto = peers.open("a");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    @Test
    void null_is_refused_at_the_call_by_name() {
        Map<String, ThrowingCallable> calls = Map.of(
                "query", () -> ditto.getStore().execute((String) null),
                "handler", () -> ditto.getStore().execute("SHOW ALL", (DittoQueryResultHandler<Integer>) null),
                "listener", () -> ditto.getStore().registerObserver("SELECT * FROM a", (DittoChangeListener) null),
                "function", () -> ditto.getStore().transaction(null),
                "transportConfig", () -> ditto.setTransportConfig(null),
                "deviceName", () -> ditto.setDeviceName(null),
                "metadata", () -> ditto.getPresence().setPeerMetadata((Map<String, ?>) null),
                "config", () -> DittoFactory.create(null),
                "databaseId", () -> new DittoConfig.Builder(null),
                "key", () -> DittoCborSerializable.buildDictionary().put(null, 1));
        calls.forEach((name, call) -> assertThatThrownBy(call)
                .as(name)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(name));
    }

    @Test
    void arguments_that_are_no_values_fail_with_their_code() {
        List<Map<String, ?>> bad = List.of(
                Map.of("a", new Object()),
                Map.of("a", BigInteger.TWO.pow(63)),
                Map.of("a", DittoCborSerializable.of(BigInteger.TWO.pow(70))),
                Map.of("a", Map.of(1, 2)));
        for (Map<String, ?> arguments : bad) {
            assertThatThrownBy(() -> Peers.await(ditto.getStore().execute("SELECT * FROM a WHERE x = :a", arguments)))
                    .as(arguments.toString())
                    .cause()
                    .isInstanceOfSatisfying(
                            DittoException.StoreException.class,
                            e -> assertThat(e.getCode()).isEqualTo("query/arguments-invalid"));
        }
        assertThatThrownBy(() -> Peers.await(ditto.getStore().execute("SELECT * FROM a", (Object) List.of(1))))
                .cause()
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/arguments-invalid"));
    }

    record Order(String id, int n) {}

    @Test
    void a_record_can_be_the_arguments() throws Exception {
        Peers.await(
                ditto.getStore().execute("INSERT INTO orders DOCUMENTS ({'_id': :id, 'n': :n})", new Order("1", 7)));
        try (DittoQueryResult result = Peers.await(
                ditto.getStore().executeRaw("SELECT _id AS id, n FROM orders WHERE n = :n", new Order("", 7)))) {
            assertThat(result.getItems().getFirst().as(Order.class)).isEqualTo(new Order("1", 7));
        }
    }

    @Test
    void a_closed_result_keeps_ids_and_loses_items() {
        DittoQueryResult result = ditto.store.execute("SELECT * FROM a");
        result.close();
        result.close();
        assertThatThrownBy(result::getItems).isInstanceOf(DittoClosedException.class);
        assertThat(result.mutatedDocumentIds()).isEmpty();
    }

    @Test
    void documents_beyond_the_limit_are_refused_with_it() {
        assertThatThrownBy(() -> Peers.insert(ditto, "a", Map.of("_id", "1", "text", "x".repeat(6 << 20))))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("5242880");
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DittoFactory.create(new DittoConfig.Builder("shop")
                        .persistenceDirectory(file.resolve("below"))
                        .build()))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void what_a_handler_throws_is_the_failure_of_its_stage() {
        IllegalStateException own = new IllegalStateException("the handler's own");
        assertThatThrownBy(() -> Peers.await(ditto.getStore().execute("SELECT * FROM a", result -> {
                    throw own;
                })))
                .cause()
                .isSameAs(own);
    }
}
