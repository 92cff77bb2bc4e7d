package io.ibid.peer.runtime;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What was logged by one part of the program since this was made. */
final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    LogLines(String loggerName) {
        logger = (Logger) LoggerFactory.getLogger(loggerName);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    /** Level and text of each line. */
    List<String> lines() {
        return lines;
    }

    /** Waits up to ten seconds until so many lines contain a text. */
    void await(String text, int count) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (lines.stream().filter(line -> line.contains(text)).count() < count) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("\"" + text + "\" was not logged " + count + " times: " + lines);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
