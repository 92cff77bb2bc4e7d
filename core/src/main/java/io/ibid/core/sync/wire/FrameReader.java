package io.ibid.core.sync.wire;

import io.ibid.core.error.IbidException;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one direction of a session, message by message, so that each is acted upon before the next is read. Total: throws
 * nothing but {@link ProtocolException}. After one it must not be used again.
 */
public final class FrameReader {
    private ByteReader in = new ByteReader(new byte[0]);
    private @Nullable Long hlc;
    private @Nullable VocabularyReader words;
    private final @Nullable LaneReader[] lanes = new LaneReader[Limits.LANES];
    private long previousSupplied;
    private long previousAcked;
    private long previousRevision;
    private long previousForgetSeen;

    /** Begins a frame; {@link #next} then gives its messages. */
    public void open(byte[] frame) {
        if (frame.length > Limits.FRAME_BYTES_MAX) {
            throw new ProtocolException(
                    FaultCode.LIMIT,
                    "a frame of " + frame.length + " bytes; " + Limits.FRAME_BYTES_MAX + " are allowed");
        }
        if (frame.length <= FrameWriter.HEADER_BYTES) {
            throw new ProtocolException("a frame without messages");
        }
        if (frame[0] != FrameWriter.CHANNEL) {
            throw new ProtocolException("a frame on the unknown channel " + (frame[0] & 0xff));
        }
        if ((frame[1] & 0xf0) != FrameWriter.VERSION) {
            throw new ProtocolException(
                    FaultCode.VERSION, "a frame of the unknown version " + ((frame[1] & 0xff) >>> 4));
        }
        if ((frame[1] & 0x0f & ~FrameWriter.FRESH_DICTIONARIES) != 0) {
            throw new ProtocolException("a frame with the unknown flags " + (frame[1] & 0x0f));
        }
        if ((frame[1] & FrameWriter.FRESH_DICTIONARIES) != 0) {
            forget();
        }
        in = new ByteReader(frame, FrameWriter.HEADER_BYTES, frame.length);
    }

    private void forget() {
        if (words != null) {
            words.clear();
        }
        for (LaneReader lane : lanes) {
            if (lane != null) {
                if (lane.isInsideEntry()) {
                    throw new ProtocolException("a frame starts its dictionaries empty inside an entry");
                }
                lane.words.clear();
            }
        }
    }

    /** The next message of the frame, or null at its end. */
    public @Nullable Message next() {
        while (in.remaining() > 0) {
            int number = in.u8();
            if (number >= MessageType.SKIPPABLE_FROM) {
                skip(number);
                continue;
            }
            MessageType type = MessageType.of(number);
            try {
                return read(type);
            } catch (ProtocolException e) {
                throw e;
            } catch (IbidException | IllegalArgumentException e) {
                // Decoders of values and the constructors of sorted things refuse what cannot be.
                throw new ProtocolException("malformed " + type + ": " + e.getMessage());
            }
        }
        return null;
    }

    private void skip(int number) {
        try {
            in.skip(in.count(1));
        } catch (IbidException e) {
            throw new ProtocolException("malformed message of type " + number + ": " + e.getMessage());
        }
    }

    private Message read(MessageType type) {
        if (words == null && type != MessageType.HELLO && type != MessageType.ERROR && type != MessageType.PING) {
            throw new ProtocolException(type + " before HELLO");
        }
        return switch (type) {
            case HELLO -> hello();
            case SUBS -> subs();
            case RESUME -> resume();
            case RESUME_OK ->
                new Message.ResumeOk(
                        positive(), in.varint(Limits.LANES - 1), numbers(), positive(), positive(), positive());
            case RESET -> reset();
            case HELD -> new Message.Held(words().collection(in), HoldingCodec.read(in));
            case RECON -> new Message.Recon(positive(), ReconcilingCodec.read(in, words()));
            case CHUNK -> chunk();
            case CUT -> cut();
            case ACK -> {
                previousAcked += in.zigzag();
                yield new Message.Ack(commit(previousAcked));
            }
            case NEED -> need();
            case FORGET -> new Message.Forget(positive(), documents());
            case CREDIT -> new Message.Credit(in.varint(Limits.LANES - 1), positive());
            case MODE -> new Message.Mode(flag());
            case PING -> new Message.Ping(flag(), in.fixed64());
            case ERROR -> new Message.Fault(FaultCode.of(in.u8()), text(Limits.FAULT_TEXT_BYTES_MAX), positive());
        };
    }

