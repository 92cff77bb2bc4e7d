package io.ibid.core.sync.reconcile;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of ranges. A place is written as the distance of its time to the last one in the message and as many bytes of its hash as are
 * not zero: the ends of ranges are chosen so that this is one or two. Stateless.
 */
public final class RangeCodec {
    private static final int SETTLED = 0;
    private static final int SUM = 1;
    private static final int LISTING = 2;
    /** End, number, time, hash and item. */
    private static final int ITEM_BYTES_MIN = 18;

    private RangeCodec() {}

    public static void write(ByteWriter out, List<Range> ranges) {
        out.varint(ranges.size());
        long time = 0;
        for (Range range : ranges) {
            time = place(out, range.end(), time);
            switch (range.summary()) {
                case Range.Settled settled -> out.u8(SETTLED);
                case Range.Sum(Fingerprint sum) ->
                    out.u8(SUM).varint(sum.count()).fixed64(sum.high()).fixed64(sum.low());
                case Range.Listing(List<Item> items) -> {
                    out.u8(LISTING).varint(items.size());
                    for (Item item : items) {
                        time = place(out, item.place(), time);
                        out.fixed64(item.high()).fixed64(item.low());
                    }
                }
            }
        }
    }

    private static long place(ByteWriter out, Place place, long time) {
        int zeros = place.hash() == 0 ? Long.BYTES : Long.numberOfTrailingZeros(place.hash()) / Byte.SIZE;
        int bytes = Long.BYTES - zeros;
        out.zigzag(place.time() - time).u8(bytes);
        for (int i = 0; i < bytes; i++) {
            out.u8((int) (place.hash() >>> Long.SIZE - Byte.SIZE * (i + 1)) & 0xff);
        }
        return place.time();
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @param max how many ranges and items there may be
     * @throws MalformedException when it is something else, or more
     */
    public static List<Range> read(ByteReader in, int max) {
        int left = max;
        int size = in.count(3);
        left -= size;
        long[] time = new long[1];
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            require(left >= 0);
            Place end = place(in, time);
            int kind = in.u8();
            switch (kind) {
                case SETTLED -> ranges.add(new Range(end, Range.SETTLED));
                case SUM ->
                    ranges.add(new Range(end, new Range.Sum(new Fingerprint(in.varint(), in.fixed64(), in.fixed64()))));
                case LISTING -> {
                    int count = in.count(ITEM_BYTES_MIN);
                    left -= count;
                    require(left >= 0);
                    List<Item> items = new ArrayList<>(count);
                    for (int n = 0; n < count; n++) {
                        items.add(new Item(place(in, time), in.fixed64(), in.fixed64()));
                    }
                    ranges.add(new Range(end, new Range.Listing(items)));
                }
                default -> throw new MalformedException("a range of the unknown kind " + kind);
            }
        }
        return ranges;
    }

    private static void require(boolean isWithin) {
        if (!isWithin) {
            throw new MalformedException("more ranges and items than a message may have");
        }
    }

    private static Place place(ByteReader in, long[] time) {
        time[0] += in.zigzag();
        int bytes = in.u8();
        if (bytes > Long.BYTES) {
            throw new MalformedException("a hash of " + bytes + " bytes");
        }
        long hash = 0;
        for (int i = 0; i < bytes; i++) {
            hash |= (long) in.u8() << Long.SIZE - Byte.SIZE * (i + 1);
        }
        return new Place(time[0], hash);
    }
}
