package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is read of the documents of one FROM term.
 *
 * @param whole everything, or something that only the stored document knows
 * @param paths the fields that are read; may begin with {@code _id}
 */
record FieldUse(boolean whole, SortedSet<Path> paths) {
    static final FieldUse NOTHING = new FieldUse(false, new TreeSet<>());
    static final FieldUse WHOLE = new FieldUse(true, new TreeSet<>());

    FieldUse {
        paths = Collections.unmodifiableSortedSet(paths);
    }

    /** What the bound expressions read of a term. */
    static FieldUse of(int term, Collection<Expression> expressions) {
        SortedSet<Path> paths = new TreeSet<>();
        boolean whole = false;
        for (Expression expression : expressions) {
            whole |= Trees.any(expression, node -> switch (node) {
                case Expression.WholeDocument document -> document.term() == term;
                case Expression.Call call ->
                    call.name().equalsIgnoreCase("siblings")
                            && call.arguments().getFirst() instanceof Expression.Field field
                            && field.term() == term;
                case Expression.Unqualified field -> {
                    if (term < field.terms()) {
                        paths.add(Path.of(field.path().key(0)));
                    }
                    yield false;
                }
                case Expression.Field field -> {
                    if (field.term() == term) {
                        paths.add(field.path());
                    }
                    yield false;
                }
                default -> false;
            });
        }
        return new FieldUse(whole, paths);
    }

    FieldUse and(FieldUse other) {
        if (whole || other.whole) {
            return WHOLE;
        }
        if (other.paths.isEmpty()) {
            return this;
        }
        SortedSet<Path> both = new TreeSet<>(paths);
        both.addAll(other.paths);
        return new FieldUse(false, both);
    }

    /** Whether the document's id is read. */
    boolean readsId() {
        return paths.stream().anyMatch(FieldUse::isOfId);
    }

    static boolean isOfId(Path path) {
        return path.key(0).equals("_id");
    }

    /** Whether entries of the index hold all that is read. */
    boolean isCoveredBy(IndexShape index) {
        return !whole
                && paths.stream()
                        .allMatch(path ->
                                isOfId(path) || index.keys().stream().anyMatch(key -> path.startsWith(key.path())));
    }
}
