package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenes between two or three peers: what is said, and in which order. */
class SessionTest extends SessionScene {
    @Test
    void a_document_goes_both_ways() {
        connect();
        lab.write(device, t -> Lab.insert(t, "cars", "d", "color", "blue"));
        lab.write(server, t -> Lab.insert(t, "cars", "s", "color", "red"));
        lab.run(100);
        assertThat(Lab.field(server, "cars", "d", "color")).isEqualTo("blue");
        assertThat(Lab.field(device, "cars", "s", "color")).isEqualTo("red");
    }

    @Test
    void a_peer_receives_what_it_subscribes_to_and_nothing_else() {
        connect();
        lab.write(server, t -> Lab.insert(t, "bikes", "b", "color", "red"));
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(100);
        assertThat(Lab.field(device, "bikes", "b", "color")).isEqualTo("nothing");
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("red");
    }

    @Test
    void a_peer_without_subscriptions_receives_nothing_and_still_hears_how_far_the_other_is() {
        SimulatedPeer a = lab.peer(false);
        SimulatedPeer b = lab.peer(false);
        lab.start(a, List.of());
        lab.start(b, List.of(a));
        lab.run(100);
        lab.write(a, t -> Lab.insert(t, "cars", "c", "color", "red"));
        lab.run(2_000);
        assertThat(lab.labels()).doesNotContain("CHUNK").contains("CUT", "ACK");
        assertThat(Lab.head(b)).isZero();
        Value.Struct row = Lab.row(a, "data_sync_info", b.peerKey().toString());
        assertThat(row.get("documents"))
                .isEqualTo(Value.Struct.builder()
                        .put("sync_session_status", Value.of("Connected"))
                        .put("synced_up_to_local_commit_id", Value.of(1))
                        .build());
    }

    @Test
    void the_documents_of_a_transaction_arrive_in_one_commit() {
        SimulatedPeer a = lab.peer(true);
        SimulatedPeer b = lab.peer(true);
        lab.start(a, List.of());
        lab.start(b, List.of(a));
        lab.run(100);
        lab.write(a, t -> {
            Lab.insert(t, "cars", "c", "x", 1);
            Lab.insert(t, "bikes", "b", "x", 1);
        });
        lab.run(100);
        assertThat(lab.commits).containsExactly("peer-0 commit cars/c bikes/b", "peer-1 unit bikes/b cars/c");
    }

    @Test
    void a_document_that_leaves_a_query_is_sent_once_more_and_stays_behind() {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        lab.start(device, List.of(server), "SELECT * FROM `cars` WHERE `cars`.`color` = 'blue'");
        lab.run(100);
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue", "km", 1));
        lab.write(server, t -> Lab.insert(t, "cars", "r", "color", "red", "km", 1));
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c", "km")).isEqualTo("1");
        assertThat(Lab.field(device, "cars", "r", "km")).isEqualTo("nothing");
        lab.write(server, t -> Lab.set(t, "cars", "c", "color", "red"));
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("red");
        lab.write(server, t -> Lab.set(t, "cars", "c", "km", 2));
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c", "km")).isEqualTo("1");
        lab.write(server, t -> Lab.set(t, "cars", "c", "color", "blue"));
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c", "km")).isEqualTo("2");
    }

    @Test
    void a_deletion_reaches_those_who_hold_the_document_and_those_who_take_the_whole_collection() {
        server = lab.peer(true);
        SimulatedPeer whole = lab.peer(false);
        SimulatedPeer part = lab.peer(false);
        lab.start(server, List.of());
        lab.start(whole, List.of(server), CARS);
        lab.start(part, List.of(server), "SELECT * FROM `cars` WHERE `cars`.`color` = 'blue'");
        lab.run(100);
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue"));
        lab.run(200);
        lab.write(server, t -> Lab.delete(t, "cars", "c"));
        lab.run(200);
        assertThat(Lab.field(whole, "cars", "c", "color")).isEqualTo("nothing");
        assertThat(Lab.field(part, "cars", "c", "color")).isEqualTo("nothing");
        lab.commits.clear();
        lab.write(server, t -> Lab.insert(t, "cars", "r", "color", "red"));
        lab.write(server, t -> Lab.delete(t, "cars", "r"));
        lab.run(200);
        assertThat(lab.commits)
                .noneMatch(line -> line.startsWith("peer-2"))
                .anyMatch(line -> line.startsWith("peer-1 unit"));
    }

    @Test
    void an_evicted_document_comes_back_as_long_as_it_is_subscribed_to() {
        connect();
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.run(200);
        lab.write(device, t -> Lab.evict(t, "cars", "c"));
        lab.run(300);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("1");
        lab.unsubscribe(device, CARS);
        lab.run(100);
        lab.write(device, t -> Lab.evict(t, "cars", "c"));
        lab.run(300);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("nothing");
        lab.subscribe(device, CARS);
        lab.run(300);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("1");
    }

