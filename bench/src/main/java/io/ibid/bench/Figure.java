package io.ibid.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One figure that was taken several times, beside what no protocol could go below. */
public final class Figure {
    private Figure() {}

    /**
     * The line of a row.
     *
     * @param floor the reference's value, in the same unit
     * @param bound what the value must reach; null: nothing
     */
    public static Measurement of(
            String bench,
            String reference,
            List<Double> values,
            double floor,
            String unit,
            Better better,
            @Nullable Double bound) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        double median = Rounds.median(sorted);
        double[] ratios = Arrays.stream(sorted).map(value -> value / floor).toArray();
        return new Measurement(
                bench,
                reference,
                median,
                floor,
                unit,
                better,
                median / floor,
                ratios[0],
                ratios[ratios.length - 1],
                bound,
                true);
    }
}
