package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links between peers: relays, silence, doubles, strangers, stops. */
class LinkTest extends SessionScene {
    @Test
    void changes_travel_over_a_peer_in_between() {
        SimulatedPeer a = lab.peer(false);
        SimulatedPeer relay = lab.peer(false);
        SimulatedPeer b = lab.peer(false);
        lab.start(a, List.of(), CARS);
        lab.start(relay, List.of(a), CARS);
        lab.start(b, List.of(relay), CARS);
        lab.run(200);
        lab.write(a, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.run(100);
        lab.write(b, t -> Lab.set(t, "cars", "c", "x", 2));
        lab.run(100);
        assertThat(Lab.field(a, "cars", "c", "x")).isEqualTo("2");
        // What came from a partner does not go back to it.
        assertThat(lab.commits.stream().filter(line -> line.contains("unit"))).hasSize(4);
    }

    @Test
    void a_silent_link_is_dead_after_twelve_seconds_and_dialled_again() {
        connect();
        lab.network.cut("peer-0", "peer-1");
        lab.run(13_500);
        assertThat(status()).isEqualTo(Value.of("Not Connected"));
        lab.network.healAll();
        lab.run(6_000);
        assertThat(status()).isEqualTo(Value.of("Connected"));
    }

    private Value status() {
        return Lab.row(device, "sync_peers", server.peerKey().toString()).get("status");
    }

    @Test
    void of_two_links_between_two_peers_one_stays() {
        SimulatedPeer a = lab.peer(true);
        SimulatedPeer b = lab.peer(true);
        lab.start(a, List.of(b));
        lab.start(b, List.of(a));
        lab.run(500);
        lab.write(a, t -> Lab.insert(t, "cars", "c", "x", 0));
        lab.run(40_000);
        lab.sent.clear();
        lab.write(a, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.run(500);
        lab.run(60_000);
        assertThat(lab.labels()).doesNotContain("HELLO", "ERROR");
        assertThat(lab.labels().stream().filter("CHUNK"::equals)).hasSize(1);
    }

    @Test
    void a_peer_of_another_database_is_refused_by_name() {
        server = lab.peer(true);
        SimulatedPeer stranger = lab.peer(true, "other");
        lab.start(server, List.of());
        lab.start(stranger, List.of(server));
        lab.run(300);
        assertThat(lab.sent.stream().flatMap(frame -> frame.messages().stream()))
                .anyMatch(message -> message instanceof Message.Fault fault
                        && fault.text().contains("\"other\"")
                        && fault.text().contains("\"simulated\""));
        assertThat(lab.labels()).doesNotContain("SUBS");
    }

    @Test
    void a_peer_that_dials_itself_notices() {
        SimulatedPeer alone = lab.peer(true);
        lab.start(alone, List.of(alone));
        lab.run(300);
        assertThat(lab.sent.stream().flatMap(frame -> frame.messages().stream()))
                .anyMatch(message ->
                        message instanceof Message.Fault fault && fault.text().contains("dialled itself"));
    }

    @Test
    void a_stopped_peer_says_so_and_starts_again_where_it_was() {
        connect();
        Lab.process(device).database().sync().stop();
        lab.run(100);
        assertThat(lab.labels()).endsWith("ERROR");
        assertThat(status()).isEqualTo(Value.of("Disabled"));
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.run(1_000);
        Lab.process(device).database().sync().start();
        lab.run(1_000);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("1");
    }

    @Test
    void a_partner_that_was_away_for_some_seconds_is_met_again_within_a_second_or_two() {
        connect();
        server.die(false);
        lab.run(12_000);
        lab.start(server, List.of());
        lab.run(1_500);
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.run(100);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("1");
    }
}
