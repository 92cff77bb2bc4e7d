package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(1024 * 1024, 20);

    @Test
    void small_bodies_count_for_nothing() throws InterruptedException {
        try (BodyBudget.Share all = budget.share()) {
            all.cover(1024 * 1024);
            for (int i = 0; i < 1000; i++) {
                budget.share().cover(64 * 1024);
            }
        }
    }

    @Test
    void who_finds_no_room_is_told_to_come_back_and_finds_it_when_another_one_is_done() throws InterruptedException {
        try (BodyBudget.Share second = budget.share()) {
            try (BodyBudget.Share first = budget.share()) {
                first.cover(600 * 1024);
                assertThatThrownBy(() -> second.cover(600 * 1024)).isInstanceOfSatisfying(Refusal.class, e -> {
                    assertThat(e.failure().status()).isEqualTo(503);
                    assertThat(e.failure().headers()).containsEntry("Retry-After", "1");
                });
            }
            second.cover(600 * 1024);
            second.cover(1024 * 1024);
        }
        try (BodyBudget.Share all = budget.share()) {
            all.cover(1024 * 1024);
        }
    }
}
