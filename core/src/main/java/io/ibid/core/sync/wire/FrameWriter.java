package io.ibid.core.sync.wire;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes the messages of one direction of a session into frames. What is added is sent, in this order: the dictionaries count on it. */
public final class FrameWriter {
    /** The channel of sessions. */
    static final int CHANNEL = 0;
    /** Version 1 in the high four bits. */
    static final int VERSION = 0x10;
    /** This end's dictionaries start empty with this frame. */
    static final int FRESH_DICTIONARIES = 0x02;

    static final int HEADER_BYTES = 2;

    private final ByteWriter out = new ByteWriter(256);
    private final VocabularyWriter words;
    private final long hlc;
    private final @Nullable LaneWriter[] lanes = new LaneWriter[Limits.LANES];
    private final VocabularyWriter[] laneWords = new VocabularyWriter[Limits.LANES];
    private boolean isFresh;
    private long previousSupplied;
    private long previousAcked;
    private long previousRevision;
    private long previousForgetSeen;

    /**
     * @param hlc the clock that this side's HELLO tells
     */
    public FrameWriter(long hlc) {
        this.hlc = hlc;
        this.words = new VocabularyWriter(hlc);
    }

    /** The lane's stream of entries. */
    public LaneWriter lane(int lane) {
        LaneWriter writer = lanes[lane];
        if (writer == null) {
            laneWords[lane] = new VocabularyWriter(hlc);
            writer = new LaneWriter(laneWords[lane]);
            lanes[lane] = writer;
        }
        return writer;
    }

    /** Bytes of the frame so far, 0 when nothing was added. */
    public int size() {
        return out.size();
    }

    /** Whether no dictionary holds anything. */
    public boolean isForgotten() {
        boolean isEmpty = words.isEmpty();
        for (VocabularyWriter lane : laneWords) {
            isEmpty &= lane == null || lane.isEmpty();
        }
        return isEmpty;
    }

    /** Empties the dictionaries, to save memory at both ends. Only between frames, and when no lane has bytes pending. */
    public void forget() {
        if (out.size() > 0) {
            throw new AssertionError("the dictionaries cannot start empty inside a frame");
        }
        for (LaneWriter lane : lanes) {
            if (lane != null && lane.pending() > 0) {
                throw new AssertionError("the dictionaries cannot start empty inside an entry");
            }
        }
        words.clear();
        for (VocabularyWriter lane : laneWords) {
            if (lane != null) {
                lane.clear();
            }
        }
        isFresh = true;
    }

    /** The frame with everything added since the last one. */
    public byte[] take() {
        byte[] frame = out.toByteArray();
        out.clear();
        return frame;
    }

    /** Appends a message. A CHUNK takes the next {@code length} bytes of its lane. */
    public void add(Message message) {
        if (out.size() == 0) {
            out.u8(CHANNEL).u8(VERSION | (isFresh ? FRESH_DICTIONARIES : 0));
            isFresh = false;
        }
        out.u8(MessageType.of(message).number());
        switch (message) {
            case Message.Hello m -> hello(m);
            case Message.Subs m -> subs(m);
            case Message.Resume m -> resume(m);
            case Message.ResumeOk m -> {
                out.varint(m.revision()).u8(m.lane());
                numbers(m.queries());
                out.varint(m.commit()).varint(m.documents()).varint(m.bytes());
            }
            case Message.Reset m -> {
                out.u8(m.reason().ordinal() + 1).varint(m.collections().size());
                m.collections().forEach(out::text);
            }
            case Message.Recon m -> {
                out.varint(m.query());
                ReconcilingCodec.write(out, words, m.step());
            }
            case Message.Held m -> {
                words.collection(out, m.collection());
                HoldingCodec.write(out, m.holding());
            }
            case Message.Chunk m -> chunk(m);
            case Message.Cut m -> cut(m);
            case Message.Ack m -> {
                out.zigzag(m.commit() - previousAcked);
                previousAcked = m.commit();
            }
            case Message.Need m -> need(m.documents());
            case Message.Forget m -> {
                out.varint(m.number());
                documents(m.documents());
            }
            case Message.Credit m -> out.u8(m.lane()).varint(m.total());
            case Message.Mode m -> out.u8(m.isLazy() ? 1 : 0);
            case Message.Ping m -> out.u8(m.isAnswer() ? 1 : 0).fixed64(m.echo());
            case Message.Fault m ->
                out.u8(m.code().number()).blob(shortened(m.text())).varint(m.retryAfterMs());
        }
    }

