package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (Published state = Lab.process(peer).database().published()) {
            return state.record(new DocumentKey("cars", DocumentId.of(Value.of(id)))) != null;
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
}
