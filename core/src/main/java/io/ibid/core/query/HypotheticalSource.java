package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as it would be with more indexes, to plan with and not to read. How many entries a span of theirs would have is counted in a
 * sample of the documents.
 */
final class HypotheticalSource implements Source {
    private static final int SAMPLED_MAX = 1000;

    private final Source source;
    private final Scope scope;
    private final List<IndexShape> added;
    private final IndexCatalogue catalogue;
    private final Map<String, List<Row>> samples = new LinkedHashMap<>();

    HypotheticalSource(Source source, Scope scope, List<IndexShape> added) {
        this.source = source;
        this.scope = scope;
        this.added = List.copyOf(added);
        this.catalogue = collection -> {
            List<IndexShape> all = new ArrayList<>(source.indexes().of(collection));
            added.stream()
                    .filter(index -> index.collection().equals(collection))
                    .forEach(all::add);
            return all;
        };
    }

    @Override
    public IndexCatalogue indexes() {
        return catalogue;
    }

    @Override
    public long estimate(IndexShape index, Span span) {
        if (!added.contains(index)) {
            return source.estimate(index, span);
        }
        List<Row> sample = samples.computeIfAbsent(index.collection(), this::sample);
        if (sample.isEmpty()) {
            return 0;
        }
        long found = sample.stream()
                .filter(row -> IndexSpans.contains(span, index, row))
                .count();
        return found * count(index.collection()) / sample.size();
    }

    /** The first documents, which are as good as any: their order says nothing but what the ids do. */
    private List<Row> sample(String collection) {
        List<Row> sample = new ArrayList<>();
        try (Rows rows = source.scan(collection, Typing.FLEXIBLE)) {
            for (Row row = rows.next(); row != null && sample.size() < SAMPLED_MAX; row = rows.next()) {
                scope.limits.check();
                scope.memory().grow(row.memoryBytes(), "ADVISE", "give statements more memory");
                sample.add(row);
            }
        }
        return sample;
    }

    @Override
    public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
        throw new AssertionError("an index that does not exist: " + index);
    }

    @Override
    public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
        return source.scan(collection, ids, reverse, typing);
    }

    @Override
    public long estimate(String collection, Span ids) {
        return source.estimate(collection, ids);
    }

    @Override
    public @Nullable Row find(String collection, DocumentId id, Typing typing) {
        return source.find(collection, id, typing);
    }

    @Override
    public long count(String collection) {
        return source.count(collection);
    }

    @Override
    public @Nullable List<Value.Struct> system(String name) {
        return source.system(name);
    }

    @Override
    public List<String> systemNames() {
        return source.systemNames();
    }
}
