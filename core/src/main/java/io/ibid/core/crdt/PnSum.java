package io.ibid.core.crdt;

import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The arithmetic of PN counters, the same on every replica: integers add up exactly (a sum beyond 64 bits becomes a float); as
 * soon as one share is a float, all are added as floats in the order of their actors, because float addition is not associative.
 * Floats stop at the greatest finite one instead of becoming infinite.
 */
final class PnSum {

    private PnSum() {}

    /** The sum of all live PN cells of the slot. */
    static Value of(Slot slot) {
        List<Integer> cells = new ArrayList<>(slot.size());
        boolean exact = true;
        for (int i = 0; i < slot.size(); i++) {
            if (slot.cell(i) instanceof Cell.PnCounter cell) {
                cells.add(i);
                exact &= cell.increment() instanceof Value.Int;
            }
        }
        cells.sort(Comparator.comparing(
                slot::dot, Comparator.comparing(Dot::actor).thenComparing(Comparator.naturalOrder())));
        BigInteger whole = BigInteger.ZERO;
        double sum = 0;
        for (int i : cells) {
            Value increment = ((Cell.PnCounter) slot.cell(i)).increment();
            if (exact) {
                whole = whole.add(BigInteger.valueOf(((Value.Int) increment).value()));
            } else {
                sum += toDouble(increment);
            }
        }
        return exact ? narrowed(whole) : finite(sum);
    }

    static Value add(Value a, Value b) {
        return a instanceof Value.Int x && b instanceof Value.Int y
                ? narrowed(BigInteger.valueOf(x.value()).add(BigInteger.valueOf(y.value())))
                : finite(toDouble(a) + toDouble(b));
    }

    static Value subtract(Value a, Value b) {
        return a instanceof Value.Int x && b instanceof Value.Int y
                ? narrowed(BigInteger.valueOf(x.value()).subtract(BigInteger.valueOf(y.value())))
                : finite(toDouble(a) - toDouble(b));
    }

    private static Value narrowed(BigInteger sum) {
        return sum.bitLength() < Long.SIZE ? Value.of(sum.longValue()) : finite(sum.doubleValue());
    }

    private static Value finite(double sum) {
        return Value.of(Math.clamp(sum, -Double.MAX_VALUE, Double.MAX_VALUE));
    }

    private static double toDouble(Value number) {
        return switch (number) {
            case Value.Int whole -> whole.value();
            case Value.Float real -> real.value();
            default -> throw new AssertionError("a PN counter holds numbers only, not " + number);
        };
    }
}
