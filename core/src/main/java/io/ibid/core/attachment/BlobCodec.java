package io.ibid.core.attachment;

import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of the channel of attachments, see docs/wire.md. Reading is total: it throws nothing but {@link BlobProtocolException}, and
 * takes no more memory than the frame has bytes. Stateless.
 */
final class BlobCodec {
    /** The channel's number. */
    static final int CHANNEL = 2;

    static final int TTL_MAX = 5;
    static final int RANGES_MAX = 10_000;
    /** So much of a chunk is in one frame, that documents need not wait for a whole one. */
    static final int PIECE_BYTES = 16 << 10;

    private static final int VERSION = 0x10;
    private static final int HEADER_BYTES = 2;
    private static final int SKIPPABLE_FROM = 128;
    private static final int PATH_BYTES_MAX = 64 * TreeHash.BYTES;
    private static final int COLLECTION_BYTES_MAX = 4 << 10;

    private static final int WANT = 1;
    private static final int DROP = 2;
    private static final int NONE = 3;
    private static final int HAVE = 4;
    private static final int ASK_HASHES = 5;
    private static final int HASHES = 6;
    private static final int ASK = 7;
    private static final int DATA = 8;

    private BlobCodec() {}

    /** One message as a frame. */
    static byte[] frame(BlobMessage message) {
        ByteWriter out = new ByteWriter(message instanceof BlobMessage.Data ? PIECE_BYTES + 64 : 128);
        out.u8(CHANNEL).u8(VERSION);
        switch (message) {
            case BlobMessage.Want want -> {
                start(out, WANT, want).u8(want.ttl()).u8(want.reference() == null ? 0 : 1);
                if (want.reference() != null) {
                    out.text(want.reference().collection())
                            .blob(want.reference().id().bytes());
                }
            }
            case BlobMessage.Drop drop -> start(out, DROP, drop);
            case BlobMessage.None none -> start(out, NONE, none);
            case BlobMessage.Have have -> {
                start(out, HAVE, have).varint(have.length()).bytes(have.root());
                List<BlobMessage.Range> ranges = have.ranges();
                out.u8(ranges == null ? 0 : 1);
                if (ranges != null) {
                    ranges(out, ranges);
                }
            }
            case BlobMessage.AskHashes ask -> start(out, ASK_HASHES, ask).varint(ask.page());
            case BlobMessage.Hashes hashes ->
                start(out, HASHES, hashes)
                        .varint(hashes.page())
                        .blob(hashes.hashes())
                        .blob(hashes.path());
            case BlobMessage.Ask ask ->
                start(out, ASK, ask)
                        .varint(ask.chunks().from())
                        .varint(ask.chunks().count());
            case BlobMessage.Data data ->
                start(out, DATA, data)
                        .varint(data.chunk())
                        .varint(data.offset())
                        .blob(data.bytes());
        }
        return out.toByteArray();
    }

    private static ByteWriter start(ByteWriter out, int type, BlobMessage message) {
        return out.u8(type).bytes(message.id().bytes());
    }

    private static void ranges(ByteWriter out, List<BlobMessage.Range> ranges) {
        out.varint(ranges.size());
        int end = 0;
        for (BlobMessage.Range range : ranges) {
            out.varint(range.from() - end).varint(range.count());
            end = range.from() + range.count();
        }
    }

    /** The messages of a frame. */
    static List<BlobMessage> messages(byte[] frame) {
        if (frame.length < HEADER_BYTES || frame[0] != CHANNEL || frame[1] != VERSION) {
            throw new BlobProtocolException("a frame that is not of version 1 of the channel of attachments");
        }
        List<BlobMessage> messages = new ArrayList<>();
        ByteReader in = new ByteReader(frame, HEADER_BYTES, frame.length);
        try {
            while (in.remaining() > 0) {
                int type = in.u8();
                if (type >= SKIPPABLE_FROM) {
                    in.skip(in.count(1));
                } else {
                    messages.add(message(type, in));
                }
            }
        } catch (IbidException | IllegalArgumentException e) {
            throw new BlobProtocolException("malformed: " + e.getMessage());
        }
        return messages;
    }

    private static BlobMessage message(int type, ByteReader in) {
        if (type < WANT || type > DATA) {
            throw new BlobProtocolException("the unknown message " + type);
        }
        AttachmentId id = AttachmentId.of(in.bytes(AttachmentId.LENGTH));
        return switch (type) {
            case WANT -> {
                int ttl = in.varint(TTL_MAX);
                yield new BlobMessage.Want(id, ttl, in.varint(1) == 0 ? null : reference(in));
            }
            case DROP -> new BlobMessage.Drop(id);
            case NONE -> new BlobMessage.None(id);
            case HAVE -> {
                long length = in.varint();
                if (length < 0 || length > Shape.LENGTH_MAX) {
                    throw new BlobProtocolException("a content of " + Long.toUnsignedString(length) + " bytes");
                }
                byte[] root = in.bytes(TreeHash.BYTES);
                yield new BlobMessage.Have(
                        id, length, root, in.varint(1) == 0 ? null : ranges(in, new Shape(length).chunks()));
            }
            case ASK_HASHES -> new BlobMessage.AskHashes(id, in.varint(Integer.MAX_VALUE));
            case HASHES -> {
                int page = in.varint(Integer.MAX_VALUE);
                byte[] hashes = blob(in, Shape.PAGE_LEAVES * TreeHash.BYTES);
                yield new BlobMessage.Hashes(id, page, hashes, blob(in, PATH_BYTES_MAX));
            }
            case ASK -> {
                int from = in.varint(Integer.MAX_VALUE);
                int count = in.varint(Integer.MAX_VALUE - from);
                if (count == 0) {
                    throw new BlobProtocolException("an ASK for nothing");
                }
                yield new BlobMessage.Ask(id, new BlobMessage.Range(from, count));
            }
            default -> {
                int chunk = in.varint(Integer.MAX_VALUE);
                int offset = in.varint(Shape.CHUNK_BYTES);
                yield new BlobMessage.Data(id, chunk, offset, blob(in, Shape.CHUNK_BYTES - offset));
            }
        };
    }

    private static byte[] blob(ByteReader in, int max) {
        int length = in.count(1);
        if (length > max) {
            throw new BlobProtocolException(length + " bytes where at most " + max + " may be");
        }
        return in.bytes(length);
    }

    private static DocumentKey reference(ByteReader in) {
        String collection = in.text();
        if (collection.length() > COLLECTION_BYTES_MAX) {
            throw new BlobProtocolException("the name of a collection of " + collection.length() + " characters");
        }
        return new DocumentKey(collection, DocumentId.ofBytes(blob(in, DocumentId.BYTES_MAX)));
    }

    /** Ranges within so many chunks, apart from each other and in order. */
    private static List<BlobMessage.Range> ranges(ByteReader in, int chunks) {
        int size = in.count(2);
        if (size > RANGES_MAX) {
            throw new BlobProtocolException(size + " ranges where at most " + RANGES_MAX + " may be");
        }
        List<BlobMessage.Range> ranges = new ArrayList<>(size);
        int end = 0;
        for (int i = 0; i < size; i++) {
            int from = end + in.varint(chunks - end);
            int count = in.varint(chunks - from);
            if (count == 0) {
                throw new BlobProtocolException("an empty range");
            }
            end = from + count;
            ranges.add(new BlobMessage.Range(from, count));
        }
        return ranges;
    }
}
