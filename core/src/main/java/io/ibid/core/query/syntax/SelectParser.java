package io.ibid.core.query.syntax;

import io.ibid.core.query.syntax.Command.Projection;
import io.ibid.core.value.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads SELECT and the clauses that it shares with other statements. */
final class SelectParser {
    private final TokenReader in;
    private final ExpressionParser expressions;
    private int lastAlias = -1;

    SelectParser(TokenReader in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Command.Select select(Command.@Nullable Directive leading) {
        int at = in.at();
        in.expect(TokenKind.SELECT);
        Command.Directive directive = leading;
        if (in.is(TokenKind.DIRECTIVE)) {
            if (leading != null) {
                throw in.error("a statement has one directive comment");
            }
            directive = in.directive();
        }
        boolean distinct = in.accept(TokenKind.DISTINCT);
        List<Projection> projections = projections();
        Command.FromTerm from = null;
        List<Command.Join> joins = List.of();
        if (in.accept(TokenKind.FROM)) {
            from = fromTerm();
            joins = joins();
        }
        Expression where = where();
        Command.Grouping grouping = null;
        if (in.is(TokenKind.GROUP)) {
            int groupingAt = in.at();
            in.skip();
            in.expect(TokenKind.BY);
            grouping = new Command.Grouping(groupingAt, expressions.list());
        }
        Expression having = in.accept(TokenKind.HAVING) ? expressions.parse() : null;
        List<Command.OrderTerm> order = in.is(TokenKind.ORDER) ? order() : List.of();
        Expression limit = in.accept(TokenKind.LIMIT) ? expressions.parse() : null;
        Expression offset = in.accept(TokenKind.OFFSET) ? expressions.parse() : null;
        Command.Range range = new Command.Range(order, limit, offset);
        return new Command.Select(at, directive, distinct, projections, from, joins, where, grouping, having, range);
    }

    List<Projection> projections() {
        Projection first = projection();
        if (!in.is(TokenKind.COMMA)) {
            return List.of(first);
        }
        List<Projection> projections = new ArrayList<>();
        projections.add(first);
        while (in.accept(TokenKind.COMMA)) {
            projections.add(projection());
        }
        return projections;
    }

    private Projection projection() {
        int at = in.at();
        if (in.accept(TokenKind.STAR)) {
            return new Projection.Everything(at);
        }
        if (in.is(TokenKind.MISSING) && in.kind(1).isName()) {
            in.skip();
            return new Projection.Without(at, in.path());
        }
        if (in.isName() && in.kind(1) == TokenKind.DOT && in.kind(2) == TokenKind.STAR) {
            String alias = in.name();
            in.skip();
            in.skip();
            return new Projection.EverythingOf(at, alias);
        }
        if (in.is(TokenKind.RAW) && (in.kind(1).isName() || in.isParameter(1))) {
            throw in.unsupported("RAW");
        }
        Expression expression = expressions.parse();
        return new Projection.Column(at, expression, alias());
    }

    /** Reads {@code [[AS] name]}. */
    private @Nullable String alias() {
        if (in.accept(TokenKind.AS)) {
            return in.name();
        }
        refuseForeignClause();
        if (!in.isName()) {
            return null;
        }
        lastAlias = in.is(TokenKind.QUOTED_NAME) ? -1 : in.index();
        return in.name();
    }

    /** The token that was read last as an alias without AS and without backticks; -1 for none. */
    int lastAlias() {
        return lastAlias;
    }

    /** Refuses by name what other SQL dialects have here, so that it is never taken for an alias. */
    void refuseForeignClause() {
        switch (in.kind()) {
            case RAW, CROSS, FULL, NATURAL, UNNEST, OVER, NULLS, EXCEPT, INTERSECT, FOR, UNION, WITH ->
                throw in.unsupported(in.kind().text());
            default -> {}
        }
    }

    Command.FromTerm fromTerm() {
        int at = in.at();
        if (in.is(TokenKind.OPEN)) {
            throw in.unsupported("A subquery");
        }
        Command.CollectionReference collection = collection();
        String alias = in.is(TokenKind.USE) ? null : alias();
        return new Command.FromTerm(at, collection, alias, hints());
    }

    private List<Command.Join> joins() {
        List<Command.Join> joins = new ArrayList<>();
        while (true) {
            int at = in.at();
            Command.JoinKind kind = Command.JoinKind.INNER;
            switch (in.kind()) {
                case JOIN -> {}
                case INNER -> in.skip();
                case LEFT, RIGHT -> {
                    kind = in.is(TokenKind.LEFT) ? Command.JoinKind.LEFT : Command.JoinKind.RIGHT;
                    in.skip();
                    in.accept(TokenKind.OUTER);
                }
                case COMMA -> throw in.unsupported("A list of collections in FROM");
                default -> {
                    refuseForeignClause();
                    return joins;
                }
            }
            in.expect(TokenKind.JOIN);
            Command.FromTerm term = fromTerm();
            in.expect(TokenKind.ON);
            joins.add(new Command.Join(at, kind, term, expressions.parse()));
        }
    }

    /** Reads {@code [COLLECTION] [namespace:]name [(definitions)]}. */
    Command.CollectionReference collection() {
        boolean typed = in.accept(TokenKind.COLLECTION);
        Command.CollectionReference name = collectionName();
        if (!typed || !in.is(TokenKind.OPEN)) {
            return name;
        }
        return new Command.CollectionReference(name.at(), name.namespace(), name.name(), definitions(1));
    }

    /** Reads {@code [namespace:]name}. */
    Command.CollectionReference collectionName() {
        int at = in.at();
        String name = in.name();
        String namespace = null;
        if (in.accept(TokenKind.COLON)) {
            namespace = name;
            name = in.name();
        }
        return new Command.CollectionReference(at, namespace, name, List.of());
    }

    private List<Command.FieldDefinition> definitions(int depth) {
        if (depth > Parser.NESTING_MAX) {
            throw in.tooDeep();
        }
        in.expect(TokenKind.OPEN);
        List<Command.FieldDefinition> definitions = new ArrayList<>();
        do {
            int at = in.at();
            String name = in.name();
            FieldType type = switch (in.kind()) {
                case REGISTER -> FieldType.REGISTER;
                case ATTACHMENT -> FieldType.ATTACHMENT;
                case COUNTER -> FieldType.COUNTER;
                case PN_COUNTER -> FieldType.PN_COUNTER;
                case MAP -> FieldType.MAP;
                default -> throw in.expected("REGISTER, ATTACHMENT, COUNTER, PN_COUNTER or MAP");
            };
            in.skip();
            List<Command.FieldDefinition> children =
                    type == FieldType.MAP && in.is(TokenKind.OPEN) ? definitions(depth + 1) : List.of();
            definitions.add(new Command.FieldDefinition(at, name, type, children));
        } while (in.accept(TokenKind.COMMA));
        in.expect(TokenKind.CLOSE);
        return definitions;
    }

    List<Command.Hint> hints() {
        if (!in.is(TokenKind.USE)) {
            return List.of();
        }
        List<Command.Hint> hints = new ArrayList<>();
        while (in.is(TokenKind.USE)) {
            hints.add(hint());
        }
        return hints;
    }

    private Command.Hint hint() {
        int at = in.at();
        in.skip();
        if (in.accept(TokenKind.IDS)) {
            return ids(at);
        }
        if (in.accept(TokenKind.INDEX)) {
            return index(at);
        }
        if (in.accept(TokenKind.DIRECTIVES)) {
            return new Command.Hint.Directives(at, in.string());
        }
        throw in.expected("IDS, INDEX or DIRECTIVES");
    }

    private Command.Hint ids(int at) {
        if (in.is(TokenKind.LIST) && in.kind(1) != TokenKind.DOT) {
            in.skip();
            return new Command.Hint.IdList(at, expressions.parse());
        }
        if (in.is(TokenKind.OPEN)) {
            throw in.parenthesesRefused();
        }
        return new Command.Hint.Ids(at, expressions.list());
    }

    private Command.Hint index(int at) {
        if (in.is(TokenKind.STRING_LITERAL)) {
            String name = in.string();
            return new Command.Hint.Index(at, name.isEmpty() ? List.of() : List.of(name));
        }
        in.expect(TokenKind.OPEN);
        List<String> names = new ArrayList<>();
        do {
            names.add(in.name());
        } while (in.accept(TokenKind.COMMA));
        in.expect(TokenKind.CLOSE);
        return new Command.Hint.Index(at, names);
    }

    @Nullable
    Expression where() {
        return in.accept(TokenKind.WHERE) ? expressions.parse() : null;
    }

    /** Reads ORDER BY, LIMIT and OFFSET of a mutation, where they may come in any order. */
    Command.Range looseRange() {
        List<Command.OrderTerm> order = List.of();
        Expression limit = null;
        Expression offset = null;
        while (true) {
            if (in.is(TokenKind.ORDER) && order.isEmpty()) {
                order = order();
            } else if (in.is(TokenKind.LIMIT) && limit == null) {
                in.skip();
                limit = expressions.parse();
            } else if (in.is(TokenKind.OFFSET) && offset == null) {
                in.skip();
                offset = expressions.parse();
            } else {
                return order.isEmpty() && limit == null && offset == null
                        ? Command.Range.ALL
                        : new Command.Range(order, limit, offset);
            }
        }
    }

    private List<Command.OrderTerm> order() {
        in.expect(TokenKind.ORDER);
        in.expect(TokenKind.BY);
        List<Command.OrderTerm> terms = new ArrayList<>();
        do {
            int at = in.at();
            Expression key = expressions.parse();
            boolean descending = in.accept(TokenKind.DESC);
            if (!descending) {
                in.accept(TokenKind.ASC);
            }
            refuseForeignClause();
            terms.add(new Command.OrderTerm(at, key, descending));
        } while (in.accept(TokenKind.COMMA));
        return terms;
    }

    Command.@Nullable Returning returning() {
        int at = in.at();
        return in.accept(TokenKind.RETURNING) ? new Command.Returning(at, projections()) : null;
    }
}
