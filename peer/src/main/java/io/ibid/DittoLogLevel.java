package io.ibid;

import org.slf4j.event.Level;

/** How much a line of the log matters, most first. */
public enum DittoLogLevel {
    ERROR(Level.ERROR),
    WARNING(Level.WARN),
    INFO(Level.INFO),
    DEBUG(Level.DEBUG),
    VERBOSE(Level.TRACE);

    private final Level level;

    DittoLogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    static DittoLogLevel of(Level level) {
        for (DittoLogLevel known : values()) {
            if (known.level == level) {
                return known;
            }
        }
        throw new AssertionError(level);
    }
}
