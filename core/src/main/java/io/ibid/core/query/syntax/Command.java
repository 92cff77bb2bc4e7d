package io.ibid.core.query.syntax;

import io.ibid.core.value.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as a tree. {@code at} is the offset of the first token of the thing, of settings that of the name. */
public sealed interface Command {

    int at();

    record Select(
            int at,
            @Nullable Directive directive,
            boolean distinct,
            List<Projection> projections,
            @Nullable FromTerm from,
            List<Join> joins,
            @Nullable Expression where,
            @Nullable Grouping grouping,
            @Nullable Expression having,
            Range range)
            implements Command {}

    /** ORDER BY, LIMIT and OFFSET. */
    record Range(
            List<OrderTerm> order,
            @Nullable Expression limit,
            @Nullable Expression offset) {
        public static final Range ALL = new Range(List.of(), null, null);
    }

    record Grouping(int at, List<Expression> keys) {}

    record OrderTerm(int at, Expression key, boolean descending) {}

    /** One element of a SELECT or RETURNING list. */
    sealed interface Projection {
        int at();

        /** {@code *}. */
        record Everything(int at) implements Projection {}

        /** {@code alias.*}. */
        record EverythingOf(int at, String alias) implements Projection {}

        /** An expression and the name it gets, null when none is written. */
        record Column(
                int at, Expression expression, @Nullable String alias) implements Projection {}

        /** {@code MISSING path}. */
        record Without(int at, List<String> names) implements Projection {}
    }

    record FromTerm(
            int at,
            CollectionReference collection,
            @Nullable String alias,
            List<Hint> hints) {}

    /**
     * A collection with the types of its fields in this statement.
     *
     * @param at where the name stands
     * @param namespace null when none is written
     */
    record CollectionReference(int at, @Nullable String namespace, String name, List<FieldDefinition> definitions) {}

    record FieldDefinition(int at, String name, FieldType type, List<FieldDefinition> children) {}

    /** A USE clause. */
    sealed interface Hint {
        int at();

        /** {@code USE IDS a, b}. */
        record Ids(int at, List<Expression> ids) implements Hint {}

        /** {@code USE IDS LIST array}. */
        record IdList(int at, Expression list) implements Hint {}

        /** {@code USE INDEX 'name'}; an empty list asks for a scan of the collection. */
        record Index(int at, List<String> names) implements Hint {}

        /** {@code USE DIRECTIVES 'json'}. */
        record Directives(int at, String json) implements Hint {}
    }

    record Join(int at, JoinKind kind, FromTerm term, Expression condition) {}

    enum JoinKind {
        INNER,
        LEFT,
        RIGHT
    }

    /** A directive comment: the text between its marks. */
    record Directive(int at, String json) {}

    record Insert(
            int at,
            @Nullable Directive directive,
            CollectionReference collection,
            boolean initial,
            List<Expression> documents,
            @Nullable Select select,
            @Nullable Policy policy,
            @Nullable Returning returning)
            implements Command {}

    record Policy(int at, PolicyKind kind) {}

    enum PolicyKind {
        FAIL,
        NOTHING,
        UPDATE,
        UPDATE_LOCAL_DIFF,
        MERGE
    }

    record Returning(int at, List<Projection> projections) {}

    record Update(
            int at,
            @Nullable Directive directive,
            FromTerm target,
            List<Assignment> assignments,
            @Nullable Expression where,
            Range range,
            @Nullable Returning returning)
            implements Command {}

    /** One change of an UPDATE; {@code names} is the path as written. */
    sealed interface Assignment {
        int at();

        List<String> names();

        record Set(int at, List<String> names, Expression value) implements Assignment {}

        record Unset(int at, List<String> names) implements Assignment {}

        record Increment(int at, List<String> names, Expression amount) implements Assignment {}

        /** The value is null when none is written, which means 0. */
        record Restart(int at, List<String> names, @Nullable Expression value) implements Assignment {}

        record PnIncrement(int at, List<String> names, Expression amount) implements Assignment {}

        /** {@code path -> tombstone()}, an older spelling of UNSET. */
        record Tombstone(int at, List<String> names) implements Assignment {}

        /** {@code path -> default()}. */
        record Default(int at, List<String> names) implements Assignment {}

        /** {@code path -> (...)}; the operations' paths go on from this one. */
        record Nested(int at, List<String> names, List<Assignment> operations) implements Assignment {}
    }

    /** DELETE or EVICT. */
    record Remove(
            int at,
            @Nullable Directive directive,
            boolean evict,
            FromTerm target,
            @Nullable Expression where,
            Range range,
            @Nullable Returning returning)
            implements Command {}

    /** An old name of DELETE, for servers. */
    record Tombstone(
            int at,
            CollectionReference collection,
            @Nullable Expression where) implements Command {

        /** The DELETE that means the same. */
        public Remove asRemove() {
            FromTerm target = new FromTerm(collection.at(), collection, null, List.of());
            return new Remove(at, null, false, target, where, Range.ALL, null);
        }
    }

    record CreateIndex(int at, boolean ifNotExists, String name, CollectionReference collection, List<IndexKey> keys)
            implements Command {}

    record IndexKey(int at, List<String> names, boolean descending) {}

    record DropIndex(int at, boolean ifExists, String name, CollectionReference collection) implements Command {}

    /** {@code ALTER SYSTEM SET name = value}; the value is null for DEFAULT. */
    record SetParameter(int at, String name, @Nullable Expression value) implements Command {}

    /** {@code ALTER SYSTEM RESET name}; the name is null for ALL. */
    record ResetParameter(int at, @Nullable String name) implements Command {}

    /** {@code SHOW name}; the name is null for ALL, which may have a pattern. */
    record Show(int at, @Nullable String name, @Nullable ShowPattern pattern) implements Command {}

    record ShowPattern(boolean ignoringCase, String pattern) {}

    record Explain(int at, Command command) implements Command {}

    record Profile(int at, Command command) implements Command {}

    record Advise(int at, boolean provision, Command command) implements Command {}

    /** {@code SYNC CONTEXT (PEERS WHERE ...) SELECT ...}. */
    record RemoteQuery(int at, Expression peers, Command command) implements Command {}
}
