package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the author of a statement, or the settings, tell the planner about one FROM term.
 *
 * @param indexScans false: no index is used
 * @param preferOrder an index that gives the order is taken whatever it costs
 * @param intersectsMax the most indexes in an intersection; 0 leaves it to the planner
 * @param scansMax the most index scans for one term
 * @param inListMax the most elements of IN that become ranges of their own
 * @param rangesMax the most ranges of one index scan that are not single values
 * @param joinsMax the most joins of the statement
 * @param profile the statement answers its profile too
 * @param indexes the only indexes that may be used, and then rather than a scan of the collection; empty: none; null: any
 */
record Directives(
        boolean indexScans,
        boolean preferOrder,
        int intersectsMax,
        int scansMax,
        int inListMax,
        int rangesMax,
        int joinsMax,
        boolean profile,
        @Nullable List<String> indexes) {

    static final Directives NONE = new Directives(true, false, 0, 5, 256, 64, 10, false, null);

    /**
     * The directives of one term: what is nearer to it overrides what is further away. From afar: the settings, the comment at the head
     * of the statement, what that says of the collection, USE DIRECTIVES, USE INDEX.
     *
     * @throws io.ibid.core.query.syntax.QueryException when one is no JSON object or of a wrong type
     */
    static Directives of(Preparation preparation, Command.@Nullable Directive comment, @Nullable Term term) {
        List<Command.Hint> hints = term == null ? List.of() : term.hints();
        DirectiveReader reader = new DirectiveReader(preparation.text(), preparation.warnings(), term);
        reader.read(preparation.options().directives());
        if (comment != null) {
            reader.read(comment.json(), comment.at());
        }
        for (Command.Hint hint : hints) {
            if (hint instanceof Command.Hint.Directives(int at, String json)) {
                reader.read(json, at);
            }
        }
        Directives read = reader.directives();
        for (Command.Hint hint : hints) {
            if (hint instanceof Command.Hint.Index(int at, List<String> names)) {
                read = read.withIndexes(names);
            }
        }
        return read;
    }

    Directives withIndexes(List<String> names) {
        return new Directives(
                indexScans,
                preferOrder,
                intersectsMax,
                scansMax,
                inListMax,
                rangesMax,
                joinsMax,
                profile,
                names.stream().filter(name -> !name.isEmpty()).toList());
    }

    /** Whether no index may be used. */
    boolean forbidIndexes() {
        return !indexScans || (indexes != null && indexes.isEmpty());
    }
}
