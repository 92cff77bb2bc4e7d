package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.transport.SharedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code serve} and {@code peer} have in common: where the database lies, and who may ask it over HTTP. */
final class ServingOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data folder, created when absent.")
    private String data;

    @Option(
            names = "--database",
            paramLabel = "ID",
            defaultValue = DataFolder.DATABASE,
            description = "The database; a folder of that name in DIR. Partners must have the same. Default: demo.")
    private String databaseId;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "The key that HTTP clients must show, 16 characters or more. Default: one is made at the first start"
                            + " and shown once.")
    private @Nullable String apiKey;

    @Option(
            names = "--shared-key",
            paramLabel = "FILE",
            description = {
                "A file with a P-256 private key in PKCS#8, as PEM or base64, that all peers of a group have. Connections"
                        + " are then TLS, peers without the key get nothing, and other addresses than loopback are possible."
            })
    private @Nullable Path sharedKey;

    /** What the database is opened with, in addition. */
    DatabaseOptions secured(DatabaseOptions options) {
        Path file = sharedKey;
        if (file == null) {
            return options;
        }
        try {
            return options.sharing(SharedKey.parse(Files.readString(file)));
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage("--shared-key " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** The database's own folder. */
    Path folder() {
        return DataFolder.of(data, databaseId);
    }

    String databaseId() {
        return databaseId;
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }
}
