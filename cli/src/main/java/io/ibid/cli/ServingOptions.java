package io.ibid.cli;

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
