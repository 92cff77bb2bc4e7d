package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.peer.runtime.DatabaseOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid serve}: a server for one database. */
@Command(
        name = "serve",
        description = {
            "Serve a database: statements over HTTP, and sync with any number of peers.",
            "When it serves, it prints one line: ready http=URL peer=HOST:PORT database=ID. SIGTERM and Ctrl-C end it cleanly.",
            "Logs go to stderr. HTTP is for this machine only; peers on others need --shared-key."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./ibid serve --data /var/lib/ibid --http 127.0.0.1:4080 --peer 127.0.0.1:4040")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ServingOptions options = new ServingOptions();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:4080",
            description = "Where to listen for HTTP; port 0 is any free one. Default: 127.0.0.1:4080.")
    private String http;

    @Option(
            names = "--peer",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:4040",
            description = "Where to listen for peers; port 0 is any free one. Default: 127.0.0.1:4040.")
    private String peer;

    @Option(
            names = "--dev-token",
            paramLabel = "T",
            description = "What devices must show to log in and sync over the HTTP port. Default: any token will do.")
    private @Nullable String devToken;

    @Option(names = "--config", paramLabel = "FILE", description = "Not in this version.")
    private @Nullable String config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (config != null) {
            throw CommandFailure.usage("--config is not part of this version: the options say everything");
        }
        Address httpAddress = Address.of("--http", http);
        Address peerAddress = Address.of("--peer", peer);
        DatabaseOptions database = options.secured(DatabaseOptions.server(options.folder(), options.databaseId()));
        try (ServingProcess process = new ServingProcess(
                database, spec.commandLine().getOut(), spec.commandLine().getErr())) {
            process.http(httpAddress, options.apiKey(), devToken);
            process.sync(List.of(peerAddress.toString()), List.of());
            return process.serve();
        }
    }
}
