package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements over HTTP against a real database. */
final class OverHttpTest {
    @TempDir
    Path directory;

    private RealServer server;

    @BeforeEach
    void open() {
        server = new RealServer(directory.resolve("demo"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void what_is_inserted_is_read_back_and_transactions_count_up() throws Exception {
        HttpResponse<String> inserted = server.execute(
                "v5",
                "INSERT INTO cars DOCUMENTS (:car)",
                "{\"car\":{\"_id\":\"c1\",\"n\":9007199254740993,\"f\":1.0,\"engine\":{\"kw\":90}}}");
        assertThat(inserted.statusCode()).isEqualTo(200);
        Value.Struct envelope = TestServer.envelope(inserted);
        assertThat(envelope.get("queryType")).isEqualTo(Value.of("mutation"));
        assertThat(envelope.get("commitId")).isEqualTo(envelope.get("transactionId"));
        assertThat(inserted.body()).contains("\"mutatedDocumentIds\":[\"c1\"]");

        HttpResponse<String> read = server.execute("SELECT * FROM cars WHERE engine.kw > 80");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body())
                .contains("\"items\":[{\"_id\":\"c1\",\"engine\":{\"kw\":90},\"f\":1.0,\"n\":9007199254740993}]");
        assertThat(TestServer.envelope(read).get("transactionId")).isEqualTo(envelope.get("transactionId"));
    }

    @Test
    void collections_are_joined_as_in_the_sdk() throws Exception {
        server.execute("INSERT INTO customers DOCUMENTS ({'_id':'c1','name':'Ada'}), ({'_id':'c2','name':'Bob'})");
        server.execute("INSERT INTO orders DOCUMENTS ({'_id':'o1','of':'c1','at':{'city':'Rome'}})");
        String join = "SELECT * FROM customers c LEFT JOIN orders o ON o.of = c._id ORDER BY c._id";
        HttpResponse<String> refused = server.execute(join);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Joining to \\\"o\\\" disallowed", "\"code\":\"query/evaluation\"");
        assertThat(server.execute("CREATE INDEX by_of ON orders (of)").statusCode())
                .isEqualTo(200);
        assertThat(server.execute(join).body())
                .contains(
                        "\"items\":[{\"c\":{\"_id\":\"c1\",\"name\":\"Ada\"},\"o\":{\"_id\":\"o1\",\"at\":{\"city\":\"Rome\"},\"of\":\"c1\"}},"
                                + "{\"c\":{\"_id\":\"c2\",\"name\":\"Bob\"}}]");
        assertThat(server.execute("v4", join, "{}").body()).contains("\"o\":{\"_id\":\"o1\",\"of\":\"c1\"}");
        assertThat(server.execute("v4", join.replace("orders o", "COLLECTION orders (at MAP) o"), "{}")
                        .body())
                .contains("\"at\":{\"city\":\"Rome\"}");
    }

    @Test
    void an_array_of_documents_is_one_transaction() throws Exception {
        assertThat(server.execute(
                                "v5",
                                "INSERT INTO cars DOCUMENTS (:cars)",
                                "{\"cars\":[{\"_id\":1},{\"_id\":{\"a\":2}}]}")
                        .body())
                .contains("\"mutatedDocumentIds\":[1,{\"a\":2}]");
        HttpResponse<String> conflict =
                server.execute("v5", "INSERT INTO cars DOCUMENTS (:cars)", "{\"cars\":[{\"_id\":3},{\"_id\":1}]}");
        assertThat(conflict.statusCode()).isEqualTo(400);
        assertThat(TestServer.envelope(conflict).get("queryType")).isEqualTo(Value.of("mutation"));
        assertThat(server.execute("SELECT COUNT(*) AS n FROM cars").body()).contains("\"items\":[{\"n\":2}]");
    }

    @Test
    void a_broken_statement_is_400_with_its_position_and_a_caret() throws Exception {
        HttpResponse<String> response = server.execute("SELECT * FORM cars");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(response, "code")).isEqualTo("query/invalid");
        assertThat(TestServer.error(response, "description"))
                .contains("(line 1, column 10)")
                .contains("SELECT * FORM cars\n         ^");
        assertThat(TestServer.envelope(response).get("queryType")).isEqualTo(Value.of("unknown"));
    }

    @Test
    void a_missing_parameter_and_a_clause_that_is_not_built_are_400() throws Exception {
        HttpResponse<String> parameter = server.execute("SELECT * FROM cars WHERE a = :absent");
        assertThat(parameter.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(parameter, "code")).isEqualTo("query/parameter");
        assertThat(TestServer.envelope(parameter).get("queryType")).isEqualTo(Value.of("select"));
        HttpResponse<String> clause = server.execute("SELECT * FROM cars EXCEPT SELECT * FROM cars");
        assertThat(clause.statusCode()).isEqualTo(400);
    }

    @Test
    void version_4_takes_objects_whole_and_version_5_merges_them() throws Exception {
        for (String version : new String[] {"v4", "v5"}) {
            String insert = "INSERT INTO " + version + " DOCUMENTS (:d) ON ID CONFLICT DO UPDATE";
            server.execute(version, insert, "{\"d\":{\"_id\":\"x\",\"o\":{\"a\":1}}}");
            assertThat(server.execute(version, insert, "{\"d\":{\"_id\":\"x\",\"o\":{\"b\":2}}}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.execute("v4", "SELECT o FROM v4", "{}").body()).contains("[{\"o\":{\"b\":2}}]");
        assertThat(server.execute("v5", "SELECT o FROM v5", "{}").body()).contains("[{\"o\":{\"a\":1,\"b\":2}}]");
    }

    @Test
    void a_document_that_is_too_large_is_refused_and_the_rest_lives_on() throws Exception {
        String large = "{\"d\":{\"_id\":\"x\",\"t\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}}";
        HttpResponse<String> response = server.execute("v5", "INSERT INTO cars DOCUMENTS (:d)", large);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(response, "description")).contains("exceeds limit of 5242880 bytes");
        assertThat(server.execute("SELECT COUNT(*) AS n FROM cars").body()).contains("{\"n\":0}");
    }

    @Test
    void a_database_that_is_closed_is_503() throws Exception {
        server.database.close();
        HttpResponse<String> response = server.execute("SELECT * FROM cars");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(TestServer.error(response, "code")).isEqualTo("store/closed");
    }
}
