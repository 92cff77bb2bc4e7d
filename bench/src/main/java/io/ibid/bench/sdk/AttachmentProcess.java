package io.ibid.bench.sdk;

import io.ibid.bench.BenchmarkFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link AttachmentWork} in a process of its own with 64 MiB of heap. Confined to one thread. */
final class AttachmentProcess implements AutoCloseable {
    private static final String HEAP = "-Xmx64m";

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    AttachmentProcess(Path folder, long bytes) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                HEAP,
                "-Dibid.log=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                AttachmentWork.class.getName(),
                folder.toString(),
                Long.toString(bytes)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Fetches the attachment into a new database; MB/s. */
    double fetch() throws IOException {
        return ask("fetch");
    }

    /** The reference; MB/s. */
    double bare() throws IOException {
        return ask("bare");
    }

    private double ask(String command) throws IOException {
        commands.println(command);
        String line = answers.readLine();
        if (line == null || !line.startsWith("rate ")) {
            throw new BenchmarkFailure("the process with the attachment says: " + line);
        }
        return Double.parseDouble(line.substring("rate ".length()));
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }
}
