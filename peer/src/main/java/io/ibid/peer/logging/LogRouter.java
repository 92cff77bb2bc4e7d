package io.ibid.peer.logging;

import io.ibid.core.env.Logs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where the log of this process goes once it has an embedded database. Each line of level DEBUG or above is put into the files of the
 * database that was opened last. A line that passes the minimum level goes to the application as well: to its callback, and to its SLF4J
 * provider, or to stderr when it has none. One per process; any thread.
 */
public final class LogRouter implements Logs.Sink {
    /** The only one. */
    public static final LogRouter INSTANCE = new LogRouter();

    /** Lines that wait for a callback; more are dropped. */
    private static final int WAITING_MAX = 10_000;

    private final boolean hasProvider = hasProvider();
    private final LinkedHashMap<Path, LogFiles> files = new LinkedHashMap<>();
    private final ThreadPoolExecutor callbacks = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("ibid-log").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private volatile @Nullable LogFiles current;
    private volatile @Nullable Callback callback;
    private volatile @Nullable Path textFile;
    private volatile Level minimum = Level.INFO;
    private volatile boolean enabled = true;

    private LogRouter() {
        callbacks.allowCoreThreadTimeOut(true);
    }

    /** Hears the lines that pass, in order, on a thread of its own. */
    public interface Callback {
        void log(Level level, String message) throws Exception;
    }

    private static boolean hasProvider() {
        try {
            Iterator<SLF4JServiceProvider> providers =
                    ServiceLoader.load(SLF4JServiceProvider.class).iterator();
            return providers.hasNext();
        } catch (ServiceConfigurationError broken) { // SLF4J itself has more to say about it
            return true;
        }
    }

    @Override
    public boolean isEnabled(String logger, Level level) {
        return passes(level) || current != null && level.toInt() >= Level.DEBUG.toInt();
    }

    private boolean passes(Level level) {
        return enabled && level.toInt() >= minimum.toInt();
    }

    @Override
    public void log(String logger, Level level, String message, @Nullable Throwable failure) {
        LogLine line = new LogLine(OffsetDateTime.now(ZoneId.systemDefault()), level, logger, message, failure);
        LogFiles open = current;
        if (open != null && level.toInt() >= Level.DEBUG.toInt()) {
            open.append(line.json());
        }
        if (passes(level)) {
            tell(line);
        }
    }

    private void tell(LogLine line) {
        Callback told = callback;
        if (told != null) {
            callbacks.execute(() -> call(told, line));
        }
        Path text = textFile;
        if (text != null) {
            append(text, line);
        }
        forward(line);
    }

    private void forward(LogLine line) {
        if (hasProvider) {
            LoggerFactory.getLogger(line.target())
                    .atLevel(line.level())
                    .setCause(line.failure())
                    .log(line.message());
        } else {
            System.err.println(line.text());
        }
    }

    private void call(Callback told, LogLine line) {
        try {
            told.log(line.level(), line.messageWithFailure());
        } catch (Throwable e) { // the application's code; telling it again would not end
            forward(new LogLine(line.time(), Level.ERROR, "io.ibid.log", "The log callback failed", e));
        }
    }

    private static synchronized void append(Path file, LogLine line) {
        try {
            Files.writeString(
                    file, line.text() + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println("error: the log file " + file + " cannot be written: " + e.getMessage());
        }
    }

    public Level minimum() {
        return minimum;
    }

    public void setMinimum(Level level) {
        minimum = level;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean on) {
        enabled = on;
    }

    public void setCallback(@Nullable Callback callback) {
        this.callback = callback;
    }

    /** Lines that pass are appended to this file too, as text; null: to none. */
    public void setTextFile(@Nullable Path file) {
        textFile = file;
    }

    /** Files in this folder take the log from now on. */
    public synchronized void open(Path folder) {
        LogFiles opened = new LogFiles(folder, Clock.systemUTC());
        files.put(folder, opened);
        current = opened;
    }

    /** They take it no more; those of the database that was opened before take it again. */
    public synchronized void close(Path folder) {
        LogFiles closed = files.remove(folder);
        if (closed != null) {
            current = files.isEmpty() ? null : files.lastEntry().getValue();
            closed.close();
        }
    }

    /**
     * Writes the log files as gzip of JSON lines.
     *
     * @return bytes written
     * @throws FileAlreadyExistsException when there is such a file
     * @throws NoSuchFileException when its folder does not exist
     */
    public long export(Path target) throws IOException {
        LogFiles open = current;
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            if (open != null) {
                open.exportTo(out);
            }
        }
        return Files.size(target);
    }
}
