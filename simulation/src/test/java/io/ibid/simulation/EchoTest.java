package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.store.Published;
import io.ibid.core.store.StoreId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A partner that shows an older version than ours gets ours, even if the link or the process dies between. */
class EchoTest extends SessionScene {
    private static final String BLUE = "SELECT * FROM `cars` WHERE `cars`.`color` = 'blue'";

    private static StoreId storeId(SimulatedPeer peer) {
        try (Published state = Lab.process(peer).database().published()) {
            return state.storeId();
        }
    }

    private static int owed(SimulatedPeer peer, StoreId partner) {
        try (Published state = Lab.process(peer).database().published()) {
            return state.owed(partner, 100).size();
        }
    }

    /** The device has taken what the friend sent, so it knows that the friend is behind, and has it on disk. */
    private boolean isAnswer(Lab.Sent frame, SimulatedPeer friend) {
        return frame.from().equals(device.address())
                && frame.to().equals(friend.address())
                && frame.labels().contains("ACK");
    }

    /**
     * Friend and device know each other, and the device is away when the friend gets the document from the server. Then the device gets it and changes it,
     * so that the friend will offer an old copy to somebody who knows better. Its subscription does not select the new one.
     */
    private SimulatedPeer friendWithAStaleCopy() {
        server = lab.peer(true);
        device = lab.peer(false);
        SimulatedPeer friend = lab.peer(false);
        lab.start(server, List.of());
        lab.start(device, List.of(server), CARS);
        lab.start(friend, List.of(server, device), BLUE);
        lab.run(100);
        lab.write(server, t -> Lab.insert(t, "cars", "known", "color", "blue"));
        lab.run(40_000);
        device.die(false);
        lab.write(server, t -> Lab.insert(t, "cars", "c", "color", "blue"));
        lab.run(500);
        assertThat(Lab.field(friend, "cars", "c", "color")).isEqualTo("blue");
        friend.die(false);
        lab.start(device, List.of(server), CARS);
        lab.run(500);
        lab.write(device, t -> Lab.set(t, "cars", "c", "color", "red"));
        lab.run(500);
        return friend;
    }

    @Test
    void a_stale_copy_is_repaired_whatever_its_holder_subscribes_to() {
        SimulatedPeer friend = friendWithAStaleCopy();
        lab.start(friend, List.of(device), BLUE);
        lab.run(3_000);
        assertThat(Lab.field(friend, "cars", "c", "color")).isEqualTo("red");
        lab.write(device, t -> Lab.insert(t, "bikes", "b", "color", "red"));
        lab.run(100);
        assertThat(owed(device, storeId(friend)))
                .as("settled by the acknowledgement")
                .isZero();
    }

    @Test
    void the_repair_is_remembered_when_the_link_breaks_before_it_was_delivered() {
        SimulatedPeer friend = friendWithAStaleCopy();
        lab.start(friend, List.of(device), BLUE);
        lab.sent.clear();
        while (lab.sent.stream().noneMatch(frame -> isAnswer(frame, friend))) {
            lab.time.runUntil(lab.time.nowUs() + 50);
        }
        friend.die(false);
        lab.run(20_000);
        lab.start(friend, List.of(device), BLUE);
        lab.run(10_000);
        assertThat(Lab.field(friend, "cars", "c", "color")).isEqualTo("red");
    }

    @Test
    void the_repair_is_remembered_when_the_device_dies_before_it_was_delivered() {
        SimulatedPeer friend = friendWithAStaleCopy();
        lab.start(friend, List.of(device), BLUE);
        lab.sent.clear();
        while (lab.sent.stream().noneMatch(frame -> isAnswer(frame, friend))) {
            lab.time.runUntil(lab.time.nowUs() + 50);
        }
        StoreId friendStore = storeId(friend);
        device.die(true);
        friend.die(false);
        lab.run(5_000);
        lab.start(device, List.of(), CARS);
        assertThat(owed(device, friendStore)).isEqualTo(1);
        lab.start(friend, List.of(device), BLUE);
        lab.run(10_000);
        assertThat(Lab.field(friend, "cars", "c", "color")).isEqualTo("red");
        lab.write(device, t -> Lab.insert(t, "bikes", "b", "color", "red"));
        lab.run(100);
        assertThat(owed(device, friendStore)).isZero();
    }
}
