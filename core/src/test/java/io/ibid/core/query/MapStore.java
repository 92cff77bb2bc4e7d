package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store for tests of statements: documents in maps, objects that merge when they are assigned, counters that are integers. It knows
 * types only as far as {@link StructRow} does and logs what it was asked for.
 */
final class MapStore implements Target, Source {
    private final SortedMap<String, SortedMap<DocumentId, Value.Struct>> collections = new TreeMap<>();
    private final SortedMap<String, List<Value.Struct>> systemCollections = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final MapIndexes indexes = new MapIndexes();
    private int generated;

    void put(String collection, Value.Struct document) {
        documents(collection).put(DocumentId.of(document.get("_id")), document);
    }

    void system(String name, List<Value.Struct> rows) {
        systemCollections.put(name, rows);
    }

    SortedMap<DocumentId, Value.Struct> documents(String collection) {
        return collections.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    /** What was called since the last time, such as {@code scan cars}. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public Source source() {
        return this;
    }

    @Override
    public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
        calls.add((reverse ? "backwards " : "scan ") + collection + (ids.equals(Span.ALL) ? "" : " " + shown(ids)));
        List<Value.Struct> within = within(collection, ids);
        Iterator<Value.Struct> documents = (reverse ? within.reversed() : within).iterator();
        return new Rows() {
            @Override
            public @Nullable Row next() {
                return documents.hasNext() ? StructRow.of(documents.next(), typing) : null;
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
    }

    private List<Value.Struct> within(String collection, Span ids) {
        return documents(collection).values().stream()
                .filter(document -> isWithin(document.get("_id"), ids))
                .toList();
    }

    private static boolean isWithin(Value id, Span ids) {
        for (Value equal : ids.equal()) {
            if (ValueOrder.compare(id, equal) != 0) {
                return false;
            }
        }
        return isBeyond(id, ids.low(), 1) && isBeyond(id, ids.high(), -1);
    }

    private static boolean isBeyond(Value id, Span.@Nullable Bound bound, int sign) {
        int order = bound == null ? 1 : ValueOrder.compare(id, bound.value()) * sign;
        return order > 0 || (bound != null && bound.included() && order == 0);
    }

    @Override
    public long estimate(String collection, Span ids) {
        return within(collection, ids).size();
    }

    @Override
    public @Nullable Row find(String collection, DocumentId id, Typing typing) {
        calls.add("find " + collection + " " + id);
        Value.Struct document = documents(collection).get(id);
        return document == null ? null : StructRow.of(document, typing);
    }

    @Override
    public long count(String collection) {
        calls.add("count " + collection);
        return documents(collection).size();
    }

    MapIndexes schema() {
        return indexes;
    }

    @Override
    public IndexCatalogue indexes() {
        return indexes.catalogue();
    }

    @Override
    public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
        calls.add((reverse ? "reverse " : "index ") + index.name() + " " + shown(span));
        return indexes.scan(index, documents(index.collection()).values(), span, reverse, typing);
    }

    /** Such as {@code [1,2](3..null]}. */
    private static String shown(Span span) {
        StringBuilder text = new StringBuilder(span.equal().toString());
        if (span.low() != null || span.high() != null) {
            text.append(span.low() != null && span.low().included() ? '[' : '(');
            text.append(span.low() == null ? "" : span.low().value());
            text.append("..").append(span.high() == null ? "" : span.high().value());
            text.append(span.high() != null && span.high().included() ? ']' : ')');
        }
        return text.toString();
    }

    @Override
    public long estimate(IndexShape index, Span span) {
        long entries = 0;
        try (IndexRows rows =
                indexes.scan(index, documents(index.collection()).values(), span, false, Typing.FLEXIBLE)) {
            while (rows.next()) {
                entries++;
            }
        }
        return entries;
    }

    @Override
    public @Nullable List<Value.Struct> system(String name) {
        return systemCollections.get(name);
    }

    @Override
    public List<String> systemNames() {
        return List.copyOf(systemCollections.keySet());
    }

    @Override
    public @Nullable DocumentId insert(
            String collection, Value.Struct document, Typing typing, Conflict policy, boolean initial) {
        Value.Struct identified = document.get("_id") instanceof Value.Missing
                ? with(document, List.of("_id"), Value.of("generated-" + ++generated))
                : document;
        DocumentId id = DocumentId.of(identified.get("_id"));
        Value.Struct existing = documents(collection).get(id);
        if (existing == null) {
            documents(collection).put(id, identified);
            return id;
        }
        Value.Struct merged = (Value.Struct) merged(existing, identified);
        return switch (policy) {
            case FAIL ->
                throw new IbidException(
                        ErrorCode.QUERY_EVALUATION,
                        "Identifier conflict on document \"" + id + "\": using FAIL conflict policy");
            case NOTHING -> null;
            case UPDATE -> {
                documents(collection).put(id, merged);
                yield id;
            }
            case UPDATE_LOCAL_DIFF -> {
                if (merged.equals(existing)) {
                    yield null;
                }
                documents(collection).put(id, merged);
                yield id;
            }
        };
    }

    private static Value merged(Value existing, Value assigned) {
        if (!(existing instanceof Value.Struct before) || !(assigned instanceof Value.Struct after)) {
            return assigned;
        }
        Value.Struct.Builder merged = Value.Struct.builder();
        for (int i = 0; i < before.size(); i++) {
            merged.put(before.name(i), before.value(i));
        }
        for (int i = 0; i < after.size(); i++) {
            merged.put(after.name(i), merged(before.get(after.name(i)), after.value(i)));
        }
        return merged.build();
    }

    @Override
    public boolean update(String collection, DocumentId id, List<Modification> modifications, Typing typing) {
        Value.Struct document = documents(collection).get(id);
        if (document == null) {
            return false;
        }
        for (Modification modification : modifications) {
            Path path = modification.path();
            Value old = Navigation.follow(document, path, 0);
            Value changed = switch (modification) {
                case Modification.Set set -> merged(old, set.value());
                case Modification.Unset unset -> Value.MISSING;
                case Modification.Increment increment -> Value.of(number(old) + increment.amount());
                case Modification.Restart restart -> Value.of(restart.value());
                case Modification.PnIncrement increment ->
                    old instanceof Value.Missing ? increment.amount() : Arithmetic.add(old, increment.amount());
                case Modification.Default reset -> Value.NULL;
            };
            if (typing.strict() && path.depth() > 1) {
                throw new IbidException(
                        ErrorCode.QUERY_EVALUATION,
                        "Unsupported DML operation on REGISTER field \""
                                + path.keys().getFirst() + "\"");
            }
            document = with(document, path.keys(), changed);
        }
        documents(collection).put(id, document);
        return true;
    }

    private static long number(Value value) {
        return value instanceof Value.Int(long number) ? number : 0;
    }

    private static Value.Struct with(Value.Struct struct, List<String> keys, Value value) {
        Value.Struct.Builder copy = Value.Struct.builder();
        for (int i = 0; i < struct.size(); i++) {
            copy.put(struct.name(i), struct.value(i));
        }
        if (keys.size() == 1) {
            return copy.put(keys.getFirst(), value).build();
        }
        Value.Struct child = struct.get(keys.getFirst()) instanceof Value.Struct old ? old : Value.Struct.EMPTY;
        return copy.put(keys.getFirst(), with(child, keys.subList(1, keys.size()), value))
                .build();
    }

    @Override
    public boolean delete(String collection, DocumentId id) {
        return documents(collection).remove(id) != null;
    }

    @Override
    public SystemTarget system() {
        return new SystemTarget() {
            @Override
            public @Nullable DocumentId insert(String name, Value.Struct row, Conflict policy) {
                List<Value.Struct> rows = new ArrayList<>(systemCollections.getOrDefault(name, List.of()));
                rows.add(row);
                systemCollections.put(name, rows);
                return DocumentId.of(row.get("_id"));
            }

            @Override
            public boolean delete(String name, DocumentId id) {
                List<Value.Struct> rows = new ArrayList<>(systemCollections.getOrDefault(name, List.of()));
                boolean removed =
                        rows.removeIf(row -> DocumentId.of(row.get("_id")).equals(id));
                systemCollections.put(name, rows);
                return removed;
            }
        };
    }

    @Override
    public boolean evict(String collection, DocumentId id) {
        calls.add("evict " + collection + " " + id);
        return documents(collection).remove(id) != null;
    }
}
