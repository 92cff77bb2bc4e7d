package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.transport.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid peer}: a small peer as a process of its own. */
@Command(
        name = "peer",
        description = {
            "Run a small peer: it keeps what it subscribes to, syncs it with its partners, and passes it on.",
            "When it runs, it prints one line: ready http=URL peer=HOST:PORT database=ID, with only what is open.",
            "SIGTERM and Ctrl-C end it cleanly. Logs go to stderr."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./ibid peer --data ./phone --connect 127.0.0.1:4040 --subscribe \"SELECT * FROM cars\" \\",
            "      --http 127.0.0.1:0 --api-key my-key-for-this-phone"
        })
final class PeerCommand implements Callable<Integer> {
    @Mixin
    private ServingOptions options = new ServingOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Listen for peers; port 0 is any free one. May be given several times. Default: it does not listen.")
    private List<String> listen = List.of();

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT|URL",
            description =
                    "A partner to connect to, again and again until it answers: a peer's address, or the URL of a server (http,"
                            + " https, ws, wss). May be given several times.")
    private List<String> connect = List.of();

    @Option(
            names = "--dev-token",
            paramLabel = "T",
            defaultValue = "development",
            description = "What is shown to the servers of --connect URL to log in there. Default: development.")
    private String devToken;

    @Option(
            names = "--subscribe",
            paramLabel = "QUERY",
            description = "What to ask partners for. May be given several times. Default: nothing.")
    private List<String> subscribe = List.of();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Answer statements over HTTP; port 0 is any free one. Default: no HTTP.")
    private @Nullable String http;

    @Spec
    private CommandSpec spec;

    private static ServerAddress server(String url) {
        try {
            return ServerAddress.parse(url);
        } catch (IbidException e) {
            throw CommandFailure.usage("--connect: " + e.getMessage());
        }
    }

    @Override
    public Integer call() {
        if (http == null && options.apiKey() != null) {
            throw CommandFailure.usage("--api-key belongs to --http HOST:PORT");
        }
        Address httpAddress = http == null ? null : Address.of("--http", http);
        List<String> listeners = listen.stream()
                .map(text -> Address.of("--listen", text).toString())
                .toList();
        List<ServerAddress> servers = new ArrayList<>();
        for (String partner : connect) {
            if (ServerAddress.isUrl(partner)) {
                servers.add(server(partner));
            } else {
                Address.of("--connect", partner);
            }
        }
        DatabaseOptions database = options.secured(DatabaseOptions.peer(options.folder(), options.databaseId()));
        try (ServingProcess process = new ServingProcess(
                database, spec.commandLine().getOut(), spec.commandLine().getErr())) {
            subscribe.forEach(process::subscribe);
            if (httpAddress != null) {
                process.http(httpAddress, options.apiKey(), null);
            }
            servers.forEach(server -> process.logIn(server, devToken));
            process.sync(listeners, connect);
            return process.serve();
        }
    }
}
