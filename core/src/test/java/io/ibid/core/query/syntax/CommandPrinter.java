package io.ibid.core.query.syntax;

import io.ibid.core.query.syntax.Command.Assignment;
import io.ibid.core.query.syntax.Command.Hint;
import io.ibid.core.query.syntax.Command.Projection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a statement's tree as a statement again. */
final class CommandPrinter {
    private final StringBuilder out = new StringBuilder();

    static String print(Command command) {
        CommandPrinter printer = new CommandPrinter();
        printer.command(command);
        return printer.out.toString();
    }

    private void command(Command command) {
        switch (command) {
            case Command.Select select -> select(select);
            case Command.Insert insert -> insert(insert);
            case Command.Update update -> {
                directive(update.directive());
                out.append("UPDATE ");
                from(update.target());
                assignments(update);
                clause(" WHERE ", update.where());
                range(update.range());
                returning(update.returning());
            }
            case Command.Remove remove -> {
                directive(remove.directive());
                out.append(remove.evict() ? "EVICT FROM " : "DELETE FROM ");
                from(remove.target());
                clause(" WHERE ", remove.where());
                range(remove.range());
                returning(remove.returning());
            }
            case Command.Tombstone tombstone -> {
                out.append("TOMBSTONE FROM ");
                collection(tombstone.collection());
                clause(" WHERE ", tombstone.where());
            }
            case Command.CreateIndex create -> {
                out.append("CREATE INDEX ").append(create.ifNotExists() ? "IF NOT EXISTS " : "");
                name(create.name());
                out.append(" ON ");
                collection(create.collection());
                list(" (", create.keys(), key -> {
                    Notation.path(out, key.names());
                    out.append(key.descending() ? " DESC" : "");
                });
                out.append(')');
            }
            case Command.DropIndex drop -> {
                out.append("DROP INDEX ").append(drop.ifExists() ? "IF EXISTS " : "");
                name(drop.name());
                out.append(" ON ");
                collection(drop.collection());
            }
            case Command.SetParameter set -> {
                out.append("ALTER SYSTEM SET ");
                name(set.name());
                out.append(" = ");
                if (set.value() == null) {
                    out.append("DEFAULT");
                } else {
                    Printer.append(out, set.value());
                }
            }
            case Command.ResetParameter reset -> nameOrAll("ALTER SYSTEM RESET ", reset.name());
            case Command.Show show -> {
                nameOrAll("SHOW ", show.name());
                if (show.pattern() != null) {
                    out.append(show.pattern().ignoringCase() ? " ILIKE " : " LIKE ");
                    Notation.text(out, show.pattern().pattern());
                }
            }
            case Command.Explain explain -> {
                out.append("EXPLAIN ");
                command(explain.command());
            }
            case Command.Profile profile -> {
                out.append("PROFILE ");
                command(profile.command());
            }
            case Command.Advise advise -> {
                out.append(advise.provision() ? "ADVISE AND PROVISION " : "ADVISE ");
                command(advise.command());
            }
            case Command.RemoteQuery remote -> {
                out.append("SYNC CONTEXT (PEERS WHERE ");
                Printer.append(out, remote.peers());
                out.append(") ");
                command(remote.command());
            }
        }
    }

    private void nameOrAll(String before, @Nullable String name) {
        out.append(before);
        if (name == null) {
            out.append("ALL");
        } else {
            name(name);
        }
    }

    private void select(Command.Select select) {
        directive(select.directive());
        out.append("SELECT").append(select.distinct() ? " DISTINCT" : "");
        list(" ", select.projections(), this::projection);
        if (select.from() != null) {
            out.append(" FROM ");
            from(select.from());
        }
        for (Command.Join join : select.joins()) {
            out.append(' ').append(join.kind()).append(" JOIN ");
            from(join.term());
            clause(" ON ", join.condition());
        }
        clause(" WHERE ", select.where());
        if (select.grouping() != null) {
            list(" GROUP BY ", select.grouping().keys(), key -> Printer.append(out, key));
        }
        clause(" HAVING ", select.having());
        range(select.range());
    }

    private void directive(Command.@Nullable Directive directive) {
        if (directive != null) {
            out.append("/*+").append(directive.json()).append("*/ ");
        }
    }

