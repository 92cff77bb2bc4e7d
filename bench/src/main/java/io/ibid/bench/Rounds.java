package io.ibid.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of all sides, round by round. Sides take turns within a round, and the one that begins rotates, so that what the machine
 * does meanwhile hits all of them alike; a ratio is formed within its round.
 */
public final class Rounds {

    /** One side of a comparison: measures once, in the row's unit. */
    @FunctionalInterface
    public interface Side {
        double measure(int round) throws IOException, InterruptedException;
    }

    private static final int WARM_UP = 2;

    private final double[][] valuesBySide;

    private Rounds(double[][] valuesBySide) {
        this.valuesBySide = valuesBySide;
    }

    /** Lets the sides take turns, ours first in the list, after a warm-up that does not count. */
    public static Rounds take(int rounds, List<Side> sides) throws IOException, InterruptedException {
        double[][] values = new double[sides.size()][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int turn = 0; turn < sides.size(); turn++) {
                int side = Math.floorMod(round + turn, sides.size());
                System.gc();
                double value = sides.get(side).measure(round + WARM_UP);
                if (round >= 0) {
                    values[side][round] = value;
                }
            }
        }
        return new Rounds(values);
    }

    /** Of several references, the one with the best median. */
    public int best(Better better, int... sides) {
        int best = sides[0];
        for (int side : sides) {
            if (better.reaches(median(side), median(best))) {
                best = side;
            }
        }
        return best;
    }

    public double median(int side) {
        return median(valuesBySide[side]);
    }

    /** The line that compares side 0 with another one. */
    public Measurement compare(
            String bench, String reference, int side, String unit, Better better, @Nullable Double goal) {
        double[] ratios = new double[valuesBySide[0].length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = valuesBySide[0][round] / valuesBySide[side][round];
        }
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return new Measurement(
                bench,
                reference,
                median(0),
                median(side),
                unit,
                better,
                median(ratios),
                sorted[0],
                sorted[sorted.length - 1],
                goal,
                false);
    }

    /** The median; of an even number of values the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of a list of nanoseconds, in microseconds. */
    public static double medianMicros(List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        sorted.sort(null);
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2) / 1e3;
    }
}
