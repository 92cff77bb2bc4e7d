package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryWriter;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a document has in an index: a pure function of its record, which maintenance, building and checking share.
 *
 * <p>A visible document has one entry, with the values that a reader sees who declares nothing. Where fields have hidden variants there
 * are more, see {@link VariantEntries}. Stateless.
 */
final class DocumentEntries {

    private DocumentEntries() {}

    static List<Entry> of(Index index, Record record) {
        int flags = record.flags();
        if (!RecordFlags.isVisible(flags, false)) {
            return List.of();
        }
        int husk = RecordFlags.has(flags, RecordFlags.EXISTS) ? 0 : Entry.HUSK;
        return RecordFlags.has(flags, RecordFlags.HIDDEN)
                ? new VariantEntries(index, record, husk).entries()
                : plain(index, record, husk);
    }

    private static List<Entry> plain(Index index, Record record, int husk) {
        List<IndexShape.Key> keys = index.shape().keys();
        EntryWriter entry = index.format().writer();
        Walk walk = new Walk();
        for (int i = 0; i < keys.size(); i++) {
            Path path = keys.get(i).path();
            if (isOfId(path)) {
                entry.add(ofId(record, path));
                continue;
            }
            View value = record.guarded(() -> walk.to(record.view(), path));
            if (value == null && i == 0 && !index.shape().includeMissing()) {
                return List.of();
            }
            entry.add(value);
        }
        Entry shown = entry.finish(record.id(), husk | (walk.isTyped ? Entry.TYPED : 0));
        return walk.isLoose ? List.of(shown, index.format().loose(record.id())) : List.of(shown);
    }

    /** Goes to the values of a document, and notes what it has met. */
    private static final class Walk {
        private boolean isTyped;
        private boolean isLoose;

        @Nullable
        View to(View document, Path path) {
            View at = document;
            for (int i = 0; i < path.depth(); i++) {
                at = at.field(path.key(i));
                if (at == null) {
                    return null;
                }
                isTyped |= at.fieldType() != FieldType.REGISTER;
            }
            isLoose |= at.fieldType() == FieldType.MAP && holdsTyped(at);
            return at;
        }

        /** Whether statements that declare types may see a part of the map only. */
        private static boolean holdsTyped(View map) {
            for (int i = 0; i < map.size(); i++) {
                if (map.child(i).fieldType() != FieldType.REGISTER) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a key is a part of the id, which all statements see alike. */
    static boolean isOfId(Path path) {
        return path.key(0).equals(DocumentRow.ID);
    }

    static Value ofId(Record record, Path path) {
        Value at = record.idValue();
        for (int i = 1; i < path.depth(); i++) {
            at = at instanceof Value.Struct struct ? struct.get(path.key(i)) : Value.MISSING;
        }
        return at;
    }

    /** Whether two states of a document certainly have the same entries; told without making them. */
    static boolean areEqual(Index index, @Nullable Record before, @Nullable Record after) {
        if (before == null || after == null) {
            return before == after;
        }
        int seen = RecordFlags.EXISTS | RecordFlags.FIELDS | RecordFlags.TOMBSTONE;
        if (((before.flags() ^ after.flags()) & seen) != 0
                || RecordFlags.has(before.flags() | after.flags(), RecordFlags.HIDDEN)) {
            return false;
        }
        for (IndexShape.Key key : index.shape().keys()) {
            if (!isOfId(key.path()) && !haveSame(before, after, key.path())) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSame(Record before, Record after, Path path) {
        View old = before.view();
        View now = after.view();
        for (int i = 0; i < path.depth(); i++) {
            old = old.field(path.key(i));
            now = now.field(path.key(i));
            if (old == null || now == null) {
                return old == now;
            }
            if (old.fieldType() != now.fieldType()) {
                return false;
            }
        }
        return old.isIdenticalTo(now);
    }
}
