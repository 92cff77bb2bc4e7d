package io.ibid.cli.demo;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.HttpStatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server or peer that runs as a process of its own, driven over HTTP. */
final class Member implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready http=(\\S+) peer=(\\S+) database=\\S+");

    private final String name;
    private final Process process;
    private final String url;
    private final String peerAddress;
    private final HttpStatementClient client;

    private Member(String name, Process process, String url, String peerAddress, String apiKey) {
        this.name = name;
        this.process = process;
        this.url = url;
        this.peerAddress = peerAddress;
        this.client = new HttpStatementClient(url, null, apiKey);
    }

    /**
     * Starts a process and waits until it serves.
     *
     * @param arguments of {@code ibid}, from the command's name on
     * @param log where its stderr goes
     */
    static Member start(String name, String apiKey, Path log, List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectError(log.toFile())
                    .start();
            try {
                BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Matcher ready = READY.matcher(firstLine(out, name, log));
                if (!ready.find()) {
                    throw CommandFailure.failure(name + " does not say that it serves; see " + log);
                }
                Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
                return new Member(name, process, ready.group(1), ready.group(2), apiKey);
            } catch (Throwable e) {
                process.destroy();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    private static String firstLine(BufferedReader out, String name, Path log) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw CommandFailure.failure(name + " ended before it served; see " + log);
        }
        return line;
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--") || flag.startsWith("-XX:SharedArchiveFile")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-Xmx256m", "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
        command.add("io.ibid.cli.Main");
        command.addAll(arguments);
        return command;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Where it listens for peers. */
    String peerAddress() {
        return peerAddress;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void execute(String statement) {
        execute(statement, Value.Struct.EMPTY);
    }

    void execute(String statement, Value.Struct arguments) {
        client.execute(statement, arguments).close();
    }

    /** The only row of a query, or null. */
    Value.@Nullable Struct row(String query, Value.Struct arguments) {
        try (Answer answer = client.execute(query, arguments)) {
            return answer.next();
        }
    }

    long count() {
        Value.Struct row = row("SELECT COUNT(*) AS n FROM " + Documents.COLLECTION, Value.Struct.EMPTY);
        return row != null && row.get("n") instanceof Value.Int n ? n.value() : 0;
    }

    /** A hash over every document, in the order of their ids. */
    String fingerprint() {
        try (Answer answer = client.execute("SELECT * FROM " + Documents.COLLECTION, Value.Struct.EMPTY)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Value.Struct row = answer.next(); row != null; row = answer.next()) {
                digest.update(Cbor.encode(row));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Ends the process as a user would, and makes sure that it is gone. */
    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
