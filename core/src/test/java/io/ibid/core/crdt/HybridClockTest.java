package io.ibid.core.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.IbidException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final long NOW = 1_750_000_000_000L;
    private static final Actor A = new Actor(0, 1);

    private static HybridClock clock(long wallMs, long ceiling) {
        return new HybridClock(wallMs, ceiling, HybridClock.HARD_BOUND_MS);
    }

    @Test
    void times_follow_the_wall_clock_and_count_within_a_millisecond() {
        HybridClock clock = clock(NOW, 0);
        assertThat(clock.tick(NOW + 5)).isEqualTo(HybridClock.at(NOW + 5));
        assertThat(clock.tick(NOW + 5)).isEqualTo(HybridClock.at(NOW + 5) + 1);
        assertThat(clock.tick(NOW + 6)).isEqualTo(HybridClock.at(NOW + 6));
        assertThat(HybridClock.milliseconds(clock.last())).isEqualTo(NOW + 6);
    }

    @Test
    void the_counter_overflows_into_the_milliseconds() {
        HybridClock clock = clock(NOW, 0);
        long last = clock.tick(NOW);
        for (int i = 0; i < 65_536; i++) {
            long next = clock.tick(NOW);
            assertThat(next).isEqualTo(last + 1);
            last = next;
        }
        assertThat(HybridClock.milliseconds(last)).isEqualTo(NOW + 1);
    }

    @Test
    void a_wall_clock_that_goes_back_does_not_take_the_times_with_it() {
        HybridClock clock = clock(NOW, 0);
        long before = clock.tick(NOW + 60_000);
        assertThat(clock.tick(NOW)).isEqualTo(before + 1);
        assertThat(clock.tick(-5)).isEqualTo(before + 2);
    }

    @Test
    void no_time_is_issued_twice_over_restarts_with_the_wall_clock_anywhere() {
        Random random = new Random(3);
        long stored = 0;
        long greatestIssued = 0;
        for (int run = 0; run < 2_000; run++) {
            HybridClock clock = clock(random.nextInt(100_000), stored);
            for (int i = random.nextInt(40); i > 0; i--) {
                long time = clock.tick(random.nextInt(100_000));
                assertThat(time).isGreaterThan(greatestIssued);
                greatestIssued = time;
                assertThat(clock.ceiling()).isGreaterThan(time);
                stored = Math.max(stored, clock.ceiling()); // in the same batch as what was written at that time
            }
        }
    }

    @Test
    void the_lease_is_renewed_every_ten_seconds_and_not_with_every_tick() {
        HybridClock clock = clock(NOW, 0);
        int renewals = 0;
        long ceiling = 0;
        for (int ms = 0; ms < 100_000; ms += 10) {
            clock.tick(NOW + ms);
            renewals += clock.ceiling() != ceiling ? 1 : 0;
            ceiling = clock.ceiling();
        }
        assertThat(renewals).isEqualTo(10);
    }

    @Test
    void times_within_the_soft_bound_are_adopted_and_later_ones_stay_with_their_document() {
        HybridClock clock = clock(NOW, 0);
        long near = HybridClock.at(NOW + HybridClock.SOFT_BOUND_MS);
        assertThat(clock.observe(near, NOW)).isTrue();
        assertThat(clock.tick(NOW)).isEqualTo(near + 1);
        long far = HybridClock.at(NOW + HybridClock.SOFT_BOUND_MS + 1);
        assertThat(clock.observe(far, NOW)).isFalse();
        long tick = clock.tick(NOW);
        assertThat(tick).isEqualTo(near + 2);
        assertThat(HybridClock.timeFor(VersionVector.of(A, far), tick)).isEqualTo(far + 1);
        assertThat(HybridClock.timeFor(VersionVector.of(A, near), tick)).isEqualTo(tick);
        assertThat(HybridClock.timeFor(VersionVector.EMPTY, tick)).isEqualTo(tick);
    }

    @Test
    void of_a_documents_times_only_the_acceptable_ones_are_adopted() {
        HybridClock clock = clock(NOW, 0);
        long near = HybridClock.at(NOW + 1_000);
        clock.observe(VersionVector.of(A, near).with(new Dot(HybridClock.at(NOW + 900_000), new Actor(0, 2))), NOW);
        assertThat(clock.last()).isEqualTo(near);
    }

    @Test
    void documents_beyond_the_hard_bound_are_not_acceptable() {
        HybridClock device = clock(NOW, 0);
        HybridClock server = new HybridClock(NOW, 0, HybridClock.SERVER_HARD_BOUND_MS);
        VersionVector inAnHour = VersionVector.of(A, HybridClock.at(NOW + 3_600_000));
        VersionVector inTwoHours = VersionVector.of(A, HybridClock.at(NOW + 7_200_000));
        assertThat(server.isAcceptable(inAnHour, NOW)).isTrue();
        assertThat(server.isAcceptable(inTwoHours, NOW)).isFalse();
        assertThat(device.isAcceptable(inTwoHours, NOW)).isTrue();
        assertThat(device.isAcceptable(VersionVector.of(A, -1), NOW)).isFalse();
        assertThat(device.isAcceptable(VersionVector.EMPTY, NOW)).isTrue();
    }

    @Test
    void a_device_in_1970_writes_later_than_what_it_has_seen() {
        HybridClock clock = clock(0, 0);
        VersionVector seen = VersionVector.of(A, HybridClock.at(NOW));
        assertThat(clock.observe(HybridClock.at(NOW), 0)).isFalse();
        assertThat(HybridClock.timeFor(seen, clock.tick(0))).isEqualTo(HybridClock.at(NOW) + 1);
        assertThat(clock.tick(0)).isGreaterThan(Edit.INITIAL_HLC);
    }

    @Test
    void times_are_unsigned_up_to_the_end() {
        long late = HybridClock.at(1L << 47); // the sign bit of the whole
        HybridClock clock = new HybridClock(1L << 47, 0, Long.MAX_VALUE);
        assertThat(Long.compareUnsigned(clock.tick(0), late)).isPositive();
        assertThat(Long.compareUnsigned(clock.ceiling(), clock.last())).isPositive();
        assertThatThrownBy(() -> HybridClock.timeFor(VersionVector.of(A, -1), 5))
                .isInstanceOf(IbidException.class);
    }
}