    private void projection(Projection projection) {
        switch (projection) {
            case Projection.Everything everything -> out.append('*');
            case Projection.EverythingOf everything -> {
                name(everything.alias());
                out.append(".*");
            }
            case Projection.Column column -> {
                Printer.append(out, column.expression());
                if (column.alias() != null) {
                    out.append(" AS ");
                    name(column.alias());
                }
            }
            case Projection.Without without -> {
                out.append("MISSING ");
                Notation.path(out, without.names());
            }
        }
    }

    private void from(Command.FromTerm term) {
        collection(term.collection());
        if (term.alias() != null) {
            out.append(" AS ");
            name(term.alias());
        }
        for (Hint hint : term.hints()) {
            switch (hint) {
                case Hint.Ids ids -> list(" USE IDS ", ids.ids(), id -> Printer.append(out, id));
                case Hint.IdList list -> clause(" USE IDS LIST ", list.list());
                case Hint.Index index when index.names().isEmpty() -> out.append(" USE INDEX ''");
                case Hint.Index index -> {
                    list(" USE INDEX (", index.names(), this::name);
                    out.append(')');
                }
                case Hint.Directives directives -> {
                    out.append(" USE DIRECTIVES ");
                    Notation.text(out, directives.json());
                }
            }
        }
    }

    private void collection(Command.CollectionReference collection) {
        out.append(collection.definitions().isEmpty() ? "" : "COLLECTION ");
        if (collection.namespace() != null) {
            name(collection.namespace());
            out.append(':');
        }
        name(collection.name());
        definitions(collection.definitions());
    }

    private void definitions(List<Command.FieldDefinition> definitions) {
        if (!definitions.isEmpty()) {
            list(" (", definitions, definition -> {
                name(definition.name());
                out.append(' ').append(definition.type());
                definitions(definition.children());
            });
            out.append(')');
        }
    }

    private void range(Command.Range range) {
        if (!range.order().isEmpty()) {
            list(" ORDER BY ", range.order(), term -> {
                Printer.append(out, term.key());
                out.append(term.descending() ? " DESC" : "");
            });
        }
        clause(" LIMIT ", range.limit());
        clause(" OFFSET ", range.offset());
    }

    private void insert(Command.Insert insert) {
        directive(insert.directive());
        out.append("INSERT INTO ");
        collection(insert.collection());
        if (insert.select() != null) {
            out.append(' ');
            select(insert.select());
        } else {
            out.append(insert.initial() ? " INITIAL" : "");
            list(" DOCUMENTS ", insert.documents(), document -> {
                out.append('(');
                Printer.append(out, document);
                out.append(')');
            });
        }
        if (insert.policy() != null) {
            out.append(" ON ID CONFLICT DO ").append(insert.policy().kind());
        }
        returning(insert.returning());
    }

    private void returning(Command.@Nullable Returning returning) {
        if (returning != null) {
            list(" RETURNING ", returning.projections(), this::projection);
        }
    }

    private void assignments(Command.Update update) {
        String before = "";
        for (Assignment assignment : update.assignments()) {
            String clause = switch (assignment) {
                case Assignment.Increment it -> " APPLY ";
                case Assignment.Restart it -> " APPLY ";
                case Assignment.PnIncrement it -> " APPLY ";
                case Assignment.Unset it -> " UNSET ";
                default -> " SET ";
            };
            out.append(clause.equals(before) ? ", " : clause);
            before = clause;
            assignment(assignment);
        }
    }

    private void assignment(Assignment assignment) {
        Notation.path(out, assignment.names());
        switch (assignment) {
            case Assignment.Set set -> clause(" = ", set.value());
            case Assignment.Unset unset -> {}
            case Assignment.Increment increment -> clause(" INCREMENT BY ", increment.amount());
            case Assignment.Restart restart -> {
                out.append(" RESTART");
                clause(" WITH ", restart.value());
            }
            case Assignment.PnIncrement increment -> clause(" PN_INCREMENT BY ", increment.amount());
            case Assignment.Tombstone tombstone -> out.append(" -> tombstone()");
            case Assignment.Default reset -> out.append(" -> default()");
            case Assignment.Nested nested -> {
                list(" -> (", nested.operations(), this::assignment);
                out.append(')');
            }
        }
    }

    private void clause(String before, @Nullable Expression expression) {
        if (expression != null) {
            out.append(before);
            Printer.append(out, expression);
        }
    }

    private <T> void list(String before, List<T> elements, Consumer<T> writer) {
        String separator = before;
        for (T element : elements) {
            out.append(separator);
            writer.accept(element);
            separator = ", ";
        }
    }

    private void name(String name) {
        Notation.name(out, name);
    }
}
