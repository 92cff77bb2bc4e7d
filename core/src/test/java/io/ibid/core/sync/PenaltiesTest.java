package io.ibid.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenaltiesTest {
    private static final PeerKey RUDE = key(1);

    private final Penalties penalties = new Penalties();

    private static PeerKey key(int number) {
        byte[] bytes = new byte[33];
        bytes[0] = 2;
        bytes[1] = (byte) number;
        bytes[2] = (byte) (number >> 8);
        return PeerKey.of(bytes);
    }

    @Test
    void each_violation_doubles_the_time_up_to_ten_minutes() {
        long now = 0;
        for (long length = 1_000; length < 600_000; length *= 2) {
            penalties.add(RUDE, "what it did", now);
            assertThat(penalties.leftMs(RUDE, now)).isEqualTo(length);
            assertThat(penalties.leftMs(RUDE, now + length)).isZero();
            now += length;
        }
        for (int i = 0; i < 5; i++) {
            penalties.add(RUDE, "what it did last", now);
            assertThat(penalties.leftMs(RUDE, now)).isEqualTo(600_000);
            now += 600_000;
        }
        assertThat(penalties.reason(RUDE)).isEqualTo("what it did last");
    }

    @Test
    void an_hour_without_makes_it_forgotten() {
        penalties.add(RUDE, "once", 0);
        penalties.add(RUDE, "twice", 2_000);
        penalties.add(RUDE, "much later", 4_000 + 3_600_001);
        assertThat(penalties.leftMs(RUDE, 4_000 + 3_600_001)).isEqualTo(1_000);
    }

    @Test
    void others_are_not_concerned_and_a_crowd_does_not_grow_the_list_for_ever() {
        for (int i = 0; i < 2_000; i++) {
            penalties.add(key(i + 2), "a crowd", 0);
        }
        assertThat(penalties.leftMs(key(2), 0)).isEqualTo(1_000);
        assertThat(penalties.leftMs(key(1_999), 0)).isZero();
        assertThat(penalties.leftMs(RUDE, 0)).isZero();
    }
}
