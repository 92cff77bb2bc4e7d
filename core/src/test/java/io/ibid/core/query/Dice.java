package io.ibid.core.query;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Random choices, and the odd layout that statements are written with. What has no node in the tree is noted by name. */
class Dice {
    /** Stands between two tokens until the statement is laid out. */
    static final String GAP = "\u0001";

    final Random random;
    private final TreeSet<String> spellings = new TreeSet<>();

    Dice(long seed) {
        // Neighbouring seeds give neighbouring first numbers.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        random.nextLong();
    }

    final boolean maybe(int chances) {
        return random.nextInt(chances) == 0;
    }

    final int below(int bound) {
        return random.nextInt(bound);
    }

    final String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    final <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** Notes a way of writing that the parser's tree does not keep. */
    final String spelled(String name, String text) {
        spellings.add(name);
        return text;
    }

    final TreeSet<String> spellings() {
        return spellings;
    }

    static String join(Object... parts) {
        StringBuilder joined = new StringBuilder();
        for (Object part : parts) {
            if (!part.toString().isEmpty()) {
                joined.append(joined.isEmpty() ? "" : GAP).append(part);
            }
        }
        return joined.toString();
    }

    /** Each word in its usual case, or in another one. */
    final String keyword(String words) {
        String written = words.replace(" ", GAP);
        return switch (random.nextInt(20)) {
            case 0 -> spelled("keyword in lower case", written.toLowerCase(java.util.Locale.ROOT));
            case 1 -> {
                String lower = written.toLowerCase(java.util.Locale.ROOT);
                yield spelled("keyword in mixed case", written.charAt(0) + lower.substring(1));
            }
            default -> written;
        };
    }

    final String laidOut(String tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.length(); i++) {
            char c = tokens.charAt(i);
            text.append(
                    c != GAP.charAt(0)
                            ? String.valueOf(c)
                            : switch (random.nextInt(30)) {
                                case 0 -> "\n";
                                case 1 -> "\t \r\n";
                                case 2 -> spelled("block comment", " /* ' c ; */ ");
                                case 3 -> spelled("line comment", " -- c '\n");
                                default -> " ";
                            });
        }
        return text.append(maybe(20) ? spelled("trailing semicolon", " ;") : "").toString();
    }
}
