package io.ibid.bench;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One line of output: ours against one reference.
 *
 * @param bench the row, {@code store/insert-100}
 * @param reference what it is compared with, {@code sqlite}
 * @param value ours: the median of the rounds, in {@code unit}
 * @param referenceValue the reference's median, in {@code unit}
 * @param ratio the median of the rounds' {@code value / referenceValue}
 * @param ratioMin the least ratio of a round
 * @param ratioMax the greatest ratio of a round
 * @param goal what the ratio must reach, or the value when {@code goalIsBound}; null: no goal
 * @param goalIsBound whether the goal is a bound in the row's unit
 */
public record Measurement(
        String bench,
        String reference,
        double value,
        double referenceValue,
        String unit,
        Better better,
        double ratio,
        double ratioMin,
        double ratioMax,
        @Nullable Double goal,
        boolean goalIsBound) {

    /** Whether the goal is reached; null without a goal. */
    public @Nullable Boolean met() {
        return goal == null ? null : better.reaches(goalIsBound ? value : ratio, goal);
    }

    /** One JSON object, as scripts read it. */
    public String json() {
        // Field by field, because the order of the fields is part of the contract with readers' eyes.
        return "{\"bench\":" + text(bench)
                + ",\"reference\":" + text(reference)
                + ",\"value\":" + number(value)
                + ",\"referenceValue\":" + number(referenceValue)
                + ",\"unit\":" + text(unit)
                + ",\"better\":" + text(better.text())
                + ",\"ratio\":" + number(ratio)
                + ",\"spread\":[" + number(ratioMin) + "," + number(ratioMax) + "]"
                + ",\"goal\":" + (goal == null ? "null" : number(goal))
                + ",\"met\":" + met() + "}";
    }

    private static String text(String text) {
        return Json.write(Value.of(text));
    }

    /** Four significant digits: more would only be noise. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == 0) {
            return "0";
        }
        int digits = 3 - (int) Math.floor(Math.log10(Math.abs(value)));
        return java.math.BigDecimal.valueOf(value)
                .setScale(digits, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
