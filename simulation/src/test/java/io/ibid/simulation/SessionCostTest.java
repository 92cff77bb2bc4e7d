package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session costs, in bytes, round trips and waiting. */
class SessionCostTest extends SessionScene {
    @Test
    void a_change_of_one_field_costs_its_value_and_at_most_64_bytes_with_its_cut_and_ack() {
        connect();
        insertCars(device, 100);
        lab.run(1_000);
        lab.write(device, t -> Lab.set(t, "cars", "id-100007", "field3", "first"));
        lab.run(1_000);
        for (int i = 0; i < 3; i++) {
            int round = i;
            int bytes = lab.bytesWhile(() -> {
                lab.write(device, t -> Lab.set(t, "cars", "id-100007", "field3", "other" + round));
                lab.run(500);
            });
            assertThat(lab.labels()).containsExactly("CHUNK", "CUT", "ACK");
            assertThat(bytes).isLessThanOrEqualTo(64 + 7);
        }
        assertThat(Lab.field(server, "cars", "id-100007", "field3")).isEqualTo("other2");
    }

    @Test
    void the_first_change_after_a_silence_does_not_wait() {
        connect();
        lab.run(5_000);
        lab.sent.clear();
        lab.write(device, t -> Lab.insert(t, "cars", "c", "x", 1));
        long committedUs = lab.time.nowUs();
        lab.run(50);
        assertThat(lab.sent.getFirst().labels()).containsExactly("CHUNK", "CUT");
        assertThat(lab.sent.getFirst().atUs() - committedUs).isLessThan(1_000);
    }

    @Test
    void to_connect_again_without_news_takes_one_round_trip_and_200_bytes() {
        connect();
        insertCars(server, 300);
        lab.run(3_000);
        device.die(false);
        lab.run(1_000);
        lab.sent.clear();
        lab.start(device, List.of(server), CARS);
        lab.run(900);
        List<Lab.Sent> afterHello = lab.sent.stream()
                .filter(frame -> !frame.labels().contains("HELLO"))
                .toList();
        assertThat(afterHello.stream().flatMap(frame -> frame.labels().stream()))
                .containsOnly("SUBS", "RESUME", "RESUME_OK");
        assertThat(afterHello.stream().mapToInt(Lab.Sent::bytes).sum()).isLessThanOrEqualTo(200);
        long tookUs = afterHello.getLast().atUs() - afterHello.getFirst().atUs();
        assertThat(tookUs).isLessThan(2_000);
    }

    @Test
    void to_come_back_in_the_same_process_costs_no_more() {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        insertCars(server, 300);
        lab.start(device, List.of(server), CARS);
        lab.run(3_000);
        for (int i = 0; i < 3; i++) {
            Lab.process(device).database().sync().stop();
            lab.run(200);
            lab.sent.clear();
            Lab.process(device).database().sync().start();
            lab.run(3_000);
            assertThat(lab.labels())
                    .containsExactlyInAnyOrder(
                            "HELLO", "HELLO", "SUBS", "SUBS", "RESUME", "RESUME", "RESUME_OK", "RESUME_OK");
            assertThat(lab.sent.stream()
                            .filter(frame -> !frame.labels().contains("HELLO"))
                            .mapToInt(Lab.Sent::bytes)
                            .sum())
                    .isLessThanOrEqualTo(200);
        }
    }

    @Test
    void a_hundred_changes_cost_about_sixty_bytes_each_in_a_new_session() {
        connect();
        insertCars(server, 10_000);
        lab.run(10_000);
        assertThat(Lab.field(device, "cars", "id-109999", "field0")).isNotEqualTo("nothing");
        device.die(false);
        for (int i = 0; i < 100; i++) {
            int number = 100_000 + i * 97;
            lab.write(server, t -> Lab.set(t, "cars", "id-" + number, "field5", "changed" + number));
        }
        lab.run(1_000);
        lab.sent.clear();
        lab.start(device, List.of(server), CARS);
        lab.run(2_000);
        assertThat(Lab.field(device, "cars", "id-109603", "field5")).isEqualTo("changed109603");
        int bytes = lab.sent.stream()
                .filter(frame -> !frame.labels().contains("HELLO"))
                .mapToInt(Lab.Sent::bytes)
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(6_000);
    }

    @Test
    void a_change_that_nobody_wants_is_one_small_cut_a_second() {
        connect();
        lab.run(3_000);
        int bytes = lab.bytesWhile(() -> {
            for (int i = 0; i < 50; i++) {
                int round = i;
                lab.write(server, t -> Lab.insert(t, "bikes", "b" + round, "x", 1));
                lab.run(60);
            }
        });
        assertThat(lab.labels().stream().filter("CUT"::equals).count()).isBetween(2L, 5L);
        assertThat(lab.labels()).doesNotContain("CHUNK");
        assertThat(bytes).isLessThan(200);
        assertThat(Lab.head(device)).isZero();
    }

    @Test
    void two_idle_peers_say_nothing_but_ping() {
        connect();
        insertCars(device, 10);
        lab.run(40_000);
        lab.sent.clear();
        lab.run(60_000);
        assertThat(lab.labels()).containsOnly("PING");
        assertThat(lab.labels()).hasSizeLessThanOrEqualTo(64);
    }
}
