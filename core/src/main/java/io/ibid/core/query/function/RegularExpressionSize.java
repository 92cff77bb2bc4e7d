package io.ibid.core.query.function;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how many instructions RE2 makes of an expression, before it makes them. Repetitions are copies there, and nested ones
 * multiply: {@code ((a{1000}){1000}){1000}} would be a billion of them out of 24 characters. RE2 for Java does not guard against that.
 */
final class RegularExpressionSize {
    /** The most instructions; matching takes up to this many steps per character. */
    static final long MAX = 1_000;

    private final String expression;
    private int at;
    /** The size of what is read so far on this level of parentheses, without the last atom. */
    private long sum;
    /** The size of the last atom, which a repetition multiplies. */
    private long last;

    private RegularExpressionSize(String expression) {
        this.expression = expression;
    }

    /** An estimate that is never much too low; of an invalid expression any number. */
    static long of(String expression) {
        return new RegularExpressionSize(expression).read();
    }

    private long read() {
        Deque<Long> outer = new ArrayDeque<>();
        while (at < expression.length() && sum + last <= MAX) {
            char c = expression.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> {
                    atom(1);
                    skipClass();
                }
                case '(' -> {
                    outer.push(sum + last);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    long group = sum + last + 2;
                    sum = outer.isEmpty() ? 0 : outer.pop();
                    last = group;
                }
                case '{' -> repeat();
                case '*', '+', '?' -> last++;
                default -> atom(1);
            }
        }
        long size = sum + last;
        for (long level : outer) {
            size += level;
        }
        return size;
    }

    private void atom(long size) {
        sum += last;
        last = size;
    }

    private void escape() {
        if (expression.startsWith("Q", at)) {
            int end = expression.indexOf("\\E", at);
            int literalsEnd = end < 0 ? expression.length() : end;
            sum += literalsEnd - at - 1;
            at = end < 0 ? literalsEnd : end + 2;
            return;
        }
        atom(1);
        if (at == expression.length()) {
            return;
        }
        char c = expression.charAt(at++);
        if ((c == 'x' || c == 'p' || c == 'P') && at < expression.length() && expression.charAt(at) == '{') {
            int end = expression.indexOf('}', at);
            at = end < 0 ? expression.length() : end + 1;
        }
    }

    /** Skips a class, whose first character may be a closing bracket that does not close it. */
    private void skipClass() {
        if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
        }
        if (at < expression.length() && expression.charAt(at) == ']') {
            at++;
        }
        while (at < expression.length()) {
            char c = expression.charAt(at++);
            if (c == ']') {
                return;
            }
            if (c == '\\') {
                at++;
            } else if (c == '[' && expression.startsWith(":", at)) {
                int end = expression.indexOf(":]", at);
                at = end < 0 ? at : end + 2;
            }
        }
    }

    /** Reads {@code n}}, {@code n,}} or {@code n,m}}; anything else is literal. */
    private void repeat() {
        int end = expression.indexOf('}', at);
        String bounds = end < 0 ? "" : expression.substring(at, end);
        if (!bounds.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            atom(1);
            return;
        }
        long times = 1;
        for (String bound : bounds.split(",", -1)) {
            times = bound.isEmpty() ? times + 1 : Math.max(times, Long.parseLong(bound));
        }
        last = Math.min(MAX + 1, Math.max(last, 1) * times);
        at = end + 1;
    }
}
