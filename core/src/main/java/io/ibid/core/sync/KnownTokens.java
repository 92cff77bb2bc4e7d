package io.ibid.core.sync;

import io.ibid.core.store.StoreId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where this process stands with each supplier, from one session to the next. The store knows it too, but only as of the last unit that
 * changed something or was saved for its own sake; of many suppliers the ones that were heard of longest ago are left to it. Loop only.
 */
final class KnownTokens {
    private static final int SUPPLIERS_MAX = 1_000;

    private final Map<StoreId, ResumeToken> bySupplier = new LinkedHashMap<>();

    /** The newest token that is true of what is durable here; null when only the store may know one. */
    @Nullable
    ResumeToken of(StoreId supplier) {
        return bySupplier.get(supplier);
    }

    void put(StoreId supplier, ResumeToken token) {
        bySupplier.remove(supplier);
        if (bySupplier.size() == SUPPLIERS_MAX) {
            bySupplier.remove(bySupplier.keySet().iterator().next());
        }
        bySupplier.put(supplier, token);
    }

    void remove(StoreId supplier) {
        bySupplier.remove(supplier);
    }
}
