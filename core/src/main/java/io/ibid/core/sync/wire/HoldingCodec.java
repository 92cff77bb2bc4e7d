package io.ibid.core.sync.wire;

import io.ibid.core.sync.reconcile.HashFilter;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a HELD behind its collection. Stateless. */
final class HoldingCodec {
    private static final int ASK = 0;
    private static final int FILTER = 1;
    private static final int LIST_PLEASE = 2;
    private static final int LIST = 3;
    private static final int HITS = 4;

    private HoldingCodec() {}

    static void write(ByteWriter out, Holding holding) {
        switch (holding) {
            case Holding.Ask(int candidates) -> out.u8(ASK).varint(candidates);
            case Holding.Filter(HashFilter held) -> held.write(out.u8(FILTER));
            case Holding.ListPlease please -> out.u8(LIST_PLEASE);
            case Holding.Listing(List<Long> hashes) -> {
                out.u8(LIST).varint(hashes.size());
                hashes.forEach(out::fixed64);
            }
            case Holding.Hits(List<Integer> places) -> {
                out.u8(HITS).varint(places.size());
                int next = 0;
                for (int place : places) {
                    out.varint(place - next);
                    next = place + 1;
                }
            }
        }
    }

    static Holding read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case ASK -> new Holding.Ask(atLeastOne(in.varint(Holding.CANDIDATES_MAX)));
            case FILTER -> new Holding.Filter(HashFilter.read(in));
            case LIST_PLEASE -> new Holding.ListPlease();
            case LIST -> new Holding.Listing(hashes(in));
            case HITS -> new Holding.Hits(places(in));
            default -> throw new ProtocolException("HELD of the unknown kind " + kind);
        };
    }

    private static int atLeastOne(int candidates) {
        if (candidates == 0) {
            throw new ProtocolException("HELD asks about nothing");
        }
        return candidates;
    }

    private static List<Long> hashes(ByteReader in) {
        int size = size(in, Long.BYTES);
        List<Long> hashes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            hashes.add(in.fixed64());
        }
        return hashes;
    }

    private static List<Integer> places(ByteReader in) {
        int size = size(in, 1);
        List<Integer> places = new ArrayList<>(size);
        int next = 0;
        for (int i = 0; i < size; i++) {
            int place = next + in.varint(Holding.CANDIDATES_MAX - 1);
            if (place >= Holding.CANDIDATES_MAX) {
                throw new ProtocolException("HELD with a hit at " + place);
            }
            places.add(place);
            next = place + 1;
        }
        return places;
    }

    private static int size(ByteReader in, int bytesPerItem) {
        int size = in.count(bytesPerItem);
        if (size > Holding.CANDIDATES_MAX) {
            throw new ProtocolException(FaultCode.LIMIT, "HELD with a list of " + size + " items");
        }
        return size;
    }
}
