package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.database.Database;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tombstones that nobody needs any more, over days of virtual time. */
class ForgettingTest extends SessionScene {
    private static final long DAY_MS = 24 * 3_600_000L;

    /** Whether the peer knows anything of the document, were it only that it was deleted. */
    private static boolean knows(SimulatedPeer peer, String id) {
        return knows(peer, "cars", id);
    }

    private static boolean knows(SimulatedPeer peer, String collection, String id) {
        try (Published state = Lab.process(peer).database().published()) {
            return state.record(new DocumentKey(collection, DocumentId.of(Value.of(id)))) != null;
        }
    }

    /** What makes no commit is published with the next one. */
    private void passDays(int days, SimulatedPeer writer) {
        lab.run(days * DAY_MS);
        lab.write(writer, t -> Lab.insert(t, "cars", "today", "day", days));
        lab.run(2_000);
    }

    @Test
    void a_small_peer_forgets_a_deletion_after_a_week_and_its_server_after_a_month() {
        connect();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        passDays(6, device);
        assertThat(knows(device, "c")).isTrue();
        passDays(3, device);
        assertThat(knows(device, "c")).isFalse();
        assertThat(knows(server, "c")).isTrue();
        passDays(24, device);
        assertThat(knows(server, "c")).isFalse();
    }

    @Test
    void a_deletion_that_the_server_has_not_heard_of_is_kept_until_it_has() {
        connect();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(1_000);
        server.die(false);
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        passDays(20, device);
        assertThat(knows(device, "c")).isTrue();
        lab.start(server, List.of());
        passDays(2, device);
        assertThat(Lab.field(server, "cars", "c", "color")).isEqualTo("nothing");
        assertThat(knows(server, "c")).isTrue();
        assertThat(knows(device, "c")).isFalse();
    }

    @Test
    void a_token_older_than_a_forgotten_deletion_is_good_for_nothing() {
        SimulatedPeer a = lab.peer(false);
        SimulatedPeer b = lab.peer(false);
        lab.start(a, List.of(), CARS);
        lab.start(b, List.of(a), CARS);
        lab.run(100);
        lab.write(a, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(1_000);
        b.die(false);
        lab.write(a, t -> Lab.delete(t, "cars", "c"));
        passDays(9, a);
        assertThat(knows(a, "c")).isFalse();
        lab.sent.clear();
        lab.start(b, List.of(a), CARS);
        lab.run(5_000);
        assertThat(lab.labels()).contains("RESET");
        assertThat(Lab.field(b, "cars", "today", "day")).isEqualTo("9");
    }

    /** Its partner has forgotten the deletion and takes the old document for a new one; but the server has not. */
    @Test
    void who_was_away_too_long_hears_of_a_deletion_by_way_of_the_server() {
        server = lab.peer(true);
        device = lab.peer(false);
        SimulatedPeer friend = lab.peer(false);
        lab.start(server, List.of());
        lab.start(device, List.of(server), CARS);
        lab.start(friend, List.of(device), CARS);
        lab.run(100);
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(1_000);
        assertThat(knows(friend, "c")).isTrue();
        friend.die(false);
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        passDays(9, device);
        assertThat(knows(device, "c")).isFalse();
        assertThat(knows(server, "c")).isTrue();
        lab.start(friend, List.of(device), CARS);
        lab.run(10_000);
        assertThat(Lab.field(friend, "cars", "c", "color")).isEqualTo("nothing");
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("nothing");
    }

    private static void set(SimulatedPeer peer, String parameter, Value value) {
        Database database = Lab.process(peer).database();
        database.parameters().set(parameter, value);
        database.parametersChanged();
    }

    @Test
    void the_time_of_a_server_counts_where_the_device_would_keep_tombstones_longer() {
        connect();
        set(device, "tombstone_ttl_hours", Value.of(100_000));
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        passDays(28, device);
        assertThat(knows(device, "c")).isTrue();
        passDays(5, device);
        assertThat(knows(device, "c")).isFalse();
    }

    @Test
    void a_device_that_keeps_them_for_ever_does_so_until_it_meets_a_server_that_does_not() {
        device = lab.peer(false);
        lab.start(device, List.of(), CARS);
        set(device, "tombstone_ttl_enabled", Value.of(false));
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        passDays(50, device);
        assertThat(knows(device, "c")).isTrue();
        server = lab.peer(true);
        lab.start(server, List.of(device));
        passDays(2, device);
        assertThat(knows(device, "c")).isFalse();
    }

    @Test
    void a_tombstone_that_a_scope_keeps_from_the_server_is_kept_although_the_server_has_acknowledged_later_commits() {
        connect();
        set(
                device,
                "user_collection_sync_scopes",
                Value.Struct.builder().put("cars", Value.of("SmallPeersOnly")).build());
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.write(device, t -> Lab.insert(t, "dogs", "d", "color", "red"));
        lab.run(1_000);
        lab.write(device, t -> {
            Lab.delete(t, "cars", "c");
            Lab.delete(t, "dogs", "d");
        });
        passDays(20, device);
        assertThat(knows(device, "c")).isTrue();
        assertThat(knows(device, "dogs", "d")).isFalse();
    }

    @Test
    void a_device_that_has_met_a_server_once_forgets_nothing_without_it_even_after_a_restart() {
        connect();
        lab.run(70_000); // until it is written down that there is a server
        lab.write(device, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(1_000);
        server.die(false);
        lab.write(device, t -> Lab.delete(t, "cars", "c"));
        lab.run(1_000);
        device.die(false);
        lab.start(device, List.of(server), CARS);
        passDays(20, device);
        assertThat(knows(device, "c")).isTrue();
    }

    @Test
    void a_new_peer_gets_tombstones_that_it_would_keep_and_no_older_ones() {
        server = lab.peer(true);
        lab.start(server, List.of());
        for (String id : List.of("old", "young", "kept")) {
            lab.write(server, t -> Lab.insert(t, "cars", id, "color", "red"));
        }
        lab.write(server, t -> Lab.delete(t, "cars", "old"));
        passDays(10, server);
        lab.write(server, t -> Lab.delete(t, "cars", "young"));
        device = lab.peer(false);
        lab.start(device, List.of(server), CARS);
        lab.run(5_000);
        assertThat(Lab.field(device, "cars", "kept", "color")).isEqualTo("red");
        assertThat(knows(device, "young")).isTrue();
        assertThat(knows(device, "old")).isFalse();
        assertThat(knows(server, "old")).isTrue();
    }

    @Test
    void a_peer_that_comes_back_gets_old_tombstones_too() {
        connect();
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(1_000);
        device.die(false);
        lab.write(server, t -> Lab.delete(t, "cars", "c"));
        passDays(20, server);
        lab.start(device, List.of(server), CARS);
        lab.run(5_000);
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("nothing");
    }
}