    private Message hello() {
        if (hlc != null) {
            throw new ProtocolException("a second HELLO");
        }
        long protocol = positive();
        if (protocol != Message.Hello.PROTOCOL) {
            throw new ProtocolException(
                    FaultCode.VERSION,
                    "HELLO of protocol " + protocol + "; this peer speaks " + Message.Hello.PROTOCOL);
        }
        String databaseId = text(Limits.CREDENTIAL_BYTES_MAX);
        byte[] peerKey = in.bytes(Message.Hello.PEER_KEY_BYTES);
        StoreId storeId = StoreId.of(in.bytes(StoreId.LENGTH));
        boolean isServer = flag();
        long head = positive();
        long clock = in.fixed64();
        byte[] nonce = in.bytes(Message.Hello.NONCE_BYTES);
        long capabilities = in.varint();
        int frameBytesMax = (int) Math.min(positive(), Limits.FRAME_BYTES_MAX);
        long ttl = positive();
        byte[] credential = in.bytes(in.varint(Limits.CREDENTIAL_BYTES_MAX));
        hlc = clock;
        words = new VocabularyReader(clock);
        previousSupplied = head;
        return new Message.Hello(
                protocol,
                databaseId,
                peerKey,
                storeId,
                isServer,
                head,
                clock,
                nonce,
                capabilities,
                frameBytesMax,
                ttl,
                credential);
    }

