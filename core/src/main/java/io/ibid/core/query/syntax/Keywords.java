package io.ibid.core.query.syntax;

/**
 * Finds the keyword that a word is, in any case and without allocating: an open hash table over lower-case ASCII. The hash is
 * computed by the lexer while it scans the word.
 */
final class Keywords {
    private static final int SIZE = 512;
    private static final TokenKind[] TABLE = new TokenKind[SIZE];
    private static final String[] TEXTS = new String[SIZE];
    private static final int LENGTH_MAX;

    static {
        int longest = 0;
        for (TokenKind kind : TokenKind.values()) {
            if (kind.isKeyword()) {
                String text = kind.lowerCase();
                int hash = 0;
                for (int i = 0; i < text.length(); i++) {
                    hash = step(hash, text.charAt(i));
                }
                int slot = hash & (SIZE - 1);
                while (TEXTS[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                TABLE[slot] = kind;
                TEXTS[slot] = text;
                longest = Math.max(longest, text.length());
            }
        }
        LENGTH_MAX = longest;
    }

    private Keywords() {}

    /** Adds one ASCII letter, digit or underscore to the hash of a word, which starts as 0. Ignores case. */
    static int step(int hash, char letter) {
        return hash * 31 + (letter | 0x20);
    }

    /** The keyword at that place of the text, or {@link TokenKind#WORD}. */
    static TokenKind find(String text, int start, int end, int hash) {
        int length = end - start;
        if (length > LENGTH_MAX) {
            return TokenKind.WORD;
        }
        for (int slot = hash & (SIZE - 1); ; slot = (slot + 1) & (SIZE - 1)) {
            String candidate = TEXTS[slot];
            if (candidate == null) {
                return TokenKind.WORD;
            }
            if (candidate.length() == length && equalsIgnoringCase(text, start, candidate)) {
                return TABLE[slot];
            }
        }
    }

    private static boolean equalsIgnoringCase(String text, int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            char letter = text.charAt(start + i);
            char lower = letter >= 'A' && letter <= 'Z' ? (char) (letter | 0x20) : letter;
            if (lower != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
