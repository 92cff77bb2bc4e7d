package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement reads: one unchanging snapshot, or the head with a transaction's own writes. */
public interface Source {

    /** The visible documents of a user collection in the order of their ids; none when there is no such collection. */
    default Rows scan(String collection, Typing typing) {
        return scan(collection, Span.ALL, false, typing);
    }

    /**
     * Those of a collection's visible documents whose ids lie in a span, in the order of their ids or from the last one on.
     *
     * @param ids as of an index whose only key is {@code _id}
     */
    Rows scan(String collection, Span ids, boolean reverse, Typing typing);

    /** The document of that id, or null when there is no visible one. */
    @Nullable
    Row find(String collection, DocumentId id, Typing typing);

    /** The number of rows that {@link #scan} would give, without reading them where the store can. */
    long count(String collection);

    /** The indexes that {@link #scanIndex} can read. */
    IndexCatalogue indexes();

    /**
     * The entries of a span, in the order of the index or from its end.
     *
     * @param index one that {@link #indexes} lists
     */
    IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing);

    /** Roughly how many documents have an id in the span, at a cost that does not grow with them; at least 0. */
    long estimate(String collection, Span ids);

    /** Roughly how many entries a span has, at a cost that does not grow with them; at least 0. */
    long estimate(IndexShape index, Span span);

    /**
     * The rows of a collection of the {@code system:} namespace (the name is without it), each with an {@code _id}; null when
     * there is none of that name. Strict mode and type definitions are applied to them by the query engine.
     */
    @Nullable
    List<Value.Struct> system(String name);

    /** The names that {@link #system} knows, sorted. */
    List<String> systemNames();
}
