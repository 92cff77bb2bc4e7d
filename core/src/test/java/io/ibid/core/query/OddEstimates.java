package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A source to plan with, which says of its numbers of documents and entries what comes to its mind. */
record OddEstimates(Source source, Random random) implements Source {
    OddEstimates(Source source, long seed) {
        this(source, new Random(seed));
    }

    @Override
    public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
        return source.scan(collection, ids, reverse, typing);
    }

    @Override
    public long estimate(String collection, Span ids) {
        return random.nextInt(1_000_000);
    }

    @Override
    public @Nullable Row find(String collection, DocumentId id, Typing typing) {
        return source.find(collection, id, typing);
    }

    @Override
    public long count(String collection) {
        return 1_000_000;
    }

    @Override
    public IndexCatalogue indexes() {
        return source.indexes();
    }

    @Override
    public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
        return source.scanIndex(index, span, reverse, typing);
    }

    @Override
    public long estimate(IndexShape index, Span span) {
        return random.nextInt(12) > 0 ? 10_000 + random.nextInt(10) : random.nextInt(1_000_000);
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
