package io.ibid.cli.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ibid} in a process of its own. */
final class Child implements AutoCloseable {
    static final String API_KEY = "key-of-the-process-tests";

    /** Ended with this JVM, however a run is broken off. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly), "end-the-children"));
    }

    private static final Pattern READY = Pattern.compile("ready http=(\\S+)(?: peer=(\\S+))? database=\\S+");

    private final String name;
    private final Process process;
    private final Path log;
    private final Endpoint http;
    private final String peerAddress;

    /** How a process ended, and what it said. */
    record Ended(int code, String out, String err) {}

    private Child(String name, Process process, Path log, String url, String peerAddress) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.http = new Endpoint(url);
        this.peerAddress = peerAddress;
    }

    /**
     * Starts a command that serves, and waits for its line {@code ready}.
     *
     * @param folder for its stderr, in a file of its own for each start
     */
    static Child start(String name, Path folder, String... arguments) throws IOException {
        return start(name, folder, Map.of(), List.of(), arguments);
    }

    /** Likewise, with more environment variables. */
    static Child start(String name, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(name, folder, environment, List.of(), arguments);
    }

    /** Likewise, for a process that cannot make a file longer than so many KiB: its disk is full when it tries. */
    static Child startWithFullDisk(String name, Path folder, int fileKib, String... arguments) throws IOException {
        List<String> limited = List.of("bash", "-c", "ulimit -f \"$0\" && exec \"$@\"", String.valueOf(fileKib));
        return start(name, folder, Map.of(), limited, arguments);
    }

    private static Child start(
            String name, Path folder, Map<String, String> environment, List<String> wrapper, String... arguments)
            throws IOException {
        Path log = Files.createTempFile(folder, name + "-", ".log");
        ProcessBuilder builder = builder(List.of("-XX:TieredStopAtLevel=1"), arguments);
        builder.command().addAll(0, wrapper);
        builder.environment().putAll(environment);
        Process process = builder.redirectError(log.toFile()).start();
        STARTED.add(process);
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = String.valueOf(out.readLine());
            Matcher ready = READY.matcher(line);
            if (!ready.matches()) {
                throw new AssertionError(
                        name + " said \"" + line + "\" instead of ready, and " + Files.readString(log));
            }
            Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
            return new Child(name, process, log, ready.group(1), String.valueOf(ready.group(2)));
        } catch (Throwable e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Runs a command to its end. */
    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "run-", ".out");
        Path err = Files.createTempFile(folder, "run-", ".err");
        Process process = builder(List.of("-XX:TieredStopAtLevel=1"), arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        STARTED.add(process);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(arguments) + " does not end; it said " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static ProcessBuilder builder(List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) { // what newer JDKs want to hear before they load native code
                command.add(flag);
            }
        }
        command.add("-Xmx256m");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ibid.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    String name() {
        return name;
    }

    Endpoint http() {
        return http;
    }

    /** Where it listens for peers. */
    String peerAddress() {
        return peerAddress;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it has written to stderr. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until it has said this. */
    void awaitLog(String text) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!log().contains(text)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(name + " does not say " + text + ", but: " + log());
            }
            Thread.sleep(10);
        }
    }

    /** Stops the process in its tracks, at whatever it is doing. What it has sent is still delivered. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + signal + " of " + name + " failed; it said " + log());
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as a user or a service manager would, with SIGTERM; gives its exit code. */
    int terminate(Duration limit) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " does not end within " + limit + " after SIGTERM; it said " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