    private Message subs() {
        long revision = positive();
        int size = listSize(3);
        List<Message.Query> added = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long id = positive();
            String text = "";
            Value.Struct arguments = Value.Struct.EMPTY;
            if (id != Message.Query.EVERYTHING) {
                text = text(Limits.QUERY_BYTES_MAX);
                if (!(Cbor.read(in) instanceof Value.Struct struct)) {
                    throw new ProtocolException("SUBS with arguments that are no object");
                }
                arguments = struct;
            }
            long since = positive();
            Message.Place place =
                    since == 0 ? Message.Place.NONE : new Message.Place(since, in.fixed32(), in.fixed64());
            added.add(new Message.Query(id, text, arguments, place));
        }
        return new Message.Subs(revision, added, numbers());
    }

    private Message resume() {
        int flags = in.varint(MessageType.RESUME_TOKEN | MessageType.RESUME_TAGS | MessageType.RESUME_FORGOTTEN);
        StoreId storeId = new StoreId(0, 0);
        long commit = 0;
        int chain = 0;
        List<Long> queries = List.of();
        if ((flags & MessageType.RESUME_TOKEN) != 0) {
            storeId = StoreId.of(in.bytes(StoreId.LENGTH));
            commit = positive();
            chain = in.fixed32();
            queries = numbers();
        }
        SortedMap<String, Long> tags = tags((flags & MessageType.RESUME_TAGS) != 0);
        List<DocumentKey> forgotten = (flags & MessageType.RESUME_FORGOTTEN) != 0 ? documents() : List.of();
        return new Message.Resume(storeId, commit, chain, queries, tags, forgotten);
    }

    private Message reset() {
        int reason = in.u8();
        if (reason < 1 || reason > Message.Reset.Reason.values().length) {
            throw new ProtocolException("RESET with the unknown reason " + reason);
        }
        int size = listSize(1);
        List<String> collections = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            collections.add(in.text());
        }
        return new Message.Reset(Message.Reset.Reason.values()[reason - 1], collections);
    }

    private Message chunk() {
        int flags = in.varint(MessageType.LANE_MASK | MessageType.HAS_TAGS | MessageType.CHUNK_READ_AT);
        if ((flags & MessageType.CHUNK_READ_AT) != 0) {
            previousSupplied += in.zigzag();
        }
        SortedMap<String, Long> tags = tags((flags & MessageType.HAS_TAGS) != 0);
        byte[] bytes = in.blob();
        int lane = flags & MessageType.LANE_MASK;
        LaneReader reader = lanes[lane];
        if (reader == null) {
            if (hlc == null) {
                throw new AssertionError("a lane before HELLO");
            }
            reader = new LaneReader(new VocabularyReader(hlc));
            lanes[lane] = reader;
        }
        reader.sequence++;
        return new Message.Chunk(
                lane, reader.sequence, commit(previousSupplied), tags, bytes.length, reader.feed(bytes));
    }

    private Message cut() {
        int flags = in.varint(
                MessageType.LANE_MASK | MessageType.HAS_TAGS | MessageType.CUT_REVISION | MessageType.CUT_FORGET);
        previousSupplied += in.zigzag();
        long commit = commit(previousSupplied);
        int chain = in.fixed32();
        if ((flags & MessageType.CUT_REVISION) != 0) {
            previousRevision = positive();
        }
        if ((flags & MessageType.CUT_FORGET) != 0) {
            previousForgetSeen = positive();
        }
        SortedMap<String, Long> tags = tags((flags & MessageType.HAS_TAGS) != 0);
        int backfill = flags & MessageType.LANE_MASK;
        return new Message.Cut(
                commit,
                chain,
                backfill,
                cutSequence(0),
                backfill == 0 ? 0 : cutSequence(backfill),
                previousRevision,
                previousForgetSeen,
                tags);
    }

    /** A CUT always closes what its lanes have sent so far; an entry that is not complete cannot belong to a unit. */
    private long cutSequence(int lane) {
        LaneReader reader = lanes[lane];
        if (reader == null) {
            return 0;
        }
        if (reader.isInsideEntry()) {
            throw new ProtocolException("CUT inside an entry of lane " + lane);
        }
        return reader.sequence;
    }

    private Message need() {
        int size = listSize(2);
        List<Message.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            DocumentKey key = words().document(in).key;
            wanted.add(new Message.Wanted(key, words().vector(in)));
        }
        return new Message.Need(wanted);
    }

    private List<DocumentKey> documents() {
        int size = listSize(1);
        List<DocumentKey> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add(words().document(in).key);
        }
        return keys;
    }

    private List<Long> numbers() {
        int size = listSize(1);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(positive());
        }
        return numbers;
    }

    private SortedMap<String, Long> tags(boolean present) {
        if (!present) {
            return Message.NO_TAGS;
        }
        int size = listSize(9);
        SortedMap<String, Long> tags = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            tags.put(in.text(), in.fixed64());
        }
        return tags;
    }

    private int listSize(int bytesPerItemMin) {
        int size = in.count(bytesPerItemMin);
        if (size > Limits.LIST_ITEMS_MAX) {
            throw new ProtocolException(
                    FaultCode.LIMIT, "a list of " + size + " items; " + Limits.LIST_ITEMS_MAX + " are allowed");
        }
        return size;
    }

    private VocabularyReader words() {
        if (words == null) {
            throw new AssertionError("a dictionary before HELLO");
        }
        return words;
    }

    private boolean flag() {
        return in.varint(1) == 1;
    }

    /** A number that fits a signed long. */
    private long positive() {
        return commit(in.varint());
    }

    private static long commit(long number) {
        if (number < 0) {
            throw new ProtocolException("a number beyond 2^63");
        }
        return number;
    }

    private String text(int charsMax) {
        String text = in.text();
        if (text.length() > charsMax) {
            throw new ProtocolException(
                    FaultCode.LIMIT, "a text of " + text.length() + " characters; " + charsMax + " are allowed");
        }
        return text;
    }
}
