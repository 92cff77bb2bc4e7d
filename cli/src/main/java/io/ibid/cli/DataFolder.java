package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.DatabaseOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a database lies in a data folder: {@code DIR/<database id>}. */
final class DataFolder {
    /** The database when none is named. */
    static final String DATABASE = "demo";

    private DataFolder() {}

    /**
     * The folder of one database.
     *
     * @throws CommandFailure when the text is no path, or the id none
     */
    static Path of(String data, String databaseId) {
        try {
            // The options check the id, which becomes a part of the path.
            String checked = DatabaseOptions.peer(null, databaseId).databaseId();
            return Path.of(data).resolve(checked).toAbsolutePath().normalize();
        } catch (InvalidPathException malformed) {
            throw CommandFailure.usage("--data " + data + " is not a path: " + malformed.getReason());
        } catch (IbidException refused) {
            throw CommandFailure.usage("--database: " + refused.getMessage());
        }
    }
}
