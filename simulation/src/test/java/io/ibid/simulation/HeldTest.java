package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.settings.SyncScope;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.sync.wire.Holding;
import io.ibid.core.sync.wire.Message;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that leave a query while its subscriber does not look: nobody has watched them go, so he is asked what he holds. */
class HeldTest extends SessionScene {
    private static final String BLUE = "SELECT * FROM `cars` WHERE `cars`.`color` = 'blue'";

    /** A device that has one blue car of the server and is away. */
    private void deviceAway() {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue", "km", 1));
        lab.start(device, List.of(server), BLUE);
        lab.run(500);
        assertThat(color("c")).isEqualTo("blue");
        device.die(false);
    }

    private void deviceBack() {
        lab.sent.clear();
        lab.start(device, List.of(server), BLUE);
        lab.run(3_000);
    }

    private String color(String id) {
        return Lab.field(device, "cars", id, "color");
    }

    private static void paint(SimulatedPeer peer, Lab lab, String id, String color) {
        lab.write(peer, t -> Lab.set(t, "cars", id, "color", color));
    }

    private List<Holding> said() {
        return lab.sent.stream()
                .flatMap(frame -> frame.messages().stream())
                .filter(message -> message instanceof Message.Held)
                .map(message -> ((Message.Held) message).holding())
                .toList();
    }

    private List<String> received() {
        return lab.sent.stream()
                .filter(frame -> frame.to().equals(device.address()))
                .flatMap(frame -> frame.messages().stream())
                .filter(message -> message instanceof Message.Chunk)
                .flatMap(message -> ((Message.Chunk) message).entries().stream())
                .map(entry -> Oracle.name(entry.key()))
                .toList();
    }

    @Test
    void a_document_that_left_the_query_meanwhile_is_sent_once_more() {
        deviceAway();
        paint(server, lab, "c", "red");
        deviceBack();
        assertThat(color("c")).isEqualTo("red");
        assertThat(received()).containsExactly("cars/c");
    }

    @Test
    void a_document_that_was_deleted_meanwhile_is_gone() {
        deviceAway();
        lab.write(server, t -> Lab.delete(t, "cars", "c"));
        deviceBack();
        assertThat(color("c")).isEqualTo("nothing");
    }

    /** What the world is like without the rule. */
    @Test
    void without_the_question_the_old_version_stays_for_ever() {
        lab = new Lab(Ablation.of(Ablation.Switch.NOHELD));
        deviceAway();
        paint(server, lab, "c", "red");
        deviceBack();
        assertThat(color("c")).isEqualTo("blue");
    }

    @Test
    void what_is_not_held_is_not_sent() {
        deviceAway();
        for (int i = 0; i < 20; i++) {
            int number = i;
            lab.write(server, t -> Lab.insert(t, "cars", "r" + number, "color", "red"));
        }
        deviceBack();
        assertThat(said()).hasSize(2);
        assertThat(received()).isEmpty();
    }

    @Test
    void nothing_is_asked_when_nothing_has_left() {
        deviceAway();
        lab.write(server, t -> Lab.insert(t, "cars", "b", "color", "blue"));
        deviceBack();
        assertThat(color("b")).isEqualTo("blue");
        assertThat(said()).isEmpty();
    }

    @Test
    void a_document_that_leaves_after_the_question_is_not_lost() {
        deviceAway();
        lab.write(server, t -> Lab.insert(t, "cars", "d", "color", "blue"));
        paint(server, lab, "c", "red");
        lab.start(device, List.of(server), BLUE);
        lab.sent.clear();
        while (said().isEmpty()) {
            lab.time.runUntil(lab.time.nowUs() + 100);
        }
        paint(server, lab, "d", "green");
        lab.run(3_000);
        assertThat(color("c")).isEqualTo("red");
        assertThat(color("d")).isNotEqualTo("blue");
    }

