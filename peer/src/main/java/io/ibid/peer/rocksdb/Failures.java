package io.ibid.peer.rocksdb;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB reports into errors that name the store and, where RocksDB tells it, the file. */
final class Failures {

    private static final Pattern FILE = Pattern.compile("([0-9]{6,}\\.(?:sst|ldb|log)|MANIFEST-[0-9]+|CURRENT)");

    /** For whoever finds the message in a log, at the moment when it is needed. */
    private static final String REMEDY =
            "; export what can still be read, then restore the folder from a backup, or let the partners fill a new one";

    private Failures() {}

    /** @param action what was tried, as an infinitive: "read" */
    static IbidException of(Path directory, String action, RocksDBException cause) {
        Status status = cause.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        String message = String.valueOf(cause.getMessage());
        if (code == Status.Code.Corruption || code == Status.Code.NotFound) {
            return new IbidException(
                    ErrorCode.STORE_CORRUPT,
                    "cannot " + action + " the store " + directory + ": " + file(message) + " is damaged (" + message
                            + ")" + REMEDY,
                    cause);
        }
        if (code == Status.Code.IOError
                && message.toLowerCase(java.util.Locale.ROOT).contains("lock")) {
            return new IbidException(
                    ErrorCode.STORE_DIRECTORY_LOCKED,
                    "cannot " + action + " the store " + directory + ": it is open elsewhere (" + message + ")",
                    cause);
        }
        String reason = status != null && status.getSubCode() == Status.SubCode.NoSpace ? "the disk is full: " : "";
        return new IbidException(
                ErrorCode.STORE_BACKEND,
                "cannot " + action + " the store " + directory + ": " + reason + message,
                cause);
    }

    private static String file(String message) {
        Matcher matcher = FILE.matcher(message);
        return matcher.find() ? "the file " + matcher.group(1) : "a file";
    }
}
