package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import java.util.LinkedHashSet;
import java.util.Set;

/** Admits each document once. */
final class Seen implements Admission {
    private final Scope scope;
    private final Set<DocumentId> ids = new LinkedHashSet<>();

    Seen(Scope scope) {
        this.scope = scope;
    }

    @Override
    public boolean admits(DocumentId id) {
        if (!ids.add(id)) {
            return false;
        }
        scope.memory()
                .grow(
                        4 * Sizes.OBJECT + Sizes.of(id.value()),
                        "reading several parts of indexes",
                        "narrow the WHERE clause or forbid indexes with #disable_index_scan");
        return true;
    }

    boolean contains(DocumentId id) {
        return ids.contains(id);
    }
}
