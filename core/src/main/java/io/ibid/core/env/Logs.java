package io.ibid.core.env;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * The loggers of this library. What they are told goes to SLF4J, or to whatever the process has installed in its place: an embedded
 * database keeps a log of its own and asks SLF4J for nothing when the application has no provider. Any thread.
 */
public final class Logs {
    private static volatile @Nullable Sink installed;

    private Logs() {}

    /** Takes what is logged, on the thread that logs; must not block. */
    public interface Sink {
        boolean isEnabled(String logger, Level level);

        void log(String logger, Level level, String message, @Nullable Throwable failure);
    }

    public static Logger of(Class<?> type) {
        return of(type.getName());
    }

    public static Logger of(String name) {
        return new Routed(name);
    }

    /** From now on, for the whole process. */
    public static void install(Sink sink) {
        installed = sink;
    }

    private static final class Routed extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private transient volatile @Nullable Logger plain;

        Routed(String name) {
            this.name = name;
        }

        /** Asked for late, because SLF4J complains aloud when it finds no provider. */
        private Logger plain() {
            Logger known = plain;
            if (known == null) {
                plain = known = LoggerFactory.getLogger(name);
            }
            return known;
        }

        private boolean isEnabled(Level level) {
            Sink sink = installed;
            return sink == null ? plain().isEnabledForLevel(level) : sink.isEnabled(name, level);
        }

        @Override
        public boolean isTraceEnabled() {
            return isEnabled(Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return isEnabled(Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return isEnabled(Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return isEnabled(Level.WARN);
        }

        @Override
        public boolean isErrorEnabled() {
            return isEnabled(Level.ERROR);
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable failure) {
            String message = Objects.requireNonNullElse(MessageFormatter.basicArrayFormat(pattern, arguments), "");
            Sink sink = installed;
            if (sink != null) {
                sink.log(name, level, message, failure);
            } else {
                plain().atLevel(level).setCause(failure).log(message);
            }
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Routed.class.getName();
        }
    }
}
