package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.settings.SyncScope;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sync scopes: what a device sends, and to whom. They say nothing about what it takes. */
class ScopeTest extends SessionScene {
    private static final String SECRET = "secret";

    private SimulatedPeer friend;

    /** A device that dials a server and a small peer, which both want its cars. */
    private void star() {
        server = lab.peer(true);
        friend = lab.peer(false);
        device = lab.peer(false);
        lab.start(server, List.of());
        lab.start(friend, List.of(), CARS);
        lab.start(device, List.of(server, friend), CARS);
        lab.run(100);
    }

    private static void scope(SimulatedPeer peer, String collection, SyncScope scope) {
        TreeMap<String, SyncScope> scopes = new TreeMap<>();
        scopes.put(collection, scope);
        Lab.process(peer).database().sync().restrictTo(new SyncScopes(scopes));
    }

    private static boolean has(SimulatedPeer peer, String id) {
        return !Lab.field(peer, "cars", id, "color").equals("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void a_scope_decides_who_is_sent_a_collection(SyncScope scope) {
        star();
        scope(device, "cars", scope);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", SECRET));
        lab.run(2_000);
        assertThat(has(server, "c")).isEqualTo(scope.admits(true));
        assertThat(has(friend, "c")).isEqualTo(scope.admits(false));
    }

    @ParameterizedTest
    @EnumSource
    void a_scope_does_not_restrict_what_is_taken(SyncScope scope) {
        star();
        scope(device, "cars", scope);
        lab.write(friend, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(500);
        assertThat(has(device, "c")).isTrue();
    }

    @Test
    void a_collection_reaches_the_server_through_a_peer_without_the_scope() {
        star();
        SimulatedPeer relay = lab.peer(false);
        lab.start(relay, List.of(device, server), CARS);
        scope(device, "cars", SyncScope.SMALL_PEERS_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(2_000);
        assertThat(has(server, "c"))
                .as("only if every peer has the scope does the collection stay away")
                .isTrue();
    }

    @Test
    void nothing_of_what_is_kept_away_leaves_the_device_and_it_is_acknowledged_all_the_same() {
        star();
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.sent.clear();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", SECRET));
        lab.write(device, t -> Lab.set(t, "cars", "c", "color", "none of your business"));
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        lab.run(3_000);
        assertThat(lab.labels()).doesNotContain("CHUNK").contains("CUT", "ACK");
        Value.Struct row = Lab.row(device, "data_sync_info", server.peerKey().toString());
        assertThat(row.get("documents").toString())
                .contains("synced_up_to_local_commit_id")
                .contains("3");
    }

    @Test
    void other_collections_go_on() {
        star();
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.write(device, t -> {
            Lab.insert(t, "cars", "c", "color", SECRET);
            Lab.insert(t, "bikes", "b", "color", "red");
        });
        lab.run(500);
        assertThat(has(server, "c")).isFalse();
        assertThat(Lab.field(server, "bikes", "b", "color")).isEqualTo("red");
    }

    @Test
    void a_scope_that_closes_keeps_away_what_comes_later_and_recalls_nothing() {
        star();
        lab.write(device, t -> Lab.insert(t, "cars", "before", "color", "red"));
        lab.run(500);
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "after", "color", "red"));
        lab.write(device, t -> Lab.set(t, "cars", "before", "color", "blue"));
        lab.run(2_000);
        assertThat(Lab.field(server, "cars", "before", "color")).isEqualTo("red");
        assertThat(has(server, "after")).isFalse();
    }

    @Test
    void a_scope_that_opens_lets_through_what_it_kept_away() {
        star();
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(3_000);
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.run(1_000);
        assertThat(has(server, "c")).isTrue();
        assertThat(has(friend, "c")).isTrue();
    }

    @Test
    void a_scope_that_opens_while_nobody_is_connected_is_noticed_at_the_next_contact() {
        star();
        lab.write(device, t -> Lab.insert(t, "cars", "known", "color", "red"));
        lab.run(500);
        scope(device, "cars", SyncScope.BIG_PEER_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(3_000);
        assertThat(has(friend, "c")).isFalse();
        friend.die(false);
        lab.run(20_000);
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.start(friend, List.of(), CARS);
        lab.run(20_000);
        assertThat(has(friend, "c")).isTrue();
    }

    /** The server's own change makes the device owe it the newer version, out of turn; only the scope keeps that away. */
    @Test
    void a_scope_that_opens_lets_through_what_was_owed_and_kept_away() {
        star();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(3_000);
        scope(device, "cars", SyncScope.SMALL_PEERS_ONLY);
        lab.write(device, t -> Lab.set(t, "cars", "c", "color", "green"));
        lab.run(300);
        lab.write(server, t -> Lab.set(t, "cars", "c", "size", 1));
        lab.run(100);
        assertThat(Lab.field(device, "cars", "c", "size")).isEqualTo("1");
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.run(2_000);
        assertThat(Lab.field(server, "cars", "c", "color")).isEqualTo("green");
    }

    /** Nobody tells of the filter of a collection that nobody wants just now. */
    @Test
    void a_scope_that_opens_while_a_query_is_cancelled_loses_nothing() {
        star();
        scope(device, "cars", SyncScope.BIG_PEER_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(2_000);
        lab.unsubscribe(friend, CARS);
        lab.run(500);
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.run(500);
        lab.subscribe(friend, CARS);
        lab.run(2_000);
        assertThat(has(friend, "c")).isTrue();
    }

    /** The token's tag is as open as the scope is again; only what was skipped between tells that something is missing. */
    @Test
    void a_scope_that_closes_and_opens_around_a_broken_link_loses_nothing() {
        star();
        lab.write(device, t -> Lab.insert(t, "cars", "known", "color", "red"));
        lab.run(500);
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(5);
        friend.die(false);
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.run(20_000);
        lab.start(friend, List.of(), CARS);
        lab.run(20_000);
        assertThat(has(friend, "c")).isTrue();
        assertThat(has(server, "c")).isTrue();
    }

    @Test
    void a_filter_is_told_once_and_not_with_every_cut() {
        star();
        scope(device, "cars", SyncScope.LOCAL_PEER_ONLY);
        lab.sent.clear();
        for (int i = 0; i < 5; i++) {
            int number = i;
            lab.write(device, t -> Lab.insert(t, "cars", "c" + number, "color", "red"));
            lab.run(1_500);
        }
        long tagged = lab.sent.stream()
                .filter(frame ->
                        frame.from().equals(device.address()) && frame.to().equals(server.address()))
                .flatMap(frame -> frame.messages().stream())
                .filter(message ->
                        message instanceof Message.Cut cut && !cut.tags().isEmpty())
                .count();
        assertThat(tagged).isEqualTo(1);
    }

    @Test
    void a_deletion_that_the_server_never_gets_is_not_forgotten() {
        star();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(500);
        scope(device, "cars", SyncScope.SMALL_PEERS_ONLY);
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        lab.run(20 * 24 * 3_600_000L);
        lab.write(device, t -> Lab.insert(t, "bikes", "b", "color", "red"));
        lab.run(2_000);
        scope(device, "cars", SyncScope.ALL_PEERS);
        lab.run(2_000);
        assertThat(has(server, "c")).isFalse();
    }
}
