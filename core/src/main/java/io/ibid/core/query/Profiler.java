package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures the operators of one execution. Operators call each other, so each is told what the ones below it took and handed up while it
 * worked, and subtracts that.
 */
final class Profiler {
    private final Limits clock;
    private final List<Measured> measured = new ArrayList<>();
    private long belowNs;
    private long handedUp;

    Profiler(Limits clock) {
        this.clock = clock;
    }

    /** What of a cursor's work its operator gets. */
    enum Part {
        COMPUTING,
        READING,
        /** It says itself what comes in, because it also runs what is inside it. */
        JOINING,
        /** The cursors inside measure their time themselves. */
        COUNT,
        /** They measure everything. */
        NOTHING
    }

    private record Measured(Plan plan, OperatorStats stats, OperatorStats fetch) {}

    OperatorStats stats(Plan plan) {
        return measured(plan).stats();
    }

    /** Of a scan that leads to documents, the reading of these. */
    OperatorStats fetch(Plan plan) {
        return measured(plan).fetch();
    }

    @SuppressWarnings("ReferenceEquality") // equal operators may stand at two places
    private Measured measured(Plan plan) {
        for (Measured known : measured) {
            if (known.plan() == plan) {
                return known;
            }
        }
        Measured added = new Measured(plan, new OperatorStats(), new OperatorStats());
        measured.add(added);
        return added;
    }

    Cursor measure(Cursor cursor, Plan plan, Part part) {
        return new MeasuredCursor(cursor, stats(plan), part, this);
    }

    /** For a cursor that reads entries and then documents. */
    Meter meter(Plan scan, Plan owner) {
        return new Meter(stats(scan), fetch(owner), this);
    }

    private record MeasuredCursor(Cursor cursor, OperatorStats stats, Part part, Profiler profiler) implements Cursor {
        @Override
        public boolean next() {
            long belowBefore = profiler.belowNs;
            long handedBefore = profiler.handedUp;
            profiler.belowNs = 0;
            profiler.handedUp = 0;
            long start = profiler.clock.nanoTime();
            boolean found = false;
            try {
                found = cursor.next();
                return found;
            } finally {
                long took = profiler.clock.nanoTime() - start;
                record(took - profiler.belowNs, found);
                profiler.belowNs = belowBefore + took;
                profiler.handedUp = handedBefore + (found ? 1 : 0);
            }
        }

        private void record(long ownNs, boolean found) {
            if (part == Part.NOTHING) {
                return;
            }
            stats.in += part == Part.JOINING ? 0 : profiler.handedUp;
            stats.out += found ? 1 : 0;
            if (part == Part.COMPUTING || part == Part.JOINING) {
                stats.computingNs += ownNs;
            } else if (part == Part.READING) {
                stats.storeNs += ownNs;
            }
        }

        @Override
        public boolean reopen() {
            return cursor.reopen();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    /** Measures reading entries of an index, or ids, and the documents they lead to. */
    static final class Meter {
        private final OperatorStats scan;
        private final OperatorStats fetch;
        private final Profiler profiler;
        private long startNs;

        private Meter(OperatorStats scan, OperatorStats fetch, Profiler profiler) {
            this.scan = scan;
            this.fetch = fetch;
            this.profiler = profiler;
        }

        static void start(@Nullable Meter meter) {
            if (meter != null) {
                meter.startNs = meter.profiler.clock.nanoTime();
            }
        }

        static void entry(@Nullable Meter meter, boolean found) {
            if (meter != null) {
                meter.scan.storeNs += meter.profiler.clock.nanoTime() - meter.startNs;
                meter.scan.out += found ? 1 : 0;
            }
        }

        static void document(@Nullable Meter meter, boolean found) {
            if (meter != null) {
                meter.fetch.storeNs += meter.profiler.clock.nanoTime() - meter.startNs;
                meter.fetch.in++;
                meter.fetch.out += found ? 1 : 0;
            }
        }
    }
}
