package io.ibid.core.sync;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;

/**
 * Names a query in tokens and tables: canonical text and arguments. The query for everything has no text.
 */
record QueryKey(String text, Value.Struct arguments) implements Comparable<QueryKey> {

    /** All user collections: what a server takes. */
    static final QueryKey EVERYTHING = new QueryKey("", Value.Struct.EMPTY);

    static QueryKey of(SubscriptionQuery query) {
        return new QueryKey(query.canonicalText(), query.arguments());
    }

    boolean isEverything() {
        return text.isEmpty();
    }

    /** The collection that it selects from. */
    String collection() {
        return SubscriptionQuery.ofCanonical(text, arguments).collection();
    }

    @Override
    public int compareTo(QueryKey other) {
        int order = text.compareTo(other.text);
        return order != 0 ? order : Json.write(arguments).compareTo(Json.write(other.arguments));
    }

    @Override
    public String toString() {
        return isEverything()
                ? "all user collections"
                : text + (arguments.isEmpty() ? "" : " " + Json.write(arguments));
    }
}