    @Test
    void a_query_that_was_cancelled_and_comes_back_asks_too() {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue"));
        lab.start(device, List.of(server), BLUE);
        lab.run(500);
        lab.unsubscribe(device, BLUE);
        lab.run(500);
        paint(server, lab, "c", "red");
        lab.run(2_000);
        assertThat(color("c")).isEqualTo("blue");
        lab.subscribe(device, BLUE);
        lab.run(1_000);
        assertThat(color("c")).isEqualTo("red");
    }

    @Test
    void a_scope_holds_for_documents_that_have_left_as_well() {
        deviceAway();
        scope(SyncScope.BIG_PEER_ONLY);
        paint(server, lab, "c", "red");
        deviceBack();
        assertThat(color("c")).isEqualTo("blue");
        assertThat(said()).isEmpty();
        scope(SyncScope.ALL_PEERS);
        lab.run(3_000);
        assertThat(color("c")).isEqualTo("red");
    }

    private void scope(SyncScope scope) {
        TreeMap<String, SyncScope> scopes = new TreeMap<>();
        scopes.put("cars", scope);
        Lab.process(server).database().sync().restrictTo(new SyncScopes(scopes));
    }

    /** Ten bits for each document that is held, however many have changed. */
    @Test
    void a_few_documents_are_named_in_a_filter() {
        manyCars(100, 2_000);
        deviceBack();
        assertThat(said()).hasExactlyElementsOfTypes(Holding.Ask.class, Holding.Filter.class);
        assertThat(heldBytes()).isLessThan(100 * 10 / 8 + 60);
        assertThat(received()).contains("cars/b0").hasSizeLessThan(30);
        assertThat(color("b0")).isEqualTo("red");
    }

    /** Eight bytes for each document in question, however many are held. */
    @Test
    void a_few_documents_in_question_are_listed() {
        manyCars(2_000, 20);
        deviceBack();
        assertThat(said())
                .hasExactlyElementsOfTypes(
                        Holding.Ask.class, Holding.ListPlease.class, Holding.Listing.class, Holding.Hits.class);
        assertThat(heldBytes()).isLessThan(21 * 8 + 80);
        assertThat(received()).containsExactly("cars/b0");
        assertThat(color("b0")).isEqualTo("red");
    }

    @Test
    void one_filter_serves_as_long_as_the_partner_catches_up() {
        manyCars(100, 12_000);
        deviceBack();
        lab.run(5_000);
        assertThat(said()).hasExactlyElementsOfTypes(Holding.Ask.class, Holding.Filter.class);
        assertThat(color("b0")).isEqualTo("red");
    }

    @Test
    @Tag("long")
    void more_documents_than_one_question_takes() {
        manyCars(70_000, 25_000);
        deviceBack();
        lab.run(10_000);
        assertThat(said().stream().filter(holding -> holding instanceof Holding.Ask))
                .hasSize(3);
        assertThat(received()).containsExactly("cars/b0");
        assertThat(color("b0")).isEqualTo("red");
    }

    /** So many blue cars that the device has; one of them, and so many new ones, turned red while it was away. */
    private void manyCars(int held, int changed) {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        insert("b", held, "blue");
        lab.start(device, List.of(server), BLUE);
        lab.run(20_000);
        assertThat(color("b" + (held - 1))).isEqualTo("blue");
        device.die(false);
        insert("r", changed, "red");
        paint(server, lab, "b0", "red");
    }

    private void insert(String prefix, int count, String color) {
        for (int first = 0; first < count; first += 1_000) {
            int from = first;
            lab.write(server, t -> {
                for (int i = from; i < Math.min(count, from + 1_000); i++) {
                    Lab.insert(t, "cars", prefix + i, "color", color);
                }
            });
        }
    }

    private int heldBytes() {
        return lab.sent.stream()
                .filter(frame -> frame.labels().contains("HELD"))
                .mapToInt(Lab.Sent::bytes)
                .sum();
    }
}
