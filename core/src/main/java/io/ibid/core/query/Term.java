package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_INVALID;

import io.ibid.core.error.NearestName;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One collection of a statement.
 *
 * @param at where its name stands
 * @param collection the name without namespace
 * @param system whether it is of the {@code system:} namespace
 * @param alias what the statement calls it; the collection's name unless another is given
 * @param typing how its rows are read
 */
record Term(int at, String collection, boolean system, String alias, Typing typing, List<Command.Hint> hints) {

    /** The one-row collection that a SELECT without FROM reads. */
    static final String DUAL = "dual";

    /** What the list of collections was called before there were namespaces. */
    private static final String OLD_COLLECTIONS = "__collections";

    static Term of(Command.FromTerm term, String text, StatementOptions options) {
        Command.CollectionReference reference = term.collection();
        return new Term(
                reference.at(),
                reference.name().equals(OLD_COLLECTIONS) ? "collections" : reference.name(),
                isSystem(reference, text),
                term.alias() == null ? reference.name() : term.alias(),
                new Typing(declared(reference, text), options.selectStrict()),
                term.hints());
    }

    /** The term of a SELECT that has no FROM. */
    static Term dual() {
        return new Term(0, DUAL, true, DUAL, Typing.FLEXIBLE, List.of());
    }

    /** How a mutation of this collection types what it writes. */
    static Typing writeTyping(Typing read, StatementOptions options) {
        boolean maps = !options.strict() || (!options.selectStrict() && options.objectDefault() == FieldType.MAP);
        return new Typing(read.declared(), options.strict(), maps ? FieldType.MAP : FieldType.REGISTER);
    }

    static boolean isSystem(Command.CollectionReference reference, String text) {
        String namespace = reference.namespace();
        if (reference.name().isEmpty()) {
            throw QueryException.at(QUERY_INVALID, "the name of a collection is empty", text, reference.at());
        }
        if (namespace == null || namespace.equals("default")) {
            return reference.name().equals(OLD_COLLECTIONS);
        }
        if (namespace.equals("system")) {
            return true;
        }
        String message = "unknown namespace '" + namespace + "', did you mean '"
                + NearestName.of(namespace, List.of("default", "system")) + "'?";
        throw QueryException.at(QUERY_EVALUATION, message, text, reference.at());
    }

    private static SortedMap<Path, FieldType> declared(Command.CollectionReference reference, String text) {
        SortedMap<Path, FieldType> declared = new TreeMap<>();
        declare(reference.definitions(), Path.ROOT, declared, text);
        return declared;
    }

    private static void declare(
            List<Command.FieldDefinition> definitions, Path parent, SortedMap<Path, FieldType> declared, String text) {
        for (Command.FieldDefinition definition : definitions) {
            Path path = parent.child(definition.name());
            if (parent.depth() == 0 && definition.name().equals("_id")) {
                throw QueryException.at(QUERY_INVALID, "the document id has no type", text, definition.at());
            }
            if (declared.put(path, definition.type()) != null) {
                throw QueryException.at(QUERY_INVALID, path + " is defined twice", text, definition.at());
            }
            declare(definition.children(), path, declared, text);
        }
    }

    /** The plain name with its namespace where it has one. */
    String qualifiedName() {
        return system ? "system:" + collection : collection;
    }

    /** The name that this alias hides, null when it hides none. */
    @Nullable
    String hiddenName() {
        return alias.equals(collection) ? null : collection;
    }
}
