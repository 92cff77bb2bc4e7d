package io.ibid.peer.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ibid.core.query.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StatementWarningsTest {

    @Test
    void the_log_hears_of_a_statement_once() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.ibid.statements");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            StatementWarnings warnings = new StatementWarnings();
            List<Warning> two = List.of(new Warning(null, "this"), new Warning(null, "that"));
            warnings.tell("SELECT 1", List.of());
            warnings.tell("SELECT 1", two);
            warnings.tell("SELECT 1", two);
            warnings.tell("x".repeat(1_000), List.of(new Warning(null, "long")));
            assertThat(lines.list)
                    .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                    .containsExactly(
                            "WARN this, in: SELECT 1",
                            "WARN that, in: SELECT 1",
                            "WARN long, in: " + "x".repeat(500) + "...");
        } finally {
            logger.detachAppender(lines);
        }
    }
}
