package io.ibid.core.sync.reconcile;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of hashes in about ten bits each, that takes one hash in 256 for a member which is none: a Golomb-Rice set. The hashes are scaled to
 * 256 places per member, sorted, and their distances written: the quotient by 256 in unary, the rest in eight bits, most significant bit
 * first. Immutable.
 */
public final class HashFilter {
    /** More members make no filter. */
    public static final int SIZE_MAX = 64_000;

    private static final int REST_BITS = 8;

    /** Ascending, below 256 times their number. */
    private final int[] places;

    private HashFilter(int[] places) {
        this.places = places;
    }

    /** The filter of the first {@code size} hashes. */
    public static HashFilter of(long[] hashes, int size) {
        if (size > SIZE_MAX) {
            throw new IllegalArgumentException("a filter of " + size + " hashes");
        }
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = place(hashes[i], size);
        }
        Arrays.sort(places);
        return new HashFilter(places);
    }

    private static int place(long hash, int size) {
        return (int) Math.unsignedMultiplyHigh(hash, (long) size << REST_BITS);
    }

    public int size() {
        return places.length;
    }

    /** Whether the hash is in the set; true for some that are not. */
    public boolean mayContain(long hash) {
        return Arrays.binarySearch(places, place(hash, places.length)) >= 0;
    }

    /** Appends number and bits. */
    public void write(ByteWriter out) {
        out.varint(places.length);
        int accumulated = 0;
        int bits = 0;
        int before = 0;
        for (int place : places) {
            int distance = place - before;
            before = place;
            for (int quotient = distance >>> REST_BITS; quotient >= 0; quotient--) {
                accumulated = accumulated << 1 | (quotient > 0 ? 1 : 0);
                bits++;
                if (bits == Byte.SIZE) {
                    out.u8(accumulated & 0xff);
                    bits = 0;
                }
            }
            accumulated = accumulated << REST_BITS | distance & 0xff;
            out.u8(accumulated >>> bits & 0xff);
        }
        if (bits > 0) {
            out.u8(accumulated << Byte.SIZE - bits & 0xff);
        }
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws MalformedException when it is something else
     */
    public static HashFilter read(ByteReader in) {
        int size = in.varint(SIZE_MAX);
        // Each member takes nine bits at least.
        if (size * (REST_BITS + 1L) > (long) in.remaining() * Byte.SIZE) {
            throw new MalformedException("a filter of " + size + " hashes in " + in.remaining() + " bytes");
        }
        int[] places = new int[size];
        Bits bits = new Bits(in);
        int before = 0;
        for (int i = 0; i < size; i++) {
            int quotient = 0;
            while (quotient < size && bits.next(1) == 1) {
                quotient++;
            }
            before += (quotient << REST_BITS) + bits.next(REST_BITS);
            if (before >= size << REST_BITS) {
                throw new MalformedException("a filter with a place beyond its end");
            }
            places[i] = before;
        }
        bits.expectPadding();
        return new HashFilter(places);
    }

    private static final class Bits {
        private final ByteReader in;
        private int accumulated;
        private int left;

        Bits(ByteReader in) {
            this.in = in;
        }

        int next(int count) {
            if (left < count) {
                accumulated = (accumulated & (1 << left) - 1) << Byte.SIZE | in.u8();
                left += Byte.SIZE;
            }
            left -= count;
            return accumulated >>> left & (1 << count) - 1;
        }

        void expectPadding() {
            if (next(left) != 0) {
                throw new MalformedException("a filter with bits behind its end");
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashFilter that && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(places);
    }

    @Override
    public String toString() {
        return "filter of " + places.length;
    }
}
