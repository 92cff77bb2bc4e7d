package io.ibid.core.database;

import io.ibid.core.database.requests.StatementUsage;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Prepared statements by text and options. Any thread. When full it is emptied: programs use a few hundred statements with
 * parameters, and one that builds a new text for every call gains nothing from a better rule.
 */
final class StatementCache {
    private record Key(String text, StatementOptions options) {}

    /** Longer texts are rarely repeated, and would let the cache hold gigabytes. */
    private static final int TEXT_LENGTH_MAX = 16 * 1024;

    private final ConcurrentHashMap<Key, StatementUsage> statements = new ConcurrentHashMap<>();
    private final LongSupplier sizeMax;

    /** @param sizeMax how many statements are kept, asked whenever one more comes */
    StatementCache(LongSupplier sizeMax) {
        this.sizeMax = sizeMax;
    }

    /** The statement, new or known, and how it was used so far. */
    StatementUsage prepare(String text, StatementOptions options) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return new StatementUsage(Statement.prepare(text, options));
        }
        Key key = new Key(text, options);
        StatementUsage known = statements.get(key);
        if (known != null) {
            return known;
        }
        StatementUsage statement = new StatementUsage(Statement.prepare(text, options));
        long room = sizeMax.getAsLong();
        if (statements.size() >= room) {
            statements.clear();
        }
        if (room > 0) {
            statements.put(key, statement);
        }
        return statement;
    }

    /** {@code system:shared_statements}. */
    SystemCollection systemCollection() {
        return new SystemCollection() {
            @Override
            public String name() {
                return "shared_statements";
            }

            @Override
            public List<Value.Struct> rows() {
                return statements.values().stream()
                        .map(StatementUsage::shown)
                        .sorted(Comparator.comparing(row -> row.get("_id"), ValueOrder.TOTAL))
                        .toList();
            }
        };
    }
}
