package io.ibid.core.query.syntax;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as a tree. {@code at} is the offset of its most telling token in the statement: the operator of an operation, the
 * first token of everything else.
 *
 * <p>The parser yields {@link Names} for every path. The binder replaces each by what the path turned out to mean: a {@link Field}, an
 * {@link Unqualified} field, a {@link WholeDocument} or a {@link Variable}; and {@link GroupKey} and {@link AggregateValue} stand above a grouping.
 */
public sealed interface Expression {

    int at();

    /** A constant. */
    record Literal(int at, Value value) implements Expression {}

    /** {@code :name}. */
    record Parameter(int at, String name) implements Expression {}

    /** A path as written: {@code a.b.c}. At least one name. */
    record Names(int at, List<String> names) implements Expression {}

    /** A field of the document of one FROM term; the path is not empty and may begin with {@code _id}. */
    record Field(int at, int term, Path path) implements Expression {}

    /** A field without alias in a join of that many terms: that of the one row that has it; the path never begins with {@code _id}. */
    record Unqualified(int at, int terms, Path path) implements Expression {}

    /** The whole document of one FROM term. */
    record WholeDocument(int at, int term) implements Expression {}

    /** A variable that a quantifier or comprehension binds; the slot counts from 0 at the outermost. */
    record Variable(int at, int slot, String name) implements Expression {}

    /** The value of a GROUP BY key. */
    record GroupKey(int at, int index) implements Expression {}

    /** The value of an aggregate of the current group. */
    record AggregateValue(int at, int index) implements Expression {}

    /** {@code base.name}, where the base is no path. */
    record Member(int at, Expression base, String name) implements Expression {}

    /** {@code base[index]}; a negative index counts from the end. */
    record Subscript(int at, Expression base, long index) implements Expression {}

    /** {@code -x}. */
    record Negation(int at, Expression operand) implements Expression {}

    /** {@code NOT x}. */
    record Not(int at, Expression operand) implements Expression {}

    /** An arithmetic, text or comparison operation. */
    record Operation(int at, Operator operator, Expression left, Expression right) implements Expression {}

    /** {@code a AND b AND ...}, at least two operands, none of them a conjunction written without parentheses. */
    record And(int at, List<Expression> operands) implements Expression {}

    /** {@code a OR b OR ...}, likewise. */
    record Or(int at, List<Expression> operands) implements Expression {}

    /** {@code a XOR b XOR ...}, from left to right. */
    record Xor(int at, List<Expression> operands) implements Expression {}

    /** {@code x IS [NOT] NULL}; UNKNOWN is another word for NULL. */
    record IsNull(int at, Expression operand, boolean negated) implements Expression {}

    /** {@code x IS [NOT] MISSING}. */
    record IsMissing(int at, Expression operand, boolean negated) implements Expression {}

    /** {@code x [NOT] IN (a, b)}. */
    record InList(int at, Expression operand, boolean negated, List<Expression> elements) implements Expression {}

    /** {@code x [NOT] IN array}. */
    record InArray(int at, Expression operand, boolean negated, Expression array) implements Expression {}

    /** {@code x [NOT] BETWEEN low AND high}. */
    record Between(int at, Expression operand, boolean negated, Expression low, Expression high)
            implements Expression {}

    /** {@code x [NOT] LIKE pattern [ESCAPE e]} and its relatives. */
    record Match(
            int at,
            MatchKind kind,
            Expression operand,
            boolean negated,
            Expression pattern,
            @Nullable Expression escape)
            implements Expression {}

    /** {@code CASE [subject] WHEN ... END}. */
    record Case(
            int at,
            @Nullable Expression subject,
            List<When> branches,
            @Nullable Expression otherwise) implements Expression {}

    /** One branch of a CASE. */
    record When(Expression condition, Expression result) {}

    /** {@code CAST(x AS type)}. */
    record Cast(int at, Expression operand, CastType type) implements Expression {}

    /** A function call; the name is as written. */
    record Call(int at, String name, List<Expression> arguments) implements Expression {}

    /** An aggregate; the operand is null for {@code COUNT(*)}. */
    record Aggregate(
            int at,
            AggregateKind kind,
            boolean distinct,
            @Nullable Expression operand) implements Expression {}

    /** {@code ANY|EVERY [index:]variable IN|WITHIN source SATISFIES condition END}. */
    record Quantified(int at, Quantifier quantifier, Loop loop, Expression condition) implements Expression {}

    /** {@code ARRAY element FOR ... [WHEN condition] END}. */
    record ArrayComprehension(
            int at, Expression element, Loop loop, @Nullable Expression condition) implements Expression {}

    /** {@code OBJECT name : value FOR ... [WHEN condition] END}. */
    record ObjectComprehension(
            int at,
            Expression name,
            Expression value,
            Loop loop,
            @Nullable Expression condition) implements Expression {}

    /** What a quantifier or comprehension runs over. */
    record Loop(@Nullable String index, String variable, boolean within, Expression source) {

        /** The slot of the variable of a loop inside that many others. */
        public static int variableSlot(int depth) {
            return 2 * depth;
        }

        /** The slot of the index variable of a loop inside that many others. */
        public static int indexSlot(int depth) {
            return 2 * depth + 1;
        }
    }

    /** {@code [a, b]}. */
    record ArrayLiteral(int at, List<Expression> elements) implements Expression {}

    /** <code>{'a': b}</code>. */
    record ObjectLiteral(int at, List<Pair> pairs) implements Expression {}

    /** One pair of an object literal. */
    record Pair(Expression key, Expression value) {}

    /** How the operators that take two operands are called and how tight they bind. */
    enum Operator {
        MULTIPLY("*", 40),
        DIVIDE("/", 40),
        REMAINDER("%", 40),
        ADD("+", 30),
        SUBTRACT("-", 30),
        CONCATENATE("||", 30),
        SHIFT_RIGHT(">>", 22),
        SHIFT_LEFT("<<", 22),
        EQUAL("=", 20),
        NOT_EQUAL("!=", 20),
        LESS("<", 20),
        LESS_EQUAL("<=", 20),
        GREATER(">", 20),
        GREATER_EQUAL(">=", 20);

        private final String text;
        private final int level;

        Operator(String text, int level) {
            this.text = text;
            this.level = level;
        }

        public String text() {
            return text;
        }

        int level() {
            return level;
        }

        public boolean isComparison() {
            return level == 20;
        }
    }

    /** The pattern operators. */
    enum MatchKind {
        LIKE("LIKE"),
        ILIKE("ILIKE"),
        SIMILAR_TO("SIMILAR TO");

        private final String text;

        MatchKind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** The types one can cast to. */
    enum CastType {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        BINARY
    }

    /** The aggregates. */
    enum AggregateKind {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        MEDIAN,
        MID
    }

    /** How many elements have to satisfy the condition. */
    enum Quantifier {
        ANY("ANY"),
        EVERY("EVERY"),
        ANY_AND_EVERY("ANY AND EVERY");

        private final String text;

        Quantifier(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
