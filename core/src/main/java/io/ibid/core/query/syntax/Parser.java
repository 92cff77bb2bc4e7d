package io.ibid.core.query.syntax;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns text into a tree. Accepts the whole language; what of it can be run is for others to say. */
public final class Parser {

    /** How high a tree may be and how deep brackets may be nested. */
    public static final int NESTING_MAX = 256;

    /** The longest statement, in bytes of UTF-8. */
    public static final int TEXT_BYTES_MAX = 1 << 20;

    private final TokenReader in;
    private final ExpressionParser expressions;
    private final SelectParser selects;
    private final MutationParser mutations;

    private Parser(String text, boolean withPlaces) {
        if (text.length() > TEXT_BYTES_MAX / 3
                && (text.length() > TEXT_BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX)) {
            String tooLong = "the statement is longer than " + TEXT_BYTES_MAX + " bytes";
            throw QueryException.at(ErrorCode.QUERY_INVALID, tooLong, text, 0);
        }
        in = new TokenReader(text, withPlaces);
        expressions = new ExpressionParser(in);
        selects = new SelectParser(in, expressions);
        mutations = new MutationParser(in, expressions, selects);
    }

    /**
     * Parses one statement, with at most one semicolon after it.
     *
     * @throws QueryException with {@code query/invalid} and the place of the first token that does not fit, or {@code
     *     query/unsupported} for clauses of other SQL dialects
     */
    public static Command parse(String text) {
        Parser parser = new Parser(text, true);
        return parser.whole(parser.command(null));
    }

    /** Parses one expression. */
    public static Expression parseExpression(String text) {
        Parser parser = new Parser(text, true);
        return parser.whole(parser.expressions.parse());
    }

    /** Parses a statement into a tree whose places are all 0, so that trees of differently laid out texts can be compared. */
    static Command parseWithoutPlaces(String text) {
        Parser parser = new Parser(text, false);
        return parser.whole(parser.command(null));
    }

    private <T> T whole(T tree) {
        if (in.accept(TokenKind.SEMICOLON)) {
            if (!in.is(TokenKind.END_OF_TEXT)) {
                throw in.error("only one statement can be executed at a time");
            }
            return tree;
        }
        selects.refuseForeignClause();
        if (!in.is(TokenKind.END_OF_TEXT)) {
            throw in.expectedEnd(selects.lastAlias());
        }
        return tree;
    }

    /** The leading directive comment, where there is one. */
    private Command.@Nullable Directive directive(Command.@Nullable Directive before) {
        if (before != null && in.is(TokenKind.DIRECTIVE)) {
            throw in.error("a statement has one directive comment");
        }
        return in.is(TokenKind.DIRECTIVE) ? in.directive() : before;
    }

    /**
     * @param outer a directive comment that stands before what came first, such as EXPLAIN
     */
    private Command command(Command.@Nullable Directive outer) {
        Command.Directive directive = directive(outer);
        int at = in.at();
        return switch (in.kind()) {
            case SELECT -> selects.select(directive);
            case INSERT -> mutations.insert(directive);
            case UPDATE -> mutations.update(directive);
            case DELETE, EVICT -> mutations.remove(directive);
            case TOMBSTONE -> mutations.tombstone();
            case CREATE -> createIndex();
            case DROP -> dropIndex();
            case ALTER -> alterSystem();
            case SHOW -> show();
            case EXPLAIN -> {
                in.skip();
                yield new Command.Explain(at, explained("EXPLAIN", directive));
            }
            case PROFILE -> {
                in.skip();
                yield new Command.Profile(at, explained("PROFILE", directive));
            }
            case ADVISE -> {
                in.skip();
                yield advise(at, directive);
            }
            case SYNC -> remoteQuery();
            default -> {
                selects.refuseForeignClause();
                throw in.expected("a statement");
            }
        };
    }

    private Command explained(String what, Command.@Nullable Directive outer) {
        Command.Directive directive = directive(outer);
        if (in.is(TokenKind.ADVISE) && what.equals("EXPLAIN")) {
            int at = in.at();
            in.skip();
            return advise(at, directive);
        }
        boolean index = (in.is(TokenKind.CREATE) || in.is(TokenKind.DROP)) && what.equals("EXPLAIN");
        if (!index && !isQueryStart()) {
            throw in.expected("a statement that " + what + " can show");
        }
        return command(directive);
    }

    private boolean isQueryStart() {
        return switch (in.kind()) {
            case SELECT, INSERT, UPDATE, DELETE, EVICT -> true;
            default -> false;
        };
    }

    private Command advise(int at, Command.@Nullable Directive outer) {
        boolean provision = in.accept(TokenKind.AND);
        if (provision) {
            in.expect(TokenKind.PROVISION);
        }
        Command.Directive directive = directive(outer);
        if (!isQueryStart()) {
            throw in.expected("a statement that ADVISE can help");
        }
        return new Command.Advise(at, provision, command(directive));
    }

