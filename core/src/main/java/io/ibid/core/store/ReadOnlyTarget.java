package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Source;
import io.ibid.core.query.SystemTarget;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;

/** What statements of a read-only transaction see: they read, and are refused as soon as they write. Immutable. */
record ReadOnlyTarget(Source source) implements Target {

    @Override
    public DocumentId insert(
            String collection, Value.Struct document, Typing typing, Conflict policy, boolean initial) {
        throw refused();
    }

    @Override
    public boolean update(String collection, DocumentId id, List<Modification> modifications, Typing typing) {
        throw refused();
    }

    @Override
    public boolean delete(String collection, DocumentId id) {
        throw refused();
    }

    @Override
    public boolean evict(String collection, DocumentId id) {
        throw refused();
    }

    @Override
    public SystemTarget system() {
        throw refused();
    }

    private static IbidException refused() {
        return new IbidException(
                ErrorCode.STORE_TRANSACTION_READ_ONLY,
                "A mutating DQL query was attempted using a read-only transaction.");
    }
}