    private void hello(Message.Hello m) {
        out.varint(m.protocol())
                .text(m.databaseId())
                .bytes(m.peerKey())
                .bytes(m.storeId().bytes());
        out.u8(m.isServer() ? 1 : 0).varint(m.head()).fixed64(m.hlc()).bytes(m.nonce());
        out.varint(m.capabilities())
                .varint(m.frameBytesMax())
                .varint(m.tombstoneTtlHours())
                .blob(m.credential());
        previousSupplied = m.head();
    }

    private void subs(Message.Subs m) {
        out.varint(m.revision()).varint(m.added().size());
        for (Message.Query query : m.added()) {
            out.varint(query.id());
            if (query.id() != Message.Query.EVERYTHING) {
                out.text(query.text());
                Cbor.write(out, query.arguments());
            }
            Message.Place since = query.since();
            out.varint(since.commit());
            if (since.commit() != 0) {
                out.fixed32(since.chain()).fixed64(since.tag());
            }
        }
        numbers(m.removed());
    }

    private void resume(Message.Resume m) {
        out.u8((m.commit() == 0 ? 0 : MessageType.RESUME_TOKEN)
                | (m.tags().isEmpty() ? 0 : MessageType.RESUME_TAGS)
                | (m.forgotten().isEmpty() ? 0 : MessageType.RESUME_FORGOTTEN));
        if (m.commit() != 0) {
            out.bytes(m.storeId().bytes()).varint(m.commit()).fixed32(m.chain());
            numbers(m.queries());
        }
        tags(m.tags());
        if (!m.forgotten().isEmpty()) {
            documents(m.forgotten());
        }
    }

    private void chunk(Message.Chunk m) {
        boolean isReadElsewhere = m.readAt() != previousSupplied;
        out.u8(m.lane()
                | (m.tags().isEmpty() ? 0 : MessageType.HAS_TAGS)
                | (isReadElsewhere ? MessageType.CHUNK_READ_AT : 0));
        if (isReadElsewhere) {
            out.zigzag(m.readAt() - previousSupplied);
            previousSupplied = m.readAt();
        }
        tags(m.tags());
        out.blob(lane(m.lane()).take(m.length()));
    }

    private void cut(Message.Cut m) {
        out.u8(m.backfillLane()
                | (m.tags().isEmpty() ? 0 : MessageType.HAS_TAGS)
                | (m.revision() == previousRevision ? 0 : MessageType.CUT_REVISION)
                | (m.forgetSeen() == previousForgetSeen ? 0 : MessageType.CUT_FORGET));
        out.zigzag(m.commit() - previousSupplied).fixed32(m.chain());
        if (m.revision() != previousRevision) {
            out.varint(m.revision());
        }
        if (m.forgetSeen() != previousForgetSeen) {
            out.varint(m.forgetSeen());
        }
        tags(m.tags());
        previousSupplied = m.commit();
        previousRevision = m.revision();
        previousForgetSeen = m.forgetSeen();
    }

    private void need(List<Message.Wanted> wanted) {
        out.varint(wanted.size());
        for (Message.Wanted document : wanted) {
            words.document(out, document.key());
            VersionVector vector = document.vector();
            words.vector(out, vector);
        }
    }

    private void documents(List<DocumentKey> keys) {
        out.varint(keys.size());
        keys.forEach(key -> words.document(out, key));
    }

    private void numbers(List<Long> numbers) {
        out.varint(numbers.size());
        numbers.forEach(out::varint);
    }

    private void tags(SortedMap<String, Long> tags) {
        if (!tags.isEmpty()) {
            out.varint(tags.size());
            tags.forEach((collection, tag) -> out.text(collection).fixed64(tag));
        }
    }

    /** Cut between two characters. */
    private static byte[] shortened(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, Limits.FAULT_TEXT_BYTES_MAX);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
