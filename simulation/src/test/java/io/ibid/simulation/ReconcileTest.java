package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.Reconciling;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two peers who have never met, or have lost their place, and have much in common all the same. */
class ReconcileTest extends SessionScene {
    private static final String BLUE = "SELECT * FROM `cars` WHERE `cars`.`color` = 'blue'";

    private SimulatedPeer friend;

    /** Device and friend have so many cars of the server, which is gone. */
    private void twoCopies(int count, String query) {
        server = lab.peer(true);
        device = lab.peer(false);
        friend = lab.peer(false);
        lab.start(server, List.of());
        insertCars(server, count);
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue"));
        lab.start(device, List.of(server), query);
        lab.start(friend, List.of(server), query);
        lab.run(10_000);
        server.die(false);
        device.die(false);
        friend.die(false);
    }

    private void meet(String query) {
        lab.start(friend, List.of(), query);
        lab.sent.clear();
        lab.start(device, List.of(friend), query);
        lab.run(5_000);
    }

    private Stream<Message> messages() {
        return lab.sent.stream().flatMap(frame -> frame.messages().stream());
    }

    private List<Reconciling> steps() {
        return messages()
                .filter(message -> message instanceof Message.Recon)
                .map(message -> ((Message.Recon) message).step())
                .toList();
    }

    private List<String> entries() {
        return messages()
                .filter(message -> message instanceof Message.Chunk)
                .flatMap(message -> ((Message.Chunk) message).entries().stream())
                .map(entry -> Oracle.name(entry.key()))
                .toList();
    }

    private int reconBytes() {
        return lab.sent.stream()
                .filter(frame -> frame.labels().contains("RECON"))
                .mapToInt(Lab.Sent::bytes)
                .sum();
    }

    @Test
    void equal_sets_cost_forty_bytes_each_way_and_send_nothing() {
        twoCopies(1_000, CARS);
        meet(CARS);
        assertThat(entries()).isEmpty();
        assertThat(steps())
                .hasExactlyElementsOfTypes(
                        Reconciling.Open.class,
                        Reconciling.Open.class,
                        Reconciling.Equal.class,
                        Reconciling.Equal.class);
        assertThat(reconBytes()).isLessThan(2 * 80);
        assertThat(Lab.row(device, "sync_subscriptions", CARS).get("state")).isEqualTo(Value.of("complete"));
        lab.write(friend, t -> Lab.set(t, "cars", "id-100500", "field3", "new"));
        lab.run(500);
        assertThat(Lab.field(device, "cars", "id-100500", "field3")).isEqualTo("new");
    }

    @Test
    void of_many_documents_only_those_that_differ_are_sent() {
        twoCopies(3_000, CARS);
        lab.start(friend, List.of(), CARS);
        for (int i = 0; i < 10; i++) {
            int number = 100_000 + 277 * i;
            lab.write(friend, t -> Lab.set(t, "cars", "id-" + number, "field3", "changed"));
        }
        lab.write(friend, t -> Lab.insert(t, "cars", "new", "color", "red"));
        lab.write(friend, t -> Lab.delete(t, "cars", "id-101001"));
        friend.die(false);
        meet(CARS);
        assertThat(Lab.field(device, "cars", "id-102493", "field3")).isEqualTo("changed");
        assertThat(Lab.field(device, "cars", "new", "color")).isEqualTo("red");
        assertThat(Lab.field(device, "cars", "id-101001", "field3")).isEqualTo("nothing");
        assertThat(entries()).hasSize(12).contains("cars/new", "cars/id-101001", "cars/id-102493");
        assertThat(reconBytes()).isLessThan(20_000);
    }

    @Test
    void who_has_nothing_is_sent_everything_without_many_words() {
        connect();
        insertCars(server, 50);
        lab.run(1_000);
        friend = lab.peer(false);
        lab.sent.clear();
        lab.start(friend, List.of(device), CARS);
        lab.run(1_000);
        assertThat(steps()).contains(new Reconciling.Open(Fingerprint.EMPTY));
        assertThat(steps()).noneMatch(step -> step instanceof Reconciling.Ranges);
        assertThat(Lab.field(friend, "cars", "id-100049", "field0")).isNotEqualTo("nothing");
    }

