package io.ibid.core.index;

import io.ibid.core.query.IndexShape;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An index of a store. Immutable. */
public final class Index {

    private static final int READY = 0;
    private static final int BUILDING = 1;
    private static final int DROPPED = 2;

    private final int number;
    private final IndexShape shape;
    private final State state;
    private final EntryFormat format;

    private Index(int number, IndexShape shape, State state, EntryFormat format) {
        this.number = number;
        this.shape = shape;
        this.state = state;
        this.format = format;
    }

    Index(int number, IndexShape shape, State state) {
        this(number, shape, state, new EntryFormat(number, shape));
    }

    /** How far it has come. */
    public sealed interface State {}

    /** All visible documents have their entries. */
    public record Ready() implements State {}

    /**
     * The documents up to one have their entries, the others none; writes of documents leave it so.
     *
     * @param behind the {@link DocumentId#orderedKey} of the last document that has; empty: none has
     * @param passed how many visible documents that were, when they were passed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Building(byte[] behind, long passed) implements State {
        static final Building START = new Building(new byte[0], 0);
    }

    /** Nobody may use it any more; what is left of its entries is being removed. */
    public record Dropped() implements State {}

    Index with(State next) {
        return new Index(number, shape, next, format);
    }

    /** Its entries begin with it; never given twice in a store. */
    public int number() {
        return number;
    }

    public IndexShape shape() {
        return shape;
    }

    public State state() {
        return state;
    }

    /** How its entries look. */
    public EntryFormat format() {
        return format;
    }

    public boolean isReady() {
        return state instanceof Ready;
    }

    public boolean isDropped() {
        return state instanceof Dropped;
    }

    /** Whether the document, when it is visible, has entries. */
    public boolean reaches(DocumentId id) {
        return switch (state) {
            case Ready ready -> true;
            case Building(byte[] behind, long passed) -> Arrays.compareUnsigned(id.orderedKey(), behind) <= 0;
            case Dropped dropped -> false;
        };
    }

    /** As it stands in the metadata. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter(128)
                .text(shape.collection())
                .text(shape.name())
                .u8(shape.includeMissing() ? 1 : 0)
                .varint(shape.keys().size());
        for (IndexShape.Key key : shape.keys()) {
            out.u8(key.descending() ? 1 : 0).varint(key.path().depth());
            key.path().keys().forEach(out::text);
        }
        switch (state) {
            case Ready ready -> out.varint(READY);
            case Building(byte[] behind, long passed) ->
                out.varint(BUILDING).blob(behind).varint(passed);
            case Dropped dropped -> out.varint(DROPPED);
        }
        return out.toByteArray();
    }

    /** @throws MalformedException when the bytes are none of {@link #encode} */
    public static Index decode(int number, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        String collection = in.text();
        String name = in.text();
        boolean includeMissing = in.varint(1) == 1;
        List<IndexShape.Key> keys = new ArrayList<>();
        for (int i = in.count(2); i > 0; i--) {
            boolean descending = in.varint(1) == 1;
            List<String> names = new ArrayList<>();
            for (int j = in.count(1); j > 0; j--) {
                names.add(in.text());
            }
            if (names.isEmpty()) {
                throw new MalformedException("An index key without a name");
            }
            keys.add(new IndexShape.Key(new Path(names), descending));
        }
        if (keys.isEmpty()) {
            throw new MalformedException("An index without keys");
        }
        State state = switch (in.varint(DROPPED)) {
            case READY -> new Ready();
            case BUILDING -> new Building(in.blob(), in.varint());
            default -> new Dropped();
        };
        in.expectEnd();
        return new Index(number, new IndexShape(collection, name, keys, includeMissing), state);
    }
}
