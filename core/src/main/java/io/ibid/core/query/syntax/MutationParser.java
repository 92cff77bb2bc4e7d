package io.ibid.core.query.syntax;

import io.ibid.core.query.syntax.Command.Assignment;
import io.ibid.core.query.syntax.Command.PolicyKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads INSERT, UPDATE, DELETE, EVICT and TOMBSTONE. */
final class MutationParser {
    private final TokenReader in;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    MutationParser(TokenReader in, ExpressionParser expressions, SelectParser selects) {
        this.in = in;
        this.expressions = expressions;
        this.selects = selects;
    }

    Command.Insert insert(Command.@Nullable Directive directive) {
        int at = in.at();
        in.expect(TokenKind.INSERT);
        in.expect(TokenKind.INTO);
        Command.CollectionReference collection = selects.collection();
        boolean initial = false;
        List<Expression> documents = List.of();
        Command.Select select = null;
        if (in.is(TokenKind.SELECT)) {
            select = selects.select(null);
        } else {
            initial = in.accept(TokenKind.INITIAL);
            if (!in.accept(TokenKind.DOCUMENTS) && !in.accept(TokenKind.VALUES)) {
                throw in.expected(initial ? "DOCUMENTS or VALUES" : "DOCUMENTS, VALUES, INITIAL or SELECT");
            }
            documents = documents();
        }
        if (initial && in.is(TokenKind.ON)) {
            throw in.error("INITIAL DOCUMENTS cannot have ON ID CONFLICT");
        }
        Command.Policy policy = in.is(TokenKind.ON) ? policy() : null;
        return new Command.Insert(at, directive, collection, initial, documents, select, policy, selects.returning());
    }

    private List<Expression> documents() {
        List<Expression> documents = new ArrayList<>();
        do {
            in.expect(TokenKind.OPEN);
            documents.add(expressions.parse());
            in.expect(TokenKind.CLOSE);
        } while (in.accept(TokenKind.COMMA));
        return documents;
    }

    private Command.Policy policy() {
        int at = in.at();
        in.expect(TokenKind.ON);
        in.expect(TokenKind.ID);
        in.expect(TokenKind.CONFLICT);
        boolean explicit = in.accept(TokenKind.DO);
        PolicyKind kind = switch (in.kind()) {
            case FAIL -> PolicyKind.FAIL;
            case NOTHING -> PolicyKind.NOTHING;
            case UPDATE -> PolicyKind.UPDATE;
            case UPDATE_LOCAL_DIFF -> PolicyKind.UPDATE_LOCAL_DIFF;
            case MERGE -> PolicyKind.MERGE;
            default -> throw in.expected("FAIL, NOTHING, UPDATE or UPDATE_LOCAL_DIFF");
        };
        if (!explicit && kind != PolicyKind.FAIL) {
            throw in.expected("DO");
        }
        in.skip();
        return new Command.Policy(at, kind);
    }

    Command.Update update(Command.@Nullable Directive directive) {
        int at = in.at();
        in.expect(TokenKind.UPDATE);
        Command.FromTerm target = target();
        List<Assignment> assignments = new ArrayList<>();
        if (in.accept(TokenKind.APPLY)) {
            do {
                assignments.add(apply());
            } while (in.accept(TokenKind.COMMA));
        }
        if (in.accept(TokenKind.SET)) {
            do {
                assignments.add(set(1));
            } while (in.accept(TokenKind.COMMA));
        }
        if (in.accept(TokenKind.UNSET)) {
            do {
                int unsetAt = in.at();
                assignments.add(new Assignment.Unset(unsetAt, in.path()));
            } while (in.accept(TokenKind.COMMA));
        }
        if (assignments.isEmpty()) {
            throw in.error("Missing SET and/or UNSET clause");
        }
        return new Command.Update(
                at, directive, target, assignments, selects.where(), selects.looseRange(), selects.returning());
    }

    private Command.FromTerm target() {
        int at = in.at();
        Command.CollectionReference collection = selects.collection();
        return new Command.FromTerm(at, collection, null, selects.hints());
    }

    private Assignment apply() {
        int at = in.at();
        List<String> names = in.path();
        if (in.accept(TokenKind.INCREMENT)) {
            in.expect(TokenKind.BY);
            return new Assignment.Increment(at, names, expressions.parse());
        }
        if (in.accept(TokenKind.PN_INCREMENT)) {
            in.expect(TokenKind.BY);
            return new Assignment.PnIncrement(at, names, expressions.parse());
        }
        if (in.accept(TokenKind.RESTART)) {
            return new Assignment.Restart(at, names, in.accept(TokenKind.WITH) ? expressions.parse() : null);
        }
        throw in.expected("INCREMENT, RESTART or PN_INCREMENT");
    }

    private Assignment set(int depth) {
        int at = in.at();
        List<String> names = in.path();
        if (in.reads("=")) {
            in.skip();
            return new Assignment.Set(at, names, expressions.parse());
        }
        if (!in.accept(TokenKind.ARROW)) {
            throw in.expected("= or ->");
        }
        if (in.accept(TokenKind.OPEN)) {
            if (depth == Parser.NESTING_MAX) {
                throw in.tooDeep();
            }
            List<Assignment> operations = new ArrayList<>();
            do {
                operations.add(set(depth + 1));
            } while (in.accept(TokenKind.COMMA));
            in.expect(TokenKind.CLOSE);
            return new Assignment.Nested(at, names, operations);
        }
        Assignment mutator = switch (in.kind()) {
            case TOMBSTONE -> new Assignment.Tombstone(at, names);
            case DEFAULT -> new Assignment.Default(at, names);
            default -> throw in.expected("(, tombstone() or default()");
        };
        in.skip();
        in.expect(TokenKind.OPEN);
        in.expect(TokenKind.CLOSE);
        return mutator;
    }

    Command.Remove remove(Command.@Nullable Directive directive) {
        int at = in.at();
        boolean evict = in.is(TokenKind.EVICT);
        in.skip();
        in.expect(TokenKind.FROM);
        return new Command.Remove(
                at, directive, evict, target(), selects.where(), selects.looseRange(), selects.returning());
    }

    Command.Tombstone tombstone() {
        int at = in.at();
        in.expect(TokenKind.TOMBSTONE);
        in.expect(TokenKind.FROM);
        return new Command.Tombstone(at, selects.collection(), selects.where());
    }
}
