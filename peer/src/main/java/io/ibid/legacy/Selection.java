package io.ibid.legacy;

import io.ibid.core.query.legacy.LegacyCondition;
import io.ibid.core.query.syntax.Notation;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Which documents of a collection an operation is about, and what DQL says for it. Immutable.
 *
 * @param query the condition as the application wrote it
 * @param condition the same as DQL; empty for all documents
 * @param order ORDER BY terms
 * @param limit how many at most; negative for all
 * @param offset how many are left out before them
 */
record Selection(
        String collection,
        String query,
        String condition,
        Value.Struct arguments,
        List<String> order,
        int limit,
        int offset) {

    /** All documents. */
    static Selection all(String collection) {
        return new Selection(collection, "", "", Value.Struct.EMPTY, List.of(), -1, 0);
    }

    /** Those for which a condition of the older language holds. */
    static Selection matching(String collection, String query, Value.Struct arguments) {
        String condition = LegacyCondition.toDql(query, arguments, collection);
        return new Selection(collection, query, condition, arguments, List.of(), -1, 0);
    }

    /** The one with this id. */
    static Selection of(String collection, DittoDocumentId id) {
        Value.Struct arguments = Value.Struct.builder().put("id", id.toValue()).build();
        return matching(collection, "_id == $args.id", arguments);
    }

    Selection sorted(String path, DittoSortDirection direction) {
        List<String> longer = new ArrayList<>(order);
        longer.add(LegacyCondition.pathToDql(path, collection)
                + (direction == DittoSortDirection.Descending ? " DESC" : ""));
        return new Selection(collection, query, condition, arguments, List.copyOf(longer), limit, offset);
    }

    Selection limited(int most) {
        return new Selection(collection, query, condition, arguments, order, most, offset);
    }

    Selection offset(int leftOut) {
        return new Selection(collection, query, condition, arguments, order, limit, leftOut);
    }

    /** Whether it is a part of what matches. */
    boolean isPart() {
        return limit >= 0 || offset > 0;
    }

    /** Reads them; in the order of their ids unless another one is asked for. */
    String select() {
        return statement("SELECT * FROM ") + tail(true);
    }

    /** What partners are asked for: a subscription has neither order nor limits. */
    String subscription() {
        return statement("SELECT * FROM ").toString();
    }

    String delete() {
        return statement("DELETE FROM ") + tail(isPart());
    }

    String evict() {
        return statement("EVICT FROM ") + tail(isPart());
    }

    private StringBuilder statement(String beginning) {
        StringBuilder out = new StringBuilder(beginning).append(name(collection));
        return condition.isEmpty() ? out : out.append(" WHERE ").append(condition);
    }

    private String tail(boolean ordered) {
        StringBuilder out = new StringBuilder();
        if (ordered) {
            String id = name(collection) + ".`_id`";
            out.append(" ORDER BY ").append(order.isEmpty() ? id : String.join(", ", order));
        }
        if (limit >= 0) {
            out.append(" LIMIT ").append(limit);
        }
        if (offset > 0) {
            out.append(" OFFSET ").append(offset);
        }
        return out.toString();
    }

    /** The name of a collection or field as DQL has it. */
    static String name(String name) {
        StringBuilder out = new StringBuilder();
        Notation.name(out, name);
        return out.toString();
    }
}
