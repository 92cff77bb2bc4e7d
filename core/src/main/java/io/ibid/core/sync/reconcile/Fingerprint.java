package io.ibid.core.sync.reconcile;

/**
 * What a set of items comes to: their number and the sum of their hashes modulo 2^128. The hashes are keyed anew for each session, so
 * nobody can prepare documents whose sums collide.
 */
public record Fingerprint(long count, long high, long low) {

    /** Of nothing. */
    public static final Fingerprint EMPTY = new Fingerprint(0, 0, 0);

    Fingerprint plus(long itemHigh, long itemLow) {
        long sum = low + itemLow;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Fingerprint(count + 1, high + itemHigh + carry, sum);
    }

    Fingerprint minus(Fingerprint part) {
        long borrow = Long.compareUnsigned(low, part.low) < 0 ? 1 : 0;
        return new Fingerprint(count - part.count, high - part.high - borrow, low - part.low);
    }
}
