package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.serialization.DittoCborSerializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DittoTest {
    @TempDir
    Path directory;

    private Ditto ditto;

    @BeforeEach
    void open() {
        ditto = DittoFactory.create(config().build());
    }

    @AfterEach
    void close() {
        ditto.close();
    }

    private DittoConfig.Builder config() {
        return new DittoConfig.Builder("cars")
                .persistenceDirectory(directory.resolve("a").toFile());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void what_is_inserted_is_read_back_in_blocking_calls() {
        try (DittoQueryResult inserted = ditto.store.execute(
                "INSERT INTO cars DOCUMENTS (:car)",
                Map.of("car", Map.of("_id", "1", "make", "Toyota", "year", 2009)))) {
            assertThat(inserted.getCommitId()).isPositive();
            assertThat(inserted.mutatedDocumentIds()).containsExactly("1");
            assertThat(inserted.getItems()).isEmpty();
        }
        try (DittoQueryResult result =
                ditto.store.execute("SELECT * FROM cars WHERE make = :make", Map.of("make", "Toyota"))) {
            assertThat(result.getCommitId()).isNull();
            assertThat(result.getItems()).hasSize(1);
            DittoQueryResultItem item = result.getItems().getFirst();
            Map<String, Object> car = item.getValue();
            assertThat(car).isEqualTo(Map.of("_id", "1", "make", "Toyota", "year", 2009L));
            assertThat(item.getJsonString()).isEqualTo("{\"_id\":\"1\",\"make\":\"Toyota\",\"year\":2009}");
            assertThat(item.getCborData()).isEqualTo(item.getValue().toCbor());
        }
    }

    @Test
    void stages_complete_with_what_their_handlers_make_of_a_result() throws Exception {
        DittoStore store = ditto.getStore();
        await(store.execute(
                "INSERT INTO cars DOCUMENTS (:car)",
                DittoCborSerializable.buildDictionary()
                        .put("car", Map.of("_id", 1, "make", "Honda"))
                        .build()));
        String make = await(store.execute(
                "SELECT * FROM cars",
                result -> result.getItems().getFirst().getValue().get("make").asString()));
        assertThat(make).isEqualTo("Honda");
        try (DittoQueryResult raw = await(store.executeRaw("SELECT COUNT(*) AS n FROM cars"))) {
            assertThat(raw.getItems().getFirst().getValue().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void stages_run_in_the_order_of_their_calls_and_may_be_waited_for_inside_another_one() throws Exception {
        DittoStore store = ditto.getStore();
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stages.add(store.execute(
                    "INSERT INTO numbers DOCUMENTS (:n) ON ID CONFLICT DO UPDATE",
                    Map.of("n", Map.of("_id", "n", "i", i))));
        }
        int last = await(stages.getLast().thenApply(done -> {
            try {
                return await(store.execute(
                        "SELECT * FROM numbers",
                        result ->
                                result.getItems().getFirst().getValue().get("i").asInt()));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }));
        assertThat(last).isEqualTo(49);
    }

    @Test
    void failures_are_ditto_exceptions_with_codes() {
        assertThatThrownBy(() -> ditto.store.execute("SELEKT * FROM cars"))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/invalid"))
                .hasMessageContaining("line 1, column 1");
        assertThatThrownBy(() -> await(ditto.getStore().execute("SELECT * FROM cars WHERE a = :absent")))
                .cause()
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/parameter"));
        assertThatThrownBy(() -> ditto.store.execute("SELECT * FROM cars", Map.of("a", new Object())))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/arguments-invalid"));
        assertThatThrownBy(() -> ditto.getStore().registerObserver("DELETE FROM cars", result -> {}))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/unsupported"));
    }

    @Test
    void an_observer_hears_the_current_result_and_each_newer_one() throws Exception {
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        DittoStoreObserver observer = ditto.getStore()
                .registerObserver(
                        "SELECT * FROM cars",
                        result -> sizes.add(result.getItems().size()));
        assertThat(sizes.poll(5, TimeUnit.SECONDS)).isZero();
        ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id':'1'})").close();
        assertThat(sizes.poll(5, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(ditto.getStore().getObservers()).hasSize(1);
        assertThat(ditto.store.observers).hasSize(1);
        observer.close();
        observer.close();
        assertThat(observer.isClosed()).isTrue();
        assertThat(ditto.store.observers).isEmpty();
        ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id':'2'})").close();
        assertThat(sizes.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void a_listener_that_throws_is_called_again() throws Exception {
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        try (DittoObserver observer = ditto.store.registerObserver("SELECT * FROM cars", result -> {
            sizes.add(result.getItems().size());
            throw new java.io.IOException("from the listener");
        })) {
            assertThat(sizes.poll(5, TimeUnit.SECONDS)).isZero();
            ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id':'1'})").close();
            assertThat(sizes.poll(5, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(observer.isCancelled()).isFalse();
        }
    }

    @Test
    void a_closed_result_keeps_ids_and_values_but_no_items() {
        DittoQueryResult inserted = ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id':{'a':1}})");
        DittoQueryResult result = ditto.store.execute("SELECT * FROM cars");
        DittoQueryResultItem item = result.getItems().getFirst();
        DittoCborSerializable.Dictionary value = item.getValue();
        result.close();
        result.close();
        inserted.close();
        assertThatThrownBy(result::getItems).isInstanceOf(DittoClosedException.class);
        assertThatThrownBy(item::getJsonString).isInstanceOf(DittoClosedException.class);
        assertThat(value.get("_id")).isEqualTo(DittoCborSerializable.of(Map.of("a", 1)));
        assertThat(inserted.getMutatedDocumentIds()).isEqualTo(List.of(Map.of("a", 1L)));
        assertThat(inserted.getCommitID()).isPositive();
    }

    @Test
    void a_directory_is_open_once_and_keeps_its_documents() {
        ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id':'1'})").close();
        assertThatThrownBy(() -> DittoFactory.create(config().build()))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("store/persistence-directory-locked"));
        ditto.close();
        ditto.close();
        assertThat(ditto.isClosed()).isTrue();
        try (Ditto again = DittoFactory.create(config().build())) {
            assertThat(again.store.execute("SELECT * FROM cars").getItems()).hasSize(1);
            assertThat(again.getAbsolutePersistenceDirectory())
                    .isEqualTo(directory.resolve("a").toString());
        }
    }

    @Test
    void a_closed_instance_says_so() {
        ditto.close();
        assertThatThrownBy(() -> ditto.store.execute("SELECT * FROM cars"))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("store/closed"));
        assertThatThrownBy(() -> await(ditto.getStore().execute("SELECT * FROM cars")))
                .cause()
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("store/closed"));
    }

    @Test
    void an_instance_that_connects_to_a_server_works_locally_and_says_what_start_lacks() throws Exception {
        DittoConfig.Connect server = new DittoConfig.Connect.Server("https://127.0.0.1:1");
        try (Ditto other = DittoFactory.create(config().connect(server)
                .persistenceDirectory(directory.resolve("b"))
                .build())) {
            other.store.execute("INSERT INTO cars DOCUMENTS ({'_id': 1})").close();
            assertThatThrownBy(() -> other.getSync().start())
                    .isInstanceOfSatisfying(
                            DittoException.AuthenticationException.class,
                            e -> assertThat(e.getReason())
                                    .isEqualTo(
                                            new DittoException.AuthenticationExceptionReason
                                                    .ExpirationHandlerMissing()))
                    .hasMessage("The expiration handler must be set before starting sync.");
            DittoAuthenticator auth = other.getAuth();
            assertThat(auth).isNotNull().isSameAs(other.auth);
            auth.setExpirationHandler((it, left) -> it.getAuth()
                    .login("token", DittoAuthenticationProvider.development())
                    .thenRun(() -> {}));
            assertThat(await(auth.login("token", "x")).exception())
                    .isInstanceOf(DittoException.AuthenticationException.class)
                    .hasMessageContaining("cannot be asked");
            assertThat(auth.getStatus().isAuthenticated()).isFalse();
        }
        assertThat(ditto.getAuth()).isNull();
    }

    @Test
    void a_private_key_that_cannot_be_read_is_refused_without_telling_it() {
        assertThatThrownBy(() -> DittoFactory.create(config().connect(new DittoConfig.Connect.SmallPeersOnly("secret"))
                        .persistenceDirectory(directory.resolve("c"))
                        .build()))
                .isInstanceOf(DittoException.ValidationException.class)
                .hasMessageContaining("P-256")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_bad_database_id_is_refused() {
        assertThatThrownBy(() -> DittoFactory.create(config().databaseId("a/b").build()))
                .isInstanceOf(DittoException.ValidationException.class)
                .hasMessageContaining("a/b");
    }

    @Test
    void a_configuration_has_value_semantics_and_hides_its_key() {
        DittoConfig one = config().connect(new DittoConfig.Connect.SmallPeersOnly("secret"))
                .build();
        assertThat(one)
                .isEqualTo(config().connect(new DittoConfig.Connect.SmallPeersOnly("secret"))
                        .build())
                .isNotEqualTo(one.withConnect(new DittoConfig.Connect.Server("http://a")));
        assertThat(one.toString()).doesNotContain("secret");
    }

    @Test
    void the_version_is_that_of_the_build() throws Exception {
        Path pom = Path.of("..", "pom.xml");
        assertThat(Files.readString(pom)).contains("<version>" + Ditto.VERSION + "</version>");
    }
}
