package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import java.util.LinkedHashSet;
import java.util.Set;

/** Admits each document once. */
final class Seen implements Admission {
    private final Scope scope;
    private final Set<DocumentId> ids = new LinkedHashSet<>();
    private long bytes;

    Seen(Scope scope) {
        this.scope = scope;
    }

    @Override
    public boolean admits(DocumentId id) {
        if (!ids.add(id)) {
            return false;
        }
        long more = 4 * Sizes.OBJECT + Sizes.of(id.value());
        bytes += more;
        scope.memory()
                .grow(
                        more,
                        "reading several parts of indexes",
                        "narrow the WHERE clause or forbid indexes with #disable_index_scan");
        return true;
    }

    /** Gives its memory back: the inner side of a join sees ids anew for each row. */
    void forget() {
        ids.clear();
        if (bytes > 0) {
            scope.memory().shrink(bytes);
            bytes = 0;
        }
    }

    boolean contains(DocumentId id) {
        return ids.contains(id);
    }
}
