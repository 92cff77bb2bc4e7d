package io.ibid.core.sync;

import io.ibid.core.settings.SyncScopes;
import io.ibid.core.store.DocumentKey;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts this device's own sync scopes before all other rules. They decide what it sends, to the direct partner alone, whatever
 * that one subscribes to or may read; what it takes they leave alone. The scopes may change at any time. Loop only.
 */
final class ScopedAccess implements Access {
    private final Access rules;
    private SyncScopes scopes = new SyncScopes(new TreeMap<>());

    ScopedAccess(Access rules) {
        this.rules = rules;
    }

    SyncScopes scopes() {
        return scopes;
    }

    void restrictTo(SyncScopes next) {
        scopes = next;
    }

    @Override
    public boolean isInScope(Partner partner, String collection) {
        return scopes.of(collection).admits(partner.isServer()) && rules.isInScope(partner, collection);
    }

    @Override
    public SortedSet<String> scopedCollections() {
        SortedSet<String> collections = new TreeSet<>(rules.scopedCollections());
        collections.addAll(scopes.byCollection().keySet());
        return collections;
    }

    @Override
    public boolean mayRead(Partner partner, DocumentKey key) {
        return rules.mayRead(partner, key);
    }

    @Override
    public boolean mayWrite(Partner partner, DocumentKey key) {
        return rules.mayWrite(partner, key);
    }
}
