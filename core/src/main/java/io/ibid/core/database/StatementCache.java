package io.ibid.core.database;

import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
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

    private final ConcurrentHashMap<Key, Statement> statements = new ConcurrentHashMap<>();
    private final LongSupplier sizeMax;

    /** @param sizeMax how many statements are kept, asked whenever one more comes */
    StatementCache(LongSupplier sizeMax) {
        this.sizeMax = sizeMax;
    }

    Statement prepare(String text, StatementOptions options) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return Statement.prepare(text, options);
        }
        Key key = new Key(text, options);
        Statement known = statements.get(key);
        if (known != null) {
            return known;
        }
        Statement statement = Statement.prepare(text, options);
        long room = sizeMax.getAsLong();
        if (statements.size() >= room) {
            statements.clear();
        }
        if (room > 0) {
            statements.put(key, statement);
        }
        return statement;
    }
}