    private Command createIndex() {
        int at = in.at();
        in.expect(TokenKind.CREATE);
        in.expect(TokenKind.INDEX);
        boolean ifNotExists = in.is(TokenKind.IF, TokenKind.NOT);
        if (ifNotExists) {
            in.skip();
            in.skip();
            in.expect(TokenKind.EXISTS);
        }
        Command.CollectionReference collection = selects.collectionName();
        String name;
        if (in.accept(TokenKind.DOT)) {
            name = in.name();
        } else if (collection.namespace() == null) {
            name = collection.name();
            in.expect(TokenKind.ON);
            collection = selects.collectionName();
        } else {
            throw in.expected(".");
        }
        in.expect(TokenKind.OPEN);
        List<Command.IndexKey> keys = new ArrayList<>();
        do {
            int keyAt = in.at();
            List<String> names = in.path();
            boolean descending = in.accept(TokenKind.DESC);
            if (!descending) {
                in.accept(TokenKind.ASC);
            }
            keys.add(new Command.IndexKey(keyAt, names, descending));
        } while (in.accept(TokenKind.COMMA));
        in.expect(TokenKind.CLOSE);
        return new Command.CreateIndex(at, ifNotExists, name, collection, keys);
    }

    private Command dropIndex() {
        int at = in.at();
        in.expect(TokenKind.DROP);
        in.expect(TokenKind.INDEX);
        boolean ifExists = in.is(TokenKind.IF, TokenKind.EXISTS);
        if (ifExists) {
            in.skip();
            in.skip();
        }
        String name = in.name();
        in.expect(TokenKind.ON);
        return new Command.DropIndex(at, ifExists, name, selects.collectionName());
    }

    private Command alterSystem() {
        in.expect(TokenKind.ALTER);
        in.expect(TokenKind.SYSTEM);
        if (in.accept(TokenKind.RESET)) {
            int at = in.at();
            return new Command.ResetParameter(at, in.accept(TokenKind.ALL) ? null : in.name());
        }
        in.expect(TokenKind.SET);
        int at = in.at();
        String name = in.name();
        if (in.reads("=") || in.is(TokenKind.TO)) {
            in.skip();
        } else {
            throw in.expected("= or TO");
        }
        if (in.is(TokenKind.DEFAULT) && in.kind(1) != TokenKind.DOT) {
            in.skip();
            return new Command.SetParameter(at, name, null);
        }
        return new Command.SetParameter(at, name, in.is(TokenKind.OPEN_BRACE) ? settingObject() : expressions.parse());
    }

    /** Reads an object whose keys may be bare names, as only settings have it. */
    private Expression settingObject() {
        int at = in.at();
        in.expect(TokenKind.OPEN_BRACE);
        List<Expression.Pair> pairs = new ArrayList<>();
        while (!in.is(TokenKind.CLOSE_BRACE)) {
            int keyAt = in.at();
            String key = in.is(TokenKind.STRING_LITERAL) ? in.string() : in.name();
            in.expect(TokenKind.COLON);
            pairs.add(new Expression.Pair(new Expression.Literal(keyAt, Value.of(key)), expressions.parse()));
            if (!in.accept(TokenKind.COMMA)) {
                break;
            }
        }
        in.expect(TokenKind.CLOSE_BRACE);
        return new Expression.ObjectLiteral(at, pairs);
    }

    private Command show() {
        in.expect(TokenKind.SHOW);
        int at = in.at();
        if (!in.accept(TokenKind.ALL)) {
            return new Command.Show(at, in.name(), null);
        }
        boolean ignoringCase = in.is(TokenKind.ILIKE);
        boolean filtered = in.accept(TokenKind.LIKE) || in.accept(TokenKind.ILIKE);
        return new Command.Show(at, null, filtered ? new Command.ShowPattern(ignoringCase, in.string()) : null);
    }

    private Command remoteQuery() {
        int at = in.at();
        in.expect(TokenKind.SYNC);
        in.expect(TokenKind.CONTEXT);
        in.expect(TokenKind.OPEN);
        in.expect(TokenKind.PEERS);
        in.expect(TokenKind.WHERE);
        Expression peers = expressions.parse();
        in.expect(TokenKind.CLOSE);
        int commandAt = in.at();
        Command command;
        if (in.accept(TokenKind.EXPLAIN)) {
            command = new Command.Explain(commandAt, selects.select(null));
        } else if (in.accept(TokenKind.PROFILE)) {
            command = new Command.Profile(commandAt, selects.select(null));
        } else {
            command = selects.select(null);
        }
        return new Command.RemoteQuery(at, peers, command);
    }
}
