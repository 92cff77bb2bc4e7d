package io.ibid.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on: a folder of this machine, or a server or peer that answers HTTP. */
final class DatabaseOptions {
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

    /** Opens what the options name; the caller closes it. */
    StatementClient open() {
        if (data == null && url == null) {
            throw CommandFailure.usage("name a database with --data DIR or with --url URL");
        }
        if (data != null && url != null) {
            throw CommandFailure.usage("--data and --url exclude each other");
        }
        if (url == null) {
            if (apiKey != null) {
                throw CommandFailure.usage("--api-key belongs to --url; a folder needs none");
            }
            throw CommandFailure.usage("this version reaches databases by --url only, not yet by --data");
        }
        String key = apiKey == null ? System.getenv("IBID_API_KEY") : apiKey;
        return new HttpStatementClient(url, database, key);
    }
}