    @Test
    void a_document_evicted_between_two_sessions_comes_back_whole() {
        connect();
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1, "y", 1));
        lab.run(200);
        lab.network.cut("peer-0", "peer-1");
        lab.write(device, t -> Lab.evict(t, "cars", "c"));
        lab.write(server, t -> Lab.set(t, "cars", "c", "x", 2));
        lab.run(20_000);
        lab.network.healAll();
        lab.run(6_000);
        assertThat(Lab.field(device, "cars", "c", "x")).isEqualTo("2");
        assertThat(Lab.field(device, "cars", "c", "y")).isEqualTo("1");
    }

    @Test
    void a_delta_that_does_not_fit_is_asked_for_again_and_the_unit_waits_for_it() {
        connect();
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1, "y", 1));
        lab.run(200);
        lab.sent.clear();
        lab.commits.clear();
        // The eviction and the change cross each other on the way.
        lab.network.cut("peer-0", "peer-1");
        lab.write(server, t -> {
            Lab.set(t, "cars", "c", "x", 2);
            Lab.insert(t, "cars", "d", "x", 2);
        });
        lab.write(device, t -> Lab.evict(t, "cars", "c"));
        lab.run(100);
        lab.network.healAll();
        lab.run(300);
        assertThat(lab.labels()).contains("NEED", "FORGET");
        assertThat(lab.commits).contains("peer-1 unit cars/c cars/d");
        assertThat(Lab.field(device, "cars", "c", "y")).isEqualTo("1");
    }

    @Test
    void a_new_subscription_brings_old_documents_and_a_known_one_goes_on_from_where_it_stood() {
        connect();
        lab.write(server, t -> Lab.insert(t, "cars", "c", "x", 1));
        lab.write(server, t -> Lab.insert(t, "bikes", "b", "x", 1));
        lab.run(200);
        lab.subscribe(device, "SELECT * FROM `bikes`");
        lab.run(200);
        assertThat(Lab.field(device, "bikes", "b", "x")).isEqualTo("1");
        lab.unsubscribe(device, CARS);
        lab.run(200);
        lab.write(server, t -> Lab.insert(t, "cars", "c2", "x", 1));
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c2", "x")).isEqualTo("nothing");
        lab.sent.clear();
        lab.subscribe(device, CARS);
        lab.run(200);
        assertThat(Lab.field(device, "cars", "c2", "x")).isEqualTo("1");
        List<Message.Entry> entries = lab.sent.stream()
                .flatMap(frame -> frame.messages().stream())
                .filter(message -> message instanceof Message.Chunk)
                .flatMap(message -> ((Message.Chunk) message).entries().stream())
                .toList();
        assertThat(entries).extracting(entry -> Oracle.name(entry.key())).containsExactly("cars/c2");
        Value.Struct row = Lab.row(device, "sync_subscriptions", CARS);
        assertThat(row.get("state")).isEqualTo(Value.of("complete"));
    }

    @Test
    void subscriptions_made_after_the_start_do_not_download_again() {
        connect();
        insertCars(server, 200);
        lab.run(1_000);
        device.die(false);
        lab.start(device, List.of(server));
        lab.run(1_500);
        lab.write(server, t -> Lab.insert(t, "cars", "new", "x", 1));
        lab.run(1_500);
        int bytes = lab.bytesWhile(() -> {
            lab.subscribe(device, CARS);
            lab.run(500);
        });
        assertThat(Lab.field(device, "cars", "new", "x")).isEqualTo("1");
        assertThat(bytes).isLessThan(300);
    }

    @Test
    void a_query_that_was_cancelled_before_a_restart_goes_on_where_it_stood() {
        connect();
        insertCars(server, 200);
        lab.run(1_000);
        lab.unsubscribe(device, CARS);
        lab.subscribe(device, "SELECT * FROM `bikes`");
        lab.run(500);
        lab.write(server, t -> {
            Lab.insert(t, "cars", "new", "x", 1);
            Lab.insert(t, "bikes", "b", "x", 1);
        });
        lab.run(1_500);
        device.die(false);
        lab.start(device, List.of(server));
        lab.run(1_500);
        int bytes = lab.bytesWhile(() -> {
            lab.subscribe(device, CARS);
            lab.run(500);
        });
        assertThat(Lab.field(device, "cars", "new", "x")).isEqualTo("1");
        assertThat(bytes).isLessThan(300);
    }

    @Test
    void a_large_unit_is_staged_in_scratch_and_applied_whole() {
        Lab small = new Lab(10_000, 64 << 10, 256 << 20);
        SimulatedPeer from = small.peer(true);
        SimulatedPeer to = small.peer(true);
        small.start(from, List.of());
        for (int i = 0; i < 20; i++) {
            int round = i;
            small.write(from, t -> {
                for (int j = 0; j < 50; j++) {
                    Lab.insert(t, "cars", "id" + (round * 50 + j), "text", "x".repeat(300) + j);
                }
            });
        }
        small.start(to, List.of(from));
        small.run(3_000);
        assertThat(small.commits.stream().filter(line -> line.startsWith("peer-1 unit")))
                .hasSize(1);
        assertThat(Lab.field(to, "cars", "id999", "text")).endsWith("49");
        assertThat(Lab.process(to).stagedEntries()).isZero();
    }

    @Test
    void a_document_of_megabytes_spans_many_frames() {
        connect();
        lab.write(device, t -> Lab.insert(t, "cars", "big", "text", "lorem".repeat(800_000)));
        lab.run(2_000);
        assertThat(Lab.field(server, "cars", "big", "text")).hasSize(4_000_000);
    }

    @Test
    void a_unit_larger_than_one_batch_may_be_becomes_one_commit_all_the_same() {
        Lab small = new Lab(10_000, 1 << 20, 100_000);
        SimulatedPeer from = small.peer(true);
        SimulatedPeer to = small.peer(true);
        small.start(from, List.of());
        small.write(from, t -> {
            for (int i = 0; i < 40; i++) {
                Lab.insert(t, "cars", "car" + i, "text", "x".repeat(20_000));
            }
        });
        small.start(to, List.of(from));
        small.run(5_000);
        assertThat(Lab.head(to)).isEqualTo(1);
        for (int i = 0; i < 40; i++) {
            assertThat(Lab.field(to, "cars", "car" + i, "text")).hasSize(20_000);
        }
    }
}
