package io.ibid.server;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an answer but its rows.
 *
 * @param items how many rows there are
 * @param commitId at which the statement ran or which it made; null when none did
 * @param warnings at most {@link #WARNINGS_MAX}
 */
record Summary(
        QueryType type,
        @Nullable Long commitId,
        int items,
        List<Value> mutatedIds,
        @Nullable Failure failure,
        List<ServedDatabase.Warning> warnings,
        long totalWarnings) {

    static final int WARNINGS_MAX = 10;

    Summary {
        mutatedIds = List.copyOf(mutatedIds);
        warnings = List.copyOf(warnings.subList(0, Math.min(WARNINGS_MAX, warnings.size())));
    }

    static Summary failed(QueryType type, Failure failure) {
        return new Summary(type, null, 0, List.of(), failure, List.of(), 0);
    }
}
