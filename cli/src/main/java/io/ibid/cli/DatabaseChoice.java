package io.ibid.cli;

import io.ibid.cli.client.HttpStatementClient;
import io.ibid.cli.client.LocalStatementClient;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on: a folder of this machine, or a server or peer that answers HTTP. */
final class DatabaseChoice {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of this machine. No other process may have its database open.")
    private @Nullable String data;

    @Option(names = "--url", paramLabel = "URL", description = "A server or peer, such as http://127.0.0.1:4080.")
    private @Nullable String url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The key that the server at --url wants. Default: the environment variable IBID_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--database",
            paramLabel = "ID",
            description = "The database. Default: demo with --data, the server's own choice with --url.")
    private @Nullable String database;

    /** Opens what the options name, and creates a database in a folder that has none; the caller closes it. */
    StatementClient open() {
        Path folder = folder();
        return folder == null ? http() : new LocalStatementClient(local(folder));
    }

    /** Opens what the options name; a folder without this database is an error. */
    StatementClient openExisting() {
        Path folder = folder();
        if (folder != null && !Files.isDirectory(folder)) {
            throw CommandFailure.failure("there is no database " + folder.getFileName() + " in " + folder.getParent());
        }
        return open();
    }

    /** Opens the server or peer at the URL; a folder that nobody serves is an error. */
    StatementClient openServed() {
        if (url == null) {
            throw CommandFailure.usage("name a server or peer that runs with --url URL");
        }
        return open();
    }

    /** How much the files of the folder hold, in bytes; negative when the options name a URL. */
    long diskBytes() {
        Path folder = folder();
        if (folder == null) {
            return -1;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException unreadable) {
            throw CommandFailure.failure("cannot read " + folder + ": " + unreadable);
        }
    }

    /** The folder of the database, null when the options name a URL. */
    private @Nullable Path folder() {
        if (data == null && url == null) {
            throw CommandFailure.usage("name a database with --data DIR or with --url URL");
        }
        if (data == null) {
            return null;
        }
        if (url != null) {
            throw CommandFailure.usage("--data and --url exclude each other");
        }
        if (apiKey != null) {
            throw CommandFailure.usage("--api-key belongs to --url; a folder needs none");
        }
        return DataFolder.of(data, database == null ? DataFolder.DATABASE : database);
    }

    private static OpenDatabase local(Path folder) {
        return OpenDatabase.open(
                DatabaseOptions.peer(folder, folder.getFileName().toString()));
    }

    private StatementClient http() {
        String key = apiKey == null ? System.getenv("IBID_API_KEY") : apiKey;
        return new HttpStatementClient(String.valueOf(url), database, key);
    }
}
