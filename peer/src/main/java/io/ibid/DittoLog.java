package io.ibid;

import io.ibid.core.env.Logs;

/** Writes into the log of the library, with the application's own tags. */
public final class DittoLog {

    private DittoLog() {}

    /** At the level {@link DittoLogLevel#ERROR}. */
    public static void e(String tag, String message) {
        Logs.of(tag).error(message);
    }

    /** At the level {@link DittoLogLevel#WARNING}. */
    public static void w(String tag, String message) {
        Logs.of(tag).warn(message);
    }

    /** At the level {@link DittoLogLevel#INFO}. */
    public static void i(String tag, String message) {
        Logs.of(tag).info(message);
    }

    /** At the level {@link DittoLogLevel#DEBUG}. */
    public static void d(String tag, String message) {
        Logs.of(tag).debug(message);
    }

    /** At the level {@link DittoLogLevel#VERBOSE}. */
    public static void v(String tag, String message) {
        Logs.of(tag).trace(message);
    }
}
