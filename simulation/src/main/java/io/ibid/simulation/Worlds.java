package io.ibid.simulation;

import io.ibid.core.error.Ablation;
import io.ibid.simulation.kernel.Histories;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Many worlds, one after the other for who looks at them, several at once for the machine. Worlds have nothing in common. */
public final class Worlds {
    private static final int AHEAD = 4;

    private Worlds() {}

    /**
     * Runs the worlds of a range of seeds, each on one thread.
     *
     * @param last the last seed, inclusive
     * @param peers in each; 0: as many as the seed says
     * @param histories of single documents before each world: they show what is wrong although all agree on it
     * @param each gets the reports in the order of the seeds, up to the first with a violation
     */
    public static void run(
            long first, long last, int peers, int histories, Ablation ablation, Consumer<World.Report> each) {
        inOrder(first, last, seed -> run(seed, peers, histories, ablation), report -> {
            each.accept(report);
            return report.violation() == null;
        });
    }

    private static World.Report run(long seed, int peers, int histories, Ablation ablation) {
        String wrong = Histories.violation(seed * histories, histories, ablation);
        return wrong == null ? World.run(seed, peers, ablation) : World.Report.ofHistory(seed, wrong);
    }

    /** What peers can say to each other and none of those said in these worlds. */
    public static List<String> unseen(SortedSet<String> messages) {
        return Seen.ALL.stream().filter(message -> !messages.contains(message)).toList();
    }

    /** Computes something for each number on all cores, and hands it over in order until told to stop. */
    static <T> void inOrder(long first, long last, LongFunction<T> work, Predicate<T> goesOn) {
        int threads = Runtime.getRuntime().availableProcessors();
        ArrayDeque<Future<T>> running = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            long next = first;
            for (boolean more = true; more && (next <= last || !running.isEmpty()); ) {
                while (next <= last && running.size() < threads + AHEAD) {
                    long seed = next++;
                    running.add(pool.submit(() -> work.apply(seed)));
                }
                more = goesOn.test(resultOf(running.remove()));
            }
            running.forEach(future -> future.cancel(false));
        }
    }

    private static <T> T resultOf(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while worlds ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world broke down", e.getCause());
        }
    }
}
