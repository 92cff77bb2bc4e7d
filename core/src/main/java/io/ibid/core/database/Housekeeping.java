package io.ibid.core.database;

import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import io.ibid.core.store.Change;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Reaper;
import io.ibid.core.store.Writer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Lets the store forget, soon after it was opened and then every day, in small steps between which other writers come. A step
 * that fails ends the walk; the next one begins anew. Confinement: loop.
 */
final class Housekeeping {
    private static final Logger LOG = Logs.of(Housekeeping.class);

    private static final long FIRST_AFTER_MS = 60_000;
    private static final long DAY_MS = 24 * 3_600_000L;

    private final Timers timers;
    private final Writer writer;
    private final Supplier<Reaper> walk;
    private final LongSupplier daysBetween;
    private boolean walking;

    /**
     * @param walk makes a walk with the settings in force then
     * @param daysBetween how long to wait for the next one, asked when one begins
     */
    Housekeeping(Timers timers, Writer writer, Supplier<Reaper> walk, LongSupplier daysBetween) {
        this.timers = timers;
        this.writer = writer;
        this.walk = walk;
        this.daysBetween = daysBetween;
    }

    /** From now on it runs by itself. */
    void start() {
        timers.after(FIRST_AFTER_MS, this::run);
    }

    private void run() {
        timers.after(daysBetween.getAsLong() * DAY_MS, this::run);
        if (!walking) {
            walking = true;
            step(walk.get());
        }
    }

    private void step(Reaper reaper) {
        Change[] change = new Change[1];
        writer.submit(head -> change[0] = reaper.step(head), decided -> {
            if (decided instanceof Decided.Failed(Throwable cause)) {
                LOG.warn("Forgetting expired tombstones stopped for today: {}", cause.getMessage());
                walking = false;
            } else if (reaper.isDone()) {
                if (reaper.reaped() > 0) {
                    LOG.info("{} expired tombstones were forgotten", reaper.reaped());
                }
                walking = false;
            } else {
                step(reaper);
            }
        });
    }
}
