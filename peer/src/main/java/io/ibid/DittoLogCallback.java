package io.ibid;

/** Hears the lines of the log. */
@FunctionalInterface
public interface DittoLogCallback {

    /** In the order of the lines, on a thread of the log; lines are dropped while 10,000 wait. */
    void log(DittoLogLevel level, String message) throws Exception;
}
