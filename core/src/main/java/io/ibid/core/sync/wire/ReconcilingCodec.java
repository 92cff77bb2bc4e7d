package io.ibid.core.sync.wire;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.reconcile.Range;
import io.ibid.core.sync.reconcile.RangeCodec;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a RECON behind its query. Stateless. */
final class ReconcilingCodec {
    private static final int OPEN = 0;
    private static final int EQUAL = 1;
    private static final int RANGES = 2;
    private static final int WANT = 3;
    private static final int PLAIN = 4;
    private static final int REPLIES = 5;
    private static final int DECLINED = 6;
    /** A hash and an empty vector. */
    private static final int WANTED_BYTES_MIN = 9;

    private ReconcilingCodec() {}

    static void write(ByteWriter out, VocabularyWriter words, Reconciling step) {
        switch (step) {
            case Reconciling.Open(Fingerprint all) -> {
                out.u8(OPEN).varint(all.count());
                if (all.count() != 0) {
                    out.fixed64(all.high()).fixed64(all.low());
                }
            }
            case Reconciling.Equal equal -> out.u8(EQUAL);
            case Reconciling.Ranges(List<Range> ranges) -> RangeCodec.write(out.u8(RANGES), ranges);
            case Reconciling.Want(List<Reconciling.Wanted> documents, boolean isLast) -> {
                out.u8(WANT).u8(isLast ? 1 : 0).varint(documents.size());
                for (Reconciling.Wanted document : documents) {
                    words.vector(out.fixed64(document.hash()), document.vector());
                }
            }
            case Reconciling.Plain plain -> out.u8(PLAIN);
            case Reconciling.Replies(List<Range> ranges) -> RangeCodec.write(out.u8(REPLIES), ranges);
            case Reconciling.Declined declined -> out.u8(DECLINED);
        }
    }

    static Reconciling read(ByteReader in, VocabularyReader words) {
        int kind = in.u8();
        return switch (kind) {
            case OPEN -> new Reconciling.Open(fingerprint(in));
            case EQUAL -> new Reconciling.Equal();
            case RANGES -> new Reconciling.Ranges(RangeCodec.read(in, Reconciling.RANGES_MAX));
            case WANT -> want(in, words);
            case PLAIN -> new Reconciling.Plain();
            case REPLIES -> new Reconciling.Replies(RangeCodec.read(in, Reconciling.RANGES_MAX));
            case DECLINED -> new Reconciling.Declined();
            default -> throw new ProtocolException("RECON of the unknown kind " + kind);
        };
    }

    private static Fingerprint fingerprint(ByteReader in) {
        long count = in.varint();
        if (count < 0) {
            throw new ProtocolException("RECON of more than 2^63 documents");
        }
        return count == 0 ? Fingerprint.EMPTY : new Fingerprint(count, in.fixed64(), in.fixed64());
    }

    private static Reconciling want(ByteReader in, VocabularyReader words) {
        boolean isLast = in.varint(1) == 1;
        int size = in.count(WANTED_BYTES_MIN);
        if (size > Reconciling.WANTED_MAX) {
            throw new ProtocolException(FaultCode.LIMIT, "RECON wants " + size + " documents at once");
        }
        List<Reconciling.Wanted> documents = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long hash = in.fixed64();
            VersionVector vector = words.vector(in);
            documents.add(new Reconciling.Wanted(hash, vector));
        }
        return new Reconciling.Want(documents, isLast);
    }
}
