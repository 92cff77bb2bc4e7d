package io.ibid.core.sync;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Logs;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Head;
import io.ibid.core.store.Writer;
import org.slf4j.Logger;

/**
 * Gives the store a new id when a partner proves that another history goes by the present one. Whoever proves it may lie, so it happens
 * once an hour at most; nobody honest has a second reason, since nobody has seen anything of the new id. Loop only.
 */
final class Renewals {
    private static final Logger log = Logs.of(Renewals.class);

    private static final long PAUSE_MS = 3_600_000;

    private final Clock clock;
    private final Writer writer;
    private final Runnable renewed;
    private long notBeforeMs = Long.MIN_VALUE;

    /** @param renewed told when the new id is durable: what partners were told before is no longer true */
    Renewals(Clock clock, Writer writer, Runnable renewed) {
        this.clock = clock;
        this.writer = writer;
        this.renewed = renewed;
    }

    void request(String why) {
        long nowMs = clock.monotonicMs();
        if (nowMs < notBeforeMs) {
            return;
        }
        notBeforeMs = nowMs + PAUSE_MS;
        log.error("this store was restored or copied ({}): it goes on under a new store id", why);
        writer.submit(Head::renewal, decided -> {
            if (decided instanceof Decided.Failed(Throwable cause)) {
                log.warn("the store keeps its id: {}", cause.getMessage());
            } else {
                renewed.run();
            }
        });
    }
}
