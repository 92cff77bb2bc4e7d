package io.ibid.core.query.syntax;

import java.util.Locale;

/**
 * What a token is. Words of the language come first, the hard-reserved ones before {@link #WORD}; the rest of them are names wherever
 * a name may stand.
 */
public enum TokenKind {
    ALL(true),
    ALTER(true),
    AND(true),
    ANY(true),
    APPLY(true),
    AS(true),
    ASC(true),
    BETWEEN(true),
    BY(true),
    CASE(true),
    CAST(true),
    COLLECTION(true),
    CONFLICT(true),
    CREATE(true),
    DELETE(true),
    DESC(true),
    DISTINCT(true),
    DROP(true),
    ELSE(true),
    END(true),
    EVERY(true),
    EVICT(true),
    EXPLAIN(true),
    FALSE(true),
    FROM(true),
    GROUP(true),
    HAVING(true),
    ILIKE(true),
    IN(true),
    INNER(true),
    INSERT(true),
    INTO(true),
    IS(true),
    JOIN(true),
    LEFT(true),
    LIKE(true),
    LIMIT(true),
    MISSING(true),
    NOT(true),
    NULL(true),
    OFFSET(true),
    ON(true),
    OR(true),
    ORDER(true),
    OUTER(true),
    RETURNING(true),
    RIGHT(true),
    SATISFIES(true),
    SELECT(true),
    SET(true),
    SHOW(true),
    SIMILAR(true),
    THEN(true),
    TRUE(true),
    UNION(true),
    UNSET(true),
    UPDATE(true),
    USE(true),
    VALUES(true),
    WHEN(true),
    WHERE(true),
    WITH(true),
    WITHIN(true),
    XOR(true),

    ADVISE(false),
    ARRAY(false),
    ATTACHMENT(false),
    AVG(false),
    BINARY(false),
    BOOLEAN(false),
    BOTH(false),
    CONTEXT(false),
    COUNT(false),
    COUNTER(false),
    CROSS(false),
    DEFAULT(false),
    DIRECTIVES(false),
    DO(false),
    DOCUMENTS(false),
    ESCAPE(false),
    EXCEPT(false),
    EXISTS(false),
    FAIL(false),
    FLOAT(false),
    FOR(false),
    FULL(false),
    ID(false),
    IDS(false),
    IF(false),
    INCREMENT(false),
    INDEX(false),
    INITIAL(false),
    INTEGER(false),
    INTERSECT(false),
    LEADING(false),
    LIST(false),
    MAP(false),
    MAX(false),
    MEDIAN(false),
    MERGE(false),
    MID(false),
    MIN(false),
    NATURAL(false),
    NOTHING(false),
    NULLS(false),
    OBJECT(false),
    OVER(false),
    PEERS(false),
    PN_COUNTER(false),
    PN_INCREMENT(false),
    POSITION(false),
    PROFILE(false),
    PROVISION(false),
    RAW(false),
    REGISTER(false),
    RESET(false),
    RESTART(false),
    STRING(false),
    SUM(false),
    SYNC(false),
    SYSTEM(false),
    TO(false),
    TOMBSTONE(false),
    TRAILING(false),
    TRIM(false),
    UNKNOWN(false),
    UNNEST(false),
    UPDATE_LOCAL_DIFF(false),

    /** A bare name that is no word of the language. */
    WORD("identifier"),
    /** A name in backticks. */
    QUOTED_NAME("identifier"),
    STRING_LITERAL("string"),
    INTEGER_LITERAL("number"),
    HEX_LITERAL("number"),
    FLOAT_LITERAL("number"),
    /** A directive comment at a place where directives count. */
    DIRECTIVE("directive"),

    STAR("*"),
    SLASH("/"),
    PERCENT("%"),
    PLUS("+"),
    MINUS("-"),
    CONCATENATE("||"),
    SHIFT_RIGHT(">>"),
    SHIFT_LEFT("<<"),
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">="),
    ARROW("->"),
    OPEN("("),
    CLOSE(")"),
    OPEN_BRACKET("["),
    CLOSE_BRACKET("]"),
    OPEN_BRACE("{"),
    CLOSE_BRACE("}"),
    COMMA(","),
    DOT("."),
    COLON(":"),
    SEMICOLON(";"),
    END_OF_TEXT("end of statement");

    private final boolean reserved;
    private final boolean word;
    private final String text;

    /** A word of the language. */
    TokenKind(boolean reserved) {
        this.reserved = reserved;
        this.word = true;
        this.text = name();
    }

    TokenKind(String text) {
        this.reserved = false;
        this.word = false;
        this.text = text;
    }

    /** Whether this is a word of the language, reserved or not. */
    public boolean isKeyword() {
        return word;
    }

    /** Whether this word cannot be a name without backticks. */
    public boolean isReserved() {
        return reserved;
    }

    /** Whether a token of this kind can be a name. */
    public boolean isName() {
        return this == WORD || this == QUOTED_NAME || (word && !reserved);
    }

    /** How messages call it. */
    public String text() {
        return text;
    }

    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
