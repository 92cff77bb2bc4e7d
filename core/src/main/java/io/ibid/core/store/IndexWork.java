package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryFormat;
import io.ibid.core.index.Index;
import io.ibid.core.index.IndexSet;
import io.ibid.core.query.IndexShape;
import io.ibid.core.storage.Cursor;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done to indexes. A new one is built in steps, each a change of its own between those of other writers, in the order of
 * the documents' ids; the definition says how far it has come, and writes of documents keep up what lies behind that point and leave
 * alone what lies before it. So the state after every step is exact, and a crash costs nothing: building goes on where it stood.
 * Stateless.
 */
public final class IndexWork {

    /** An index may have so many keys. */
    public static final int KEYS_MAX = 16;

    /** How many documents one step of building looks at, and how many entries one step of clearing removes: a millisecond or two. */
    public static final int STEP_MAX = 500;

    /** What one step of building reads, about. */
    private static final long STEP_BYTES_MAX = 1 << 20;

    private IndexWork() {}

    /**
     * Creates an index.
     *
     * @return {@link Change#NOTHING} when there is one of that name and that is fine
     * @throws IbidException {@code query/evaluation} when the name is taken or there are too many keys
     */
    public static Change create(Head head, IndexShape shape, boolean ifNotExists) {
        if (shape.keys().size() > KEYS_MAX) {
            throw new IbidException(ErrorCode.QUERY_EVALUATION, "an index may have at most " + KEYS_MAX + " keys");
        }
        if (head.indexes().find(shape.collection(), shape.name()) == null) {
            return step(head, new IndexStep.Create(shape));
        }
        if (ifNotExists) {
            return Change.NOTHING;
        }
        throw new IbidException(
                ErrorCode.QUERY_EVALUATION, "an index with the given name already exists on the given collection");
    }

    /**
     * Drops an index, built or not.
     *
     * @return {@link Change#NOTHING} when there is none and that is fine
     * @throws IbidException {@code query/evaluation} when there is none of that name
     */
    public static Change drop(Head head, String collection, String name, boolean ifExists) {
        Index index = head.indexes().find(collection, name);
        if (index != null) {
            return step(head, new IndexStep.Drop(index.number()));
        }
        if (ifExists) {
            return Change.NOTHING;
        }
        throw new IbidException(ErrorCode.QUERY_EVALUATION, "there is no index " + name + " on " + collection);
    }

    /**
     * The next step of what is unfinished; {@link Change#NOTHING} when nothing is.
     *
     * @param stepMax how large it may be, {@link #STEP_MAX}
     */
    public static Change next(Head head, int stepMax) {
        Index index = unfinished(head.indexes());
        if (index == null) {
            return Change.NOTHING;
        }
        return switch (index.state()) {
            case Index.Building building -> build(head, index, building, stepMax);
            case Index.Dropped dropped -> clear(head, index, stepMax);
            case Index.Ready ready -> throw new AssertionError("finished, but not: " + index.shape());
        };
    }

    /** What is to be done first: people wait for an index, but not for the end of one. */
    private static @Nullable Index unfinished(IndexSet indexes) {
        Index dropped = null;
        for (Index index : indexes.all()) {
            if (index.state() instanceof Index.Building) {
                return index;
            }
            dropped = dropped == null && index.isDropped() ? index : dropped;
        }
        return dropped;
    }

    private static Change build(Head head, Index index, Index.Building building, int stepMax) {
        Image image = head.image();
        String collection = index.shape().collection();
        int number = image.collection(collection);
        if (number == 0) {
            return step(head, new IndexStep.Build(index.number(), new Index.Ready(), List.of()));
        }
        byte[] prefix = Keys.documents(number);
        byte[] behind = building.behind();
        ByteWriter from = new ByteWriter(prefix.length + behind.length + 1).bytes(prefix);
        if (behind.length > 0) {
            from.bytes(behind).u8(0);
        }
        List<Entry> entries = new ArrayList<>();
        long passed = building.passed();
        long bytes = 0;
        int looked = 0;
        Record record = null;
        try (Cursor cursor = image.snapshot().scan(from.toByteArray(), Keys.after(prefix), false)) {
            while (cursor.next()) {
                if (looked == stepMax || bytes > STEP_BYTES_MAX) {
                    return step(head, new IndexStep.Build(index.number(), behind(record, passed), entries));
                }
                record = Record.read(image, cursor.key(), collection, prefix.length, null, cursor.value());
                entries.addAll(DocumentEntries.of(index, record));
                passed += record.isVisible(false) ? 1 : 0;
                bytes += record.sizeBytes();
                looked++;
            }
        }
        return step(head, new IndexStep.Build(index.number(), new Index.Ready(), entries));
    }

    private static Index.Building behind(@Nullable Record last, long passed) {
        if (last == null) {
            throw new AssertionError("a step without a document");
        }
        return new Index.Building(last.id().orderedKey(), passed);
    }

    private static Change clear(Head head, Index index, int stepMax) {
        List<byte[]> keys = new ArrayList<>();
        byte[] prefix = EntryFormat.prefix(index.number());
        try (Cursor cursor = head.image().snapshot().scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next()) {
                if (keys.size() == stepMax) {
                    return step(head, new IndexStep.Clear(index.number(), keys, false));
                }
                keys.add(cursor.key());
            }
        }
        return step(head, new IndexStep.Clear(index.number(), keys, true));
    }

    private static Change step(Head head, IndexStep step) {
        return new Change.Indexing(head.lastTime(), step);
    }
}
