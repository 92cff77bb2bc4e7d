package io.ibid.core.query.syntax;

import static io.ibid.core.error.ErrorCode.QUERY_INVALID;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads tokens one after another and says what is wrong with the one at hand. */
final class TokenReader {
    private static final int SHOWN_MAX = 40;

    private final String text;
    private final Tokens tokens;
    private final Literals literals;
    private final boolean withPlaces;
    private int index;

    TokenReader(String text, boolean withPlaces) {
        this.text = text;
        this.tokens = Lexer.scan(text);
        this.literals = new Literals(text);
        this.withPlaces = withPlaces;
    }

    TokenKind kind() {
        return tokens.kind(index);
    }

    /** The kind of the token that many places ahead; END_OF_TEXT beyond the end. */
    TokenKind kind(int ahead) {
        return tokens.kind(Math.min(index + ahead, tokens.size() - 1));
    }

    /** The place of the current token as the tree keeps it. */
    int at() {
        return withPlaces ? tokens.start(index) : 0;
    }

    void skip() {
        index++;
    }

    boolean is(TokenKind kind) {
        return tokens.kind(index) == kind;
    }

    boolean is(TokenKind first, TokenKind second) {
        return is(first) && kind(1) == second;
    }

    boolean accept(TokenKind kind) {
        if (tokens.kind(index) == kind) {
            index++;
            return true;
        }
        return false;
    }

    void expect(TokenKind kind) {
        if (!accept(kind)) {
            throw expected(kind.text());
        }
    }

    boolean isName() {
        return kind().isName();
    }

    /** Whether a parameter begins that many places ahead: a colon directly before a word. */
    boolean isParameter(int ahead) {
        TokenKind next = kind(ahead + 1);
        return kind(ahead) == TokenKind.COLON
                && (next == TokenKind.WORD || next.isKeyword())
                && tokens.end(index + ahead) == tokens.start(index + ahead + 1);
    }

    /** Reads a name: a bare word that is not reserved, or one in backticks. */
    String name() {
        TokenKind kind = kind();
        if (!kind.isName()) {
            throw expected("identifier");
        }
        int at = index++;
        return kind == TokenKind.QUOTED_NAME
                ? literals.quotedName(tokens.start(at), tokens.end(at))
                : text.substring(tokens.start(at), tokens.end(at));
    }

    /** Reads {@code a.b.c}. */
    List<String> path() {
        String head = name();
        if (!is(TokenKind.DOT)) {
            return List.of(head);
        }
        List<String> names = new ArrayList<>();
        names.add(head);
        while (accept(TokenKind.DOT)) {
            if (names.size() == Parser.NESTING_MAX) {
                throw tooDeep();
            }
            names.add(name());
        }
        return names;
    }

    String parameterName() {
        index++;
        int at = index++;
        return text.substring(tokens.start(at), tokens.end(at));
    }

    String string() {
        if (!is(TokenKind.STRING_LITERAL)) {
            throw expected("string");
        }
        int at = index++;
        return literals.string(tokens.start(at), tokens.end(at));
    }

    Value number(boolean negative) {
        int at = index++;
        return literals.number(tokens.kind(at), tokens.start(at), tokens.end(at), negative);
    }

    Command.Directive directive() {
        int at = at();
        int start = tokens.start(index);
        int end = tokens.end(index);
        index++;
        boolean block = text.charAt(start) == '/';
        return new Command.Directive(at, text.substring(start + 3, block ? end - 2 : end));
    }

    /** Whether the current token is exactly this text; tells {@code =} from {@code ==}. */
    boolean reads(String exact) {
        return tokens.end(index) - tokens.start(index) == exact.length() && text.startsWith(exact, tokens.start(index));
    }

    /** Whether the current token is this word in any case, bare or in quotes. */
    boolean readsWord(String word) {
        int quotes = is(TokenKind.STRING_LITERAL) ? 1 : 0;
        int start = tokens.start(index) + quotes;
        return tokens.end(index) - quotes - start == word.length()
                && text.regionMatches(true, start, word, 0, word.length());
    }

    QueryException expected(String what) {
        return error("expected " + what + ", found " + found() + hint(what));
    }

    private String hint(String wanted) {
        if (kind() == TokenKind.WORD) {
            String meant = Hints.word(wanted, word(index));
            return meant.isEmpty() ? "" : ", did you mean " + meant + "?";
        }
        boolean isName = wanted.equals("identifier") || wanted.equals("an expression");
        if (isName && kind().isReserved() && !beginsOperand(kind(1))) {
            return ", which is reserved; in backticks it is a name";
        }
        boolean isDoubled = kind() == TokenKind.STRING_LITERAL
                && index > 0
                && tokens.kind(index - 1) == TokenKind.STRING_LITERAL
                && tokens.end(index - 1) == tokens.start(index);
        return isDoubled ? "; inside a string a quote is written with a backslash before it" : "";
    }

    private static boolean beginsOperand(TokenKind next) {
        return next.isName() || next == TokenKind.STRING_LITERAL || next == TokenKind.COLON || next == TokenKind.STAR;
    }

    /** The refusal of what follows a statement; the word before it may be a mistyped clause that was taken for an alias. */
    QueryException expectedEnd(int aliasIndex) {
        if (aliasIndex == index - 1 && aliasIndex > 0) {
            String meant = Hints.clause(word(aliasIndex));
            if (!meant.isEmpty()) {
                String message = "unexpected " + word(aliasIndex) + ", did you mean " + meant + "?";
                return QueryException.at(QUERY_INVALID, message, text, tokens.start(aliasIndex));
            }
        }
        return expected(TokenKind.END_OF_TEXT.text());
    }

    private String word(int at) {
        return text.substring(tokens.start(at), tokens.end(at));
    }

    /** The number of the current token. */
    int index() {
        return index;
    }

    QueryException tooDeep() {
        return error("the statement is nested deeper than " + Parser.NESTING_MAX + " levels");
    }

    QueryException error(String message) {
        return QueryException.at(QUERY_INVALID, message, text, tokens.start(index));
    }

    QueryException unsupported(String what) {
        return QueryException.at(QUERY_UNSUPPORTED, what + " is not supported", text, tokens.start(index));
    }

    /** The refusal of {@code USE IDS (...)}, which quotes the parentheses. Ends the reading. */
    QueryException parenthesesRefused() {
        int first = index;
        StringBuilder shown = new StringBuilder();
        int open = 0;
        do {
            open += is(TokenKind.OPEN) ? 1 : is(TokenKind.CLOSE) ? -1 : 0;
            shown.append(text, tokens.start(index), tokens.end(index)).append(is(TokenKind.COMMA) ? " " : "");
            index++;
        } while (open > 0 && !is(TokenKind.END_OF_TEXT) && shown.length() < SHOWN_MAX * 2);
        index = first;
        return unsupported(shown.toString());
    }

    private String found() {
        if (is(TokenKind.END_OF_TEXT)) {
            return TokenKind.END_OF_TEXT.text();
        }
        String found = text.substring(tokens.start(index), tokens.end(index));
        return found.codePointCount(0, found.length()) <= SHOWN_MAX
                ? found
                : found.substring(0, found.offsetByCodePoints(0, SHOWN_MAX)) + "...";
    }
}
