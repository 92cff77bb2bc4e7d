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

    /** One side of a comparison: does one slice's work and returns a value in the row's unit. */
    @FunctionalInterface
    public interface Side {
        /** @param slice counted from 0 over the whole run; the same work for every side */
        double measure(int slice) throws IOException, InterruptedException;
    }

    /** The warm-up takes so many rounds at least, and goes on until the compilers have had this time or it took so many. */
    private static final int WARM_UP_ROUNDS = 2;

    private static final long WARM_UP_NS = 8_000_000_000L;
    private static final int WARM_UP_ROUNDS_MAX = 60;

    private final double[][] valuesBySide;

    private Rounds(double[][] valuesBySide) {
        this.valuesBySide = valuesBySide;
    }

    /**
     * Lets the sides take turns, ours first in the list, after a warm-up that does not count.
     *
     * @param slices how often each side has its turn within a round, a short one each time: a disk or a machine that is slow for a
     *     second must not hit one side only. The round's value is the mean: of rates the harmonic one, since the slices are equal work
     */
    public static Rounds take(int rounds, int slices, Better better, List<Side> sides)
            throws IOException, InterruptedException {
        return take(rounds, slices, better, sides, WARM_UP_NS);
    }

    static Rounds take(int rounds, int slices, Better better, List<Side> sides, long warmUpNs)
            throws IOException, InterruptedException {
        int slice = 0;
        long warmUntil = System.nanoTime() + warmUpNs;
        for (int round = 0; round < WARM_UP_ROUNDS_MAX; round++) {
            if (round >= WARM_UP_ROUNDS && System.nanoTime() > warmUntil) {
                break;
            }
            round(slices, slice, better, sides);
            slice += slices;
        }
        double[][] values = new double[sides.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            System.gc();
            double[] valueBySide = round(slices, slice, better, sides);
            slice += slices;
            for (int side = 0; side < valueBySide.length; side++) {
                values[side][round] = valueBySide[side];
            }
        }
        return new Rounds(values);
    }

    private static double[] round(int slices, int firstSlice, Better better, List<Side> sides)
            throws IOException, InterruptedException {
        double[] sums = new double[sides.size()];
        for (int slice = firstSlice; slice < firstSlice + slices; slice++) {
            for (int turn = 0; turn < sums.length; turn++) {
                int side = (slice + turn) % sums.length;
                double value = sides.get(side).measure(slice);
                sums[side] += better == Better.HIGHER ? 1 / value : value;
            }
        }
        double[] values = new double[sums.length];
        for (int side = 0; side < sums.length; side++) {
            values[side] = better == Better.HIGHER ? slices / sums[side] : sums[side] / slices;
        }
        return values;
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

    /** The same rounds with another side in the place of ours, for a second row of one run. */
    public Rounds from(int side) {
        double[][] others = valuesBySide.clone();
        others[0] = valuesBySide[side];
        return new Rounds(others);
    }

    /** As {@link #compare}, with a goal in the row's unit instead of one for the ratio. */
    public Measurement bounded(String bench, String reference, int side, String unit, Better better, double bound) {
        Measurement one = compare(bench, reference, side, unit, better, bound);
        return new Measurement(
                bench,
                reference,
                one.value(),
                one.referenceValue(),
                unit,
                better,
                one.ratio(),
                one.ratioMin(),
                one.ratioMax(),
                bound,
                true);
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
