package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code ibid_format} that says what a directory holds, so that it is refused by name before anything in it is touched: its
 * first line is the version of the directory's layout, its second the database id.
 */
final class FormatMarker {
    private static final String FILE = "ibid_format";
    private static final String VERSION = "ibid directory 1";

    private FormatMarker() {}

    /**
     * Checks the marker, or writes it in a directory that has none.
     *
     * @throws IbidException {@code store/format} for a layout of another version, {@code store/backend} for another database's
     */
    static void check(Path directory, String databaseId) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(directory, file, databaseId);
                return;
            }
            String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", -1);
            if (!lines[0].equals(VERSION)) {
                throw new IbidException(
                        ErrorCode.STORE_FORMAT,
                        directory + " has the format \"" + lines[0] + "\"; this version reads \"" + VERSION + "\"");
            }
            String found = lines.length > 1 ? lines[1] : "";
            if (!found.equals(databaseId)) {
                throw new IbidException(
                        ErrorCode.STORE_BACKEND,
                        directory + " holds the database \"" + found + "\", not \"" + databaseId + "\"");
            }
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path directory, Path file, String databaseId) throws IOException {
        if (Files.exists(directory.resolve("ditto_store"))) {
            throw new IbidException(
                    ErrorCode.STORE_FORMAT,
                    directory + " holds a store without the file " + FILE + "; it is not one of ours");
        }
        DurableFile.write(file, (VERSION + "\n" + databaseId + "\n").getBytes(StandardCharsets.UTF_8), false);
    }
}
