package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_INVALID;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The work between a parsed statement and its program, and what all parts of that work share. Lives as long as the preparation. */
final class Preparation {
    private final String text;
    private final StatementOptions options;
    private final Warnings warnings = new Warnings();
    private final Map<String, String> arrayWarnings = new LinkedHashMap<>();
    private final Compiler compiler;
    private final boolean observed;
    private boolean profiled;
    private boolean forServers;

    Preparation(String text, StatementOptions options) {
        this(text, options, false);
    }

    /** @param observed whether the answers are compared with earlier ones */
    Preparation(String text, StatementOptions options, boolean observed) {
        this.observed = observed;
        this.text = text;
        this.options = options;
        this.compiler = new Compiler(text, warnings);
    }

    Program program(Command command) {
        Program program = carried(command);
        compiler.finish();
        return program;
    }

    boolean isObserved() {
        return observed;
    }

    /** Whether PROFILE or a directive asks for a profile. */
    boolean isProfiled() {
        return profiled;
    }

    /** Whether it is written in a way that only servers know. */
    boolean isForServers() {
        return forServers;
    }

    private Program carried(Command command) {
        return switch (command) {
            case Command.Select select -> SelectPlanner.plan(this, select);
            case Command.Insert insert -> new MutationPlanner(this).insert(insert);
            case Command.Update update -> new MutationPlanner(this).update(update);
            case Command.Remove remove -> new MutationPlanner(this).remove(remove);
            case Command.SetParameter set -> setParameter(set);
            case Command.ResetParameter(int at, String name) ->
                new Program.ResetParameter(at, name == null ? null : name.toLowerCase(Locale.ROOT));
            case Command.Show(int at, String name, Command.ShowPattern pattern) ->
                new Program.Show(at, name == null ? null : name.toLowerCase(Locale.ROOT), pattern);
            case Command.Tombstone tombstone -> {
                forServers = true;
                warnings.add("TOMBSTONE FROM is an old name of DELETE FROM");
                yield new MutationPlanner(this).remove(tombstone.asRemove());
            }
            case Command.CreateIndex create -> createIndex(create);
            case Command.DropIndex(int at, boolean ifExists, String name, Command.CollectionReference collection) ->
                new Program.DropIndex(at, indexed(collection), name, ifExists);
            case Command.Explain(int at, Command carried) -> new Program.Explain(carried(carried));
            case Command.Profile(int at, Command carried) -> {
                profiled = true;
                yield carried(carried);
            }
            case Command.Advise(int at, boolean provision, Command carried) ->
                new Program.Advise(
                        carried(carried), text.substring(carried.at()).strip(), provision);
            case Command.RemoteQuery remote -> throw unsupported("SYNC CONTEXT", remote);
        };
    }

    private Program setParameter(Command.SetParameter set) {
        Expression value = set.value();
        Compiled compiled = value == null ? null : compiled(binder(List.of()).bindConstant(value, "ALTER SYSTEM"));
        return new Program.SetParameter(set.at(), set.name().toLowerCase(Locale.ROOT), compiled);
    }

    private Program createIndex(Command.CreateIndex create) {
        List<IndexShape.Key> keys = new ArrayList<>();
        Set<Path> paths = new TreeSet<>();
        for (Command.IndexKey key : create.keys()) {
            Path path = new Path(key.names());
            if (!paths.add(path)) {
                throw error(QUERY_EVALUATION, "the key " + path + " stands twice in the index", key.at());
            }
            keys.add(new IndexShape.Key(path, key.descending()));
        }
        return new Program.CreateIndex(
                create.at(), indexed(create.collection()), create.name(), keys, create.ifNotExists());
    }

    private String indexed(Command.CollectionReference collection) {
        if (Term.isSystem(collection, text)) {
            throw error(QUERY_UNSUPPORTED, "system collections have no indexes", collection.at());
        }
        return collection.name();
    }

    private QueryException unsupported(String what, Command command) {
        return error(QUERY_UNSUPPORTED, what + " is not supported yet", command.at());
    }

    String text() {
        return text;
    }

    StatementOptions options() {
        return options;
    }

    Compiler compiler() {
        return compiler;
    }

    Warnings warnings() {
        return warnings;
    }

    /** The parameters that are probably not meant to be arrays, each with its warning. */
    Map<String, String> arrayWarnings() {
        return arrayWarnings;
    }

    Term term(Command.FromTerm term) {
        return Term.of(term, text, options);
    }

    Binder binder(List<Term> terms) {
        return new Binder(text, terms, warnings, arrayWarnings);
    }

    SourcePlanner sourcePlanner(Binder binder) {
        return new SourcePlanner(binder, compiler, arrayWarnings);
    }

    Compiled compiled(Expression bound) {
        return new Compiled(bound, compiler.compile(bound));
    }

    Plan.Bounds bounds(Command.Range range, Binder binder) {
        Expression limit = range.limit();
        Expression offset = range.offset();
        return new Plan.Bounds(
                limit == null ? null : compiled(binder.bindConstant(limit, "LIMIT")),
                offset == null ? null : compiled(binder.bindConstant(offset, "OFFSET")));
    }

    /** The directives for a FROM term; null for a statement that reads none. */
    Directives directives(Command.@Nullable Directive comment, @Nullable Term term) {
        List<Command.Hint> hints = term == null ? List.of() : term.hints();
        for (int i = 0; i < hints.size(); i++) {
            Command.Hint hint = hints.get(i);
            for (Command.Hint earlier : hints.subList(0, i)) {
                if (isIds(earlier) == isIds(hint) && (isIds(hint) || earlier.getClass() == hint.getClass())) {
                    throw error(QUERY_INVALID, "a collection has one USE clause of a kind", hint.at());
                }
            }
        }
        if (comment == null && hints.isEmpty() && options.directives().size() == 0) {
            return Directives.NONE;
        }
        Directives directives = Directives.of(this, comment, term);
        profiled |= directives.profile();
        return directives;
    }

    private static boolean isIds(Command.Hint hint) {
        return hint instanceof Command.Hint.Ids || hint instanceof Command.Hint.IdList;
    }

    QueryException error(ErrorCode code, String message, int at) {
        return QueryException.at(code, message, text, at);
    }
}
