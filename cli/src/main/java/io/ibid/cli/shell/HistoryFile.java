package io.ibid.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where what was entered is kept for the next time: {@code ~/.ibid_history}, or the file that IBID_HISTORY names; none when that is
 * empty. Statements hold data, so nobody else may read it.
 */
record HistoryFile(@Nullable Path path) {
    private static final int LINES_MAX = 5_000;

    static HistoryFile ofUser() {
        String named = System.getenv("IBID_HISTORY");
        if (named != null) {
            return new HistoryFile(named.isBlank() ? null : Path.of(named));
        }
        return new HistoryFile(Path.of(System.getProperty("user.home"), ".ibid_history"));
    }

    /** Lets the editor load and keep it; without a file that can be written there is no history beyond this time. */
    void attach(LineReaderBuilder builder) {
        if (path != null && isWritable(path)) {
            builder.variable(LineReader.HISTORY_FILE, path)
                    .variable(LineReader.HISTORY_SIZE, LINES_MAX)
                    .variable(LineReader.HISTORY_FILE_SIZE, LINES_MAX);
        }
    }

    private static boolean isWritable(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createFile(path);
                if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return Files.isRegularFile(path) && Files.isWritable(path);
        } catch (IOException notThere) {
            return false;
        }
    }
}
