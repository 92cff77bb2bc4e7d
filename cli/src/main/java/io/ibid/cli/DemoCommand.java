package io.ibid.cli;

import io.ibid.cli.demo.Demo;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ibid demo}: a server and small peers that sync real documents. */
@Command(
        name = "demo",
        description =
                "Run a server and small peers that sync real documents, cut their links, let them conflict, and compare.",
        footerHeading = "%nExample:%n",
        footer = "  ./ibid demo --once")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Exit when all agree: 0 if they do, 1 naming the difference.")
    private boolean once;

    @Option(names = "--peers", paramLabel = "N", defaultValue = "3", description = "Small peers, 3 to 10. Default: 3.")
    private int peers;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "Where the server listens for HTTP. Default: a free port of 127.0.0.1.")
    private String http = "127.0.0.1:0";

    @Override
    public Integer call() {
        if (peers < 3 || peers > Demo.peersMax()) {
            throw CommandFailure.usage("--peers " + peers + " is out of range: 3 to " + Demo.peersMax());
        }
        PrintWriter out = Console.stdout();
        Path directory = temporaryDirectory();
        try {
            Demo.run(directory, peers, http, out, once ? null : DemoCommand::stayForEver);
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void stayForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("ibid-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
