package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something simple that can be said about one field of a document, by which many conditions can be indexed. A document that meets a
 * condition meets one of its criteria at least; the other way round nothing is promised. The path may begin with {@code _id}.
 */
public sealed interface Criterion {

    Path path();

    /** The value is one of these in the total order; MISSING and NULL may be among them. */
    record OneOf(Path path, List<Value> values) implements Criterion {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** The value is neither NULL nor MISSING and between the two in the total order, both included; null is no bound. */
    record Within(Path path, @Nullable Value low, @Nullable Value high) implements Criterion {}
}