    /** The next query is opened while the supplier still looks up what is wanted of the one before. */
    @Test
    void several_queries_are_compared_one_after_the_other() {
        String bikes = "SELECT * FROM `bikes`";
        String boats = "SELECT * FROM `boats`";
        String[] all = {CARS, bikes, boats};
        device = lab.peer(false);
        friend = lab.peer(false);
        for (SimulatedPeer peer : List.of(device, friend)) {
            lab.start(peer, List.of(), all);
            lab.write(peer, t -> {
                Lab.insert(t, "cars", "of-" + peer.address(), "x", 1);
                Lab.insert(t, "bikes", "of-" + peer.address(), "x", 1);
            });
        }
        lab.write(friend, t -> Lab.insert(t, "boats", "only", "x", 1));
        lab.sent.clear();
        device.die(false);
        lab.start(device, List.of(friend), all);
        lab.run(3_000);
        assertThat(messages()).noneMatch(message -> message instanceof Message.Fault);
        for (String collection : List.of("cars", "bikes")) {
            assertThat(Lab.field(device, collection, "of-" + friend.address(), "x"))
                    .isEqualTo("1");
            assertThat(Lab.field(friend, collection, "of-" + device.address(), "x"))
                    .isEqualTo("1");
        }
        assertThat(Lab.field(device, "boats", "only", "x")).isEqualTo("1");
    }

    /** Nobody has seen it leave, and there is no token to ask by: it is among what only the device has. */
    @Test
    void an_old_version_that_only_the_receiver_selects_is_brought_up_to_date() {
        twoCopies(20, BLUE);
        lab.start(friend, List.of());
        lab.write(friend, t -> Lab.set(t, "cars", "c", "color", "red"));
        friend.die(false);
        meet(BLUE);
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("red");
    }

    @Test
    void live_changes_arrive_in_the_middle_of_it() {
        twoCopies(2_000, CARS);
        lab.start(friend, List.of(), CARS);
        lab.write(friend, t -> Lab.set(t, "cars", "id-100001", "field3", "before"));
        lab.sent.clear();
        lab.start(device, List.of(friend), CARS);
        while (steps().isEmpty()) {
            lab.time.runUntil(lab.time.nowUs() + 100);
        }
        lab.write(friend, t -> {
            Lab.set(t, "cars", "id-100001", "field3", "after");
            Lab.set(t, "cars", "id-101900", "field3", "after");
            Lab.insert(t, "cars", "new", "x", 1);
        });
        lab.run(3_000);
        assertThat(Lab.field(device, "cars", "id-100001", "field3")).isEqualTo("after");
        assertThat(Lab.field(device, "cars", "id-101900", "field3")).isEqualTo("after");
        assertThat(Lab.field(device, "cars", "new", "x")).isEqualTo("1");
    }

    @Test
    void a_query_cancelled_in_the_middle_of_it_does_no_harm() {
        twoCopies(2_000, CARS);
        lab.start(friend, List.of(), CARS);
        lab.write(friend, t -> Lab.set(t, "cars", "id-100001", "field3", "changed"));
        lab.sent.clear();
        lab.start(device, List.of(friend), CARS, "SELECT * FROM `bikes`");
        while (steps().isEmpty()) {
            lab.time.runUntil(lab.time.nowUs() + 100);
        }
        lab.unsubscribe(device, CARS);
        lab.write(friend, t -> Lab.insert(t, "bikes", "b", "x", 1));
        lab.run(2_000);
        assertThat(Lab.field(device, "bikes", "b", "x")).isEqualTo("1");
        lab.subscribe(device, CARS);
        lab.run(2_000);
        assertThat(Lab.field(device, "cars", "id-100001", "field3")).isEqualTo("changed");
        assertThat(messages()).noneMatch(message -> message instanceof Message.Fault);
    }

    /** What the world is like without the rule. */
    @Test
    void numbers_alone_do_not_tell_sets_apart() {
        lab = new Lab(Ablation.of(Ablation.Switch.RECONCOUNT));
        twoCopies(20, CARS);
        lab.start(friend, List.of(), CARS);
        lab.write(friend, t -> Lab.set(t, "cars", "c", "color", "red"));
        friend.die(false);
        meet(CARS);
        assertThat(Lab.field(device, "cars", "c", "color")).isEqualTo("blue");
    }
}
