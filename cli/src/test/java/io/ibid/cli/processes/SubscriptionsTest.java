package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running peer asks for is changed from outside, and only what it asks for comes. */
@Timeout(120)
class SubscriptionsTest {
    private static final int ORDERS = 400;
    private static final int ORDER_BYTES = 300;
    private static final String CURRENT = "SELECT * FROM orders WHERE day = 2";

    @TempDir
    private Path folder;

    @Test
    void a_running_peer_is_told_what_to_subscribe_to_and_does_not_download_again_what_it_has() throws Exception {
        try (Team team = new Team(folder)) {
            Child server = team.server("server");
            order(server, ORDERS);
            Child peer = team.peer("peer", "--connect", server.peerAddress());

            assertThat(team.command(peer, "subscriptions", "add", "SELECT * FROM orders"))
                    .isEqualTo("subscribed\n");
            assertThat(team.command(peer, "subscriptions", "add", "select * from `orders`"))
                    .isEqualTo("was subscribed to already\n");
            team.awaitCount(peer, "SELECT _id FROM orders", ORDERS);
            team.await(
                    peer,
                    "SELECT * FROM system:sync_subscriptions",
                    rows -> rows.size() == 1 && rows.getFirst().get("state").equals(Value.of("complete")));
            assertThat(team.command(peer, "subscriptions", "list", "--format", "json"))
                    .contains("\"query\":\"SELECT * FROM `orders`\"", "\"state\":\"complete\"");

            assertThat(team.command(peer, "subscriptions", "remove", "SELECT * FROM orders"))
                    .isEqualTo("subscribed no more\n");
            team.awaitCount(peer, "SELECT * FROM system:sync_subscriptions", 0);
            server.http().require("UPDATE orders SET late = true WHERE n = 7");
            server.http().require("INSERT INTO other DOCUMENTS ({'_id': 'a'})");
            team.command(peer, "subscriptions", "add", "SELECT * FROM other");
            team.awaitCount(peer, "SELECT _id FROM other", 1);
            assertThat(peer.http().require("SELECT _id FROM orders WHERE late").items())
                    .as("nobody asked for it")
                    .isEmpty();

            assertThat(peer.terminate(Duration.ofSeconds(20))).isZero();
            peer = team.peer("peer", "--connect", server.peerAddress());
            team.awaitCount(peer, "SELECT _id FROM orders", ORDERS);
            team.command(peer, "subscriptions", "add", "SELECT * FROM orders");
            team.awaitCount(peer, "SELECT _id FROM orders WHERE late", 1);
            assertThat(received(peer))
                    .as("bytes received since the restart, of %s bytes of orders", ORDERS * ORDER_BYTES)
                    .isLessThan(ORDERS * ORDER_BYTES / 10);
        }
    }

    @Test
    void what_is_evicted_comes_back_under_a_subscription_and_stays_away_without_one() throws Exception {
        try (Team team = new Team(folder)) {
            Child server = team.server("server");
            order(server, 40);
            Child peer = team.peer("peer", "--connect", server.peerAddress(), "--subscribe", "SELECT * FROM orders");
            team.awaitCount(peer, "SELECT _id FROM orders", 40);

            peer.http().require("EVICT FROM orders WHERE day = 1");
            team.awaitCount(peer, "SELECT _id FROM orders", 40);

            // A day has passed: stop asking for everything, drop what is old, ask for what is current.
            peer.http().require("DELETE FROM system:sync_subscriptions WHERE query = 'SELECT * FROM `orders`'");
            peer.http().require("EVICT FROM orders WHERE day = 1");
            peer.http().require("INSERT INTO system:sync_subscriptions DOCUMENTS ({'query': '" + CURRENT + "'})");
            server.http()
                    .require("INSERT INTO orders DOCUMENTS ({'_id': 'new', 'day': 2}), ({'_id': 'old', 'day': 1})");
            team.awaitCount(peer, "SELECT _id FROM orders WHERE _id = 'new'", 1);
            assertThat(peer.http()
                            .require("SELECT _id FROM orders WHERE day = 1")
                            .items())
                    .isEmpty();

            // Filled orders leave a subscription on their state, and the device drops them.
            server.http().require("UPDATE orders SET day = 1 WHERE _id = 'new'");
            team.awaitCount(peer, "SELECT _id FROM orders WHERE _id = 'new' AND day = 1", 1);
            peer.http().require("EVICT FROM orders WHERE day = 1");
            server.http().require("INSERT INTO orders DOCUMENTS ({'_id': 'newer', 'day': 2})");
            team.awaitCount(peer, "SELECT _id FROM orders WHERE _id = 'newer'", 1);
            assertThat(peer.http()
                            .require("SELECT _id FROM orders WHERE day = 1")
                            .items())
                    .isEmpty();
            assertThat(server.http().require("SELECT _id FROM orders").items())
                    .as("EVICT is local")
                    .hasSize(43);
        }
    }

    @Test
    void a_subscription_that_cannot_be_is_refused_with_its_reason() throws Exception {
        try (Team team = new Team(folder)) {
            Child peer = team.peer("peer");
            assertThat(refusal(peer, "{'query': 'SELECT a FROM orders'}")).contains("projection");
            assertThat(refusal(peer, "{'query': 'SELECT * FROM system:indexes'}"))
                    .contains("not synced");
            assertThat(refusal(peer, "{'text': 'SELECT * FROM orders'}")).contains("no text");
            assertThat(refusal(peer, "{'args': {}}")).contains("needs its query");
            assertThat(peer.http()
                            .execute("UPDATE system:sync_subscriptions SET query = 'x'", Value.Struct.EMPTY)
                            .error())
                    .contains("read-only");
            peer.http().require("INSERT INTO system:sync_subscriptions DOCUMENTS ({'query': '" + CURRENT + "'})");
            assertThat(refusal(peer, "{'query': '" + CURRENT + "'}")).contains("conflict");
            team.awaitCount(peer, "SELECT * FROM system:sync_subscriptions WHERE state = 'waiting'", 1);
        }
    }

    private static String refusal(Child peer, String row) throws IOException {
        Endpoint.Reply reply = peer.http()
                .execute("INSERT INTO system:sync_subscriptions DOCUMENTS (" + row + ")", Value.Struct.EMPTY);
        assertThat(reply.status()).as(row).isEqualTo(400);
        return reply.error();
    }

    private static void order(Child server, int count) throws IOException {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < count; i++) {
            documents
                    .append(i == 0 ? "" : ", ")
                    .append("({'_id': 'o")
                    .append(i)
                    .append("', 'n': ")
                    .append(i)
                    .append(", 'day': ")
                    .append(1 + i % 2)
                    .append(", 'text': '")
                    .append(Integer.toString(i % 10).repeat(ORDER_BYTES))
                    .append("'})");
        }
        server.http().require("INSERT INTO orders DOCUMENTS " + documents);
    }

    private static long received(Child peer) throws IOException {
        List<Value.Struct> rows =
                peer.http().require("SELECT * FROM system:sync_peers").items();
        return Team.number(rows.getFirst(), "received");
    }
}
