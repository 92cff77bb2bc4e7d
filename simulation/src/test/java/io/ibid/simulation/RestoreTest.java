package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Published;
import io.ibid.core.store.StoreId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device whose folder was put back to an older state: nothing that others have is lost, and nothing that it writes is dropped. */
class RestoreTest {
    private static final String CARS = "SELECT * FROM cars";

    private Lab lab = new Lab();
    private SimulatedPeer one = lab.peer(false);
    private SimulatedPeer other = lab.peer(false);

    private void begin(Ablation ablation) {
        lab = new Lab(ablation);
        one = lab.peer(false);
        other = lab.peer(false);
        lab.start(one, List.of(), CARS);
        lab.start(other, List.of(one), CARS);
        lab.run(100);
        lab.write(one, t -> Lab.insert(t, "cars", "both", "color", "red"));
        lab.run(1_000);
    }

    /** Goes back to before what the other peer has seen already. */
    private void restore(boolean isNoticed) {
        PowerCutStorage backup = one.disk().copy(7);
        lab.write(one, t -> Lab.insert(t, "cars", "after", "color", "blue"));
        lab.write(one, t -> Lab.set(t, "cars", "both", "seen", "by others"));
        lab.run(1_000);
        assertThat(Lab.field(other, "cars", "both", "seen")).isEqualTo("by others");
        one.die(false);
        one.restore(backup, isNoticed);
        lab.start(one, List.of(), CARS);
    }

    private static StoreId storeId(SimulatedPeer peer) {
        try (Published published = Lab.process(peer).database().published()) {
            return published.storeId();
        }
    }

    @Test
    void a_restored_folder_is_another_store_from_its_first_write_on() {
        begin(Ablation.NONE);
        StoreId before = storeId(one);
        restore(true);
        assertThat(storeId(one)).isNotEqualTo(before);
        lab.write(one, t -> Lab.set(t, "cars", "both", "written", "after"));
        lab.run(10_000);
        for (SimulatedPeer peer : List.of(one, other)) {
            assertThat(Lab.field(peer, "cars", "after", "color")).isEqualTo("blue");
            assertThat(Lab.field(peer, "cars", "both", "seen")).isEqualTo("by others");
            assertThat(Lab.field(peer, "cars", "both", "written")).isEqualTo("after");
        }
    }

    @Test
    void without_that_rule_what_others_have_seen_is_lost() {
        begin(Ablation.of(Ablation.Switch.NOCOPY));
        restore(true);
        lab.write(one, t -> Lab.set(t, "cars", "both", "written", "after"));
        lab.run(10_000);
        assertThat(List.of(one, other))
                .anyMatch(peer -> !Lab.field(peer, "cars", "both", "seen").equals("by others")
                        || !Lab.field(peer, "cars", "both", "written").equals("after"));
    }

    @Test
    void a_restore_that_nobody_noticed_is_proved_by_the_first_partner_that_has_seen_more() {
        begin(Ablation.NONE);
        StoreId before = storeId(one);
        restore(false);
        assertThat(storeId(one)).isEqualTo(before);
        // As many commits as the partner has seen, but others.
        lab.write(one, t -> Lab.insert(t, "cars", "new1", "color", "green"));
        lab.write(one, t -> Lab.insert(t, "cars", "new2", "color", "green"));
        lab.run(10_000);
        assertThat(lab.labels()).contains("RESET");
        assertThat(storeId(one)).isNotEqualTo(before);
        for (SimulatedPeer peer : List.of(one, other)) {
            assertThat(Lab.field(peer, "cars", "after", "color")).isEqualTo("blue");
            assertThat(Lab.field(peer, "cars", "new1", "color")).isEqualTo("green");
            assertThat(Lab.field(peer, "cars", "new2", "color")).isEqualTo("green");
        }
    }

    @Test
    void a_partner_that_has_seen_commits_beyond_the_newest_proves_it_too() {
        begin(Ablation.NONE);
        StoreId before = storeId(one);
        restore(false);
        lab.run(10_000);
        assertThat(storeId(one)).isNotEqualTo(before);
        assertThat(Lab.field(one, "cars", "after", "color")).isEqualTo("blue");
        assertThat(Lab.field(one, "cars", "both", "seen")).isEqualTo("by others");
    }

    @Test
    void without_comparing_the_chain_writes_of_the_restored_device_are_dropped() {
        begin(Ablation.of(Ablation.Switch.NOCHAIN));
        restore(false);
        lab.write(one, t -> Lab.insert(t, "cars", "new1", "color", "green"));
        lab.write(one, t -> Lab.insert(t, "cars", "new2", "color", "green"));
        lab.run(10_000);
        assertThat(Lab.field(other, "cars", "new1", "color")).isEqualTo("nothing");
    }
}
