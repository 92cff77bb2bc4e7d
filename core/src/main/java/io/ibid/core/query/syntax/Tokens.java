package io.ibid.core.query.syntax;

import java.util.Arrays;

/** The tokens of one statement as parallel arrays: kind, first char, one past the last char. The last one is END_OF_TEXT. */
final class Tokens {
    private TokenKind[] kinds;
    private int[] starts;
    private int[] ends;
    private int size;

    Tokens(int textLength) {
        int expected = Math.min(textLength / 4 + 8, 1 << 12);
        kinds = new TokenKind[expected];
        starts = new int[expected];
        ends = new int[expected];
    }

    void add(TokenKind kind, int start, int end) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    int size() {
        return size;
    }

    TokenKind kind(int index) {
        return kinds[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }
}
