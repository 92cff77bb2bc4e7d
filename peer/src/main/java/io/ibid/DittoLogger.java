package io.ibid;

import io.ibid.core.env.Logs;
import io.ibid.peer.logging.LogRouter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log of this library, one for the process. Lines of level {@link DittoLogLevel#DEBUG} and above are always kept in {@code ditto_logs} of
 * the instance that was opened last: 15 files of at most 1 MiB or a day. Lines that pass the minimum level, {@link DittoLogLevel#INFO} at
 * first, also go to the callback, and to the application's SLF4J provider or, when it has none, to stderr. Thread-safe.
 */
public final class DittoLogger {
    private static final LogRouter ROUTER = LogRouter.INSTANCE;

    static {
        Logs.install(ROUTER);
    }

    private DittoLogger() {}

    /** An instance is about to be opened; that this class is initialized is what makes its log go where this class says. */
    static void opening() {
        SdkLog.LOG.trace("an instance is being opened");
    }

    static void opened(Path directory) {
        ROUTER.open(directory.resolve("ditto_logs"));
        SdkLog.LOG.debug("{} is open, version {}", directory, Ditto.VERSION);
    }

    static void closing(Path directory) {
        unsetCustomLogCallback();
        ROUTER.close(directory.resolve("ditto_logs"));
    }

    public static DittoLogLevel getMinimumLogLevel() {
        return DittoLogLevel.of(ROUTER.minimum());
    }

    /** What the application sees; the files are not concerned. */
    public static void setMinimumLogLevel(DittoLogLevel level) {
        ROUTER.setMinimum(Objects.requireNonNull(level, "level").level());
    }

    public static boolean isEnabled() {
        return ROUTER.isEnabled();
    }

    /** Whether the application sees anything at all; the files are not concerned. */
    public static void setEnabled(boolean on) {
        ROUTER.setEnabled(on);
    }

    /** Replaces the callback. An instance that is closed removes it. */
    public static void setCustomLogCallback(DittoLogCallback callback) {
        Objects.requireNonNull(callback, "callback");
        ROUTER.setCallback((level, message) -> callback.log(DittoLogLevel.of(level), message));
    }

    public static void unsetCustomLogCallback() {
        ROUTER.setCallback(null);
    }

    /** Appends what the application sees to this file as well; null: to none. */
    public static void setLogFile(@Nullable String path) {
        ROUTER.setTextFile(path == null ? null : Path.of(path));
    }

    /**
     * Writes the log files of the instance that was opened last as gzip of JSON lines, and gives the bytes written.
     *
     * @throws DittoException.IoException {@code io/already-exists} for a file that exists, {@code io/not-found} when its folder does not,
     *     {@code io/operation-failed}
     */
    public static DittoULong exportToFileBlocking(String path) throws DittoException {
        Objects.requireNonNull(path, "path");
        try {
            return DittoULong.of(ROUTER.export(Path.of(path)));
        } catch (FileAlreadyExistsException e) {
            throw new DittoException.IoException("io/already-exists", path + " exists already", e);
        } catch (NoSuchFileException e) {
            throw new DittoException.IoException("io/not-found", "The folder of " + path + " does not exist", e);
        } catch (IOException e) {
            throw new DittoException.IoException(
                    "io/operation-failed", path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** {@link #exportToFileBlocking} on a thread of its own. */
    public static CompletionStage<DittoULong> exportToFile(String path) {
        Objects.requireNonNull(path, "path");
        CompletableFuture<DittoULong> stage = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("ibid-log-export").start(() -> {
            try {
                stage.complete(exportToFileBlocking(path));
            } catch (Throwable e) { // the stage carries it
                stage.completeExceptionally(e);
            }
        });
        return stage;
    }
}
