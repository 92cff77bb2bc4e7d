package io.ibid.peer.logging;

import io.ibid.core.value.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** One line of the log. */
record LogLine(
        OffsetDateTime time,
        Level level,
        String target,
        String message,
        @Nullable Throwable failure) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    String levelName() {
        return switch (level) {
            case ERROR -> "ERROR";
            case WARN -> "WARNING";
            case INFO -> "INFO";
            case DEBUG -> "DEBUG";
            case TRACE -> "VERBOSE";
        };
    }

    /** For people: one line, and the stack of a failure below it. */
    String text() {
        return TIME.format(time) + " " + levelName() + " " + target + ": " + messageWithFailure();
    }

    String messageWithFailure() {
        return failure == null ? message : message + System.lineSeparator() + stack(failure);
    }

    /** For programs: an object on one line, with the line's end. */
    String json() {
        StringBuilder out = new StringBuilder(160);
        out.append("{\"time\":");
        Json.appendText(out, TIME.format(time));
        out.append(",\"level\":");
        Json.appendText(out, levelName());
        out.append(",\"target\":");
        Json.appendText(out, target);
        out.append(",\"message\":");
        Json.appendText(out, message);
        if (failure != null) {
            out.append(",\"exception\":");
            Json.appendText(out, stack(failure));
        }
        return out.append("}\n").toString();
    }

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
