package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The indexes of a {@link MapStore}: sorted anew for each scan. What is hidden by a typing has entries all the same. */
final class MapIndexes implements Schema {
    private final SortedMap<String, SortedMap<String, IndexShape>> byCollection = new TreeMap<>();
    private boolean includesMissing = true;
    private IndexCatalogue catalogue = IndexCatalogue.EMPTY;

    @Override
    public boolean includesMissing() {
        return includesMissing;
    }

    void includeMissing(boolean included) {
        includesMissing = included;
    }

    @Override
    public void create(IndexShape index, boolean ifNotExists) {
        SortedMap<String, IndexShape> indexes =
                byCollection.computeIfAbsent(index.collection(), name -> new TreeMap<>());
        if (indexes.containsKey(index.name())) {
            if (ifNotExists) {
                return;
            }
            throw new IbidException(
                    ErrorCode.QUERY_EVALUATION, "an index with the given name already exists on the given collection");
        }
        indexes.put(index.name(), index);
        renew();
    }

    @Override
    public void drop(String collection, String name, boolean ifExists) {
        SortedMap<String, IndexShape> indexes = byCollection.getOrDefault(collection, new TreeMap<>());
        if (indexes.remove(name) == null && !ifExists) {
            throw new IbidException(ErrorCode.QUERY_EVALUATION, "there is no index " + name + " on " + collection);
        }
        renew();
    }

    private void renew() {
        SortedMap<String, List<IndexShape>> lists = new TreeMap<>();
        byCollection.forEach((collection, indexes) -> lists.put(collection, List.copyOf(indexes.values())));
        catalogue = collection -> lists.getOrDefault(collection, List.of());
    }

    IndexCatalogue catalogue() {
        return catalogue;
    }

    private record Entry(Value[] keys, DocumentId id, Value.Struct document) {}

    IndexRows scan(IndexShape index, Iterable<Value.Struct> documents, Span span, boolean reverse, Typing typing) {
        List<Entry> entries = new ArrayList<>();
        for (Value.Struct document : documents) {
            addEntries(entries, index, document, typing, new Value[index.keys().size()], 0);
        }
        entries.removeIf(entry -> !contains(span, entry.keys));
        entries.sort(order(index));
        if (reverse) {
            Collections.reverse(entries);
        }
        return new Cursor(index, entries, typing);
    }

    private static Value key(Row row, Path path) {
        return path.key(0).equals("_id") ? Navigation.follow(row.id(), path, 1) : row.field(path);
    }

    /** Under a typing that hides something, every combination of hidden and shown variants. */
    private static void addEntries(
            List<Entry> entries, IndexShape index, Value.Struct document, Typing typing, Value[] keys, int at) {
        if (at == keys.length) {
            if (index.includeMissing() || !(keys[0] instanceof Value.Missing)) {
                entries.add(new Entry(keys.clone(), DocumentId.of(document.get("_id")), document));
            }
            return;
        }
        Path path = index.keys().get(at).path();
        List<Value> variants = new ArrayList<>(List.of(key(StructRow.of(document, Typing.FLEXIBLE), path)));
        for (Value hidden : List.of(key(StructRow.of(document, typing), path), Value.MISSING)) {
            if (!typing.equals(Typing.FLEXIBLE) && !variants.contains(hidden)) {
                variants.add(hidden);
            }
        }
        for (Value variant : variants) {
            keys[at] = variant;
            addEntries(entries, index, document, typing, keys, at + 1);
        }
    }

    private static boolean contains(Span span, Value[] keys) {
        int equal = span.equal().size();
        for (int i = 0; i < equal; i++) {
            if (ValueOrder.compare(span.equal().get(i), keys[i]) != 0) {
                return false;
            }
        }
        return isAbove(span.low(), keys, equal, 1) && isAbove(span.high(), keys, equal, -1);
    }

    private static boolean isAbove(Span.@Nullable Bound bound, Value[] keys, int at, int sign) {
        if (bound == null) {
            return true;
        }
        int order = ValueOrder.compare(keys[at], bound.value()) * sign;
        return order > 0 || (order == 0 && bound.included());
    }

    private static Comparator<Entry> order(IndexShape index) {
        return (a, b) -> {
            for (int i = 0; i < a.keys.length; i++) {
                int order = ValueOrder.compare(a.keys[i], b.keys[i]);
                if (order != 0) {
                    return index.keys().get(i).descending() ? -order : order;
                }
            }
            return a.id.compareTo(b.id);
        };
    }

    private static final class Cursor implements IndexRows {
        private final IndexShape index;
        private final List<Entry> entries;
        private final Typing typing;
        private int at = -1;

        Cursor(IndexShape index, List<Entry> entries, Typing typing) {
            this.index = index;
            this.entries = entries;
            this.typing = typing;
        }

        @Override
        public boolean next() {
            return ++at < entries.size();
        }

        @Override
        public Value key(int i) {
            return entries.get(at).keys[i];
        }

        @Override
        public DocumentId id() {
            return entries.get(at).id;
        }

        @Override
        public @Nullable Row row() {
            Entry entry = entries.get(at);
            Row row = StructRow.of(entry.document, typing);
            for (int i = 0; i < entry.keys.length; i++) {
                Value seen = MapIndexes.key(row, index.keys().get(i).path());
                if (ValueOrder.compare(seen, entry.keys[i]) != 0) {
                    return null;
                }
            }
            return row;
        }

        @Override
        public void close() {}
    }
}
