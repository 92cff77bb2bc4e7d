package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.QueryException;
import org.jspecify.annotations.Nullable;

/** Gives texts to whatever runs statements, and says what is wrong about how it takes them. */
final class Fuzzer {
    /** No statement over a few documents takes so long, on whatever machine. */
    private static final long MILLISECONDS_MAX = 6_000;

    private static final int SHOWN_MAX = 300;

    private Fuzzer() {}

    /** What is tested. */
    interface Subject {
        void run(String text);
    }

    /** The first thing that is wrong; null when nothing is. */
    static @Nullable String firstFault(Subject subject, long from, long to) {
        for (long seed = from; seed < to; seed++) {
            String text = new HostileTexts(seed).text();
            String fault = fault(subject, text);
            if (fault != null) {
                String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
                return "seed " + seed + ", " + text.length() + " chars: " + shown + "\n" + fault;
            }
        }
        return null;
    }

    private static @Nullable String fault(Subject subject, String text) {
        long start = System.nanoTime();
        try {
            subject.run(text);
        } catch (QueryException refused) {
            QueryException.@Nullable Place place = refused.place();
            if (place == null ? refused.code() == ErrorCode.QUERY_INVALID : !isIn(text, place)) {
                return "an error without a place in the text: " + refused;
            }
        } catch (IbidException refused) {
            if (refused.code() == ErrorCode.QUERY_INVALID) {
                return "an error without a place: " + refused;
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError broken) {
            return "not an error of ours: " + broken;
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        return milliseconds > MILLISECONDS_MAX ? "it took " + milliseconds + " ms" : null;
    }

    private static boolean isIn(String text, QueryException.Place place) {
        String[] lines = text.split("\r\n|[\r\n]", -1);
        return place.line() >= 1
                && place.line() <= lines.length
                && place.column() >= 1
                && place.column() <= lines[place.line() - 1].codePointCount(0, lines[place.line() - 1].length()) + 1;
    }
}
