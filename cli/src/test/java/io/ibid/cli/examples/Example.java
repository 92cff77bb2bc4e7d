package io.ibid.cli.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** An example that runs between pipes, as the launcher starts it. */
final class Example implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;

    /** Ended with this JVM, however a run is broken off. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly), "end-the-examples"));
    }

    private final Process process;
    private final OutputStream in;
    private final Path out;
    private int heard;

    private Example(Process process, Path out) {
        this.process = process;
        this.in = process.getOutputStream();
        this.out = out;
    }

    /** Starts {@code ./ibid example NAME ARGUMENTS}. */
    static Example start(Path examples, String command, Path folder) throws IOException {
        String[] words = command.split(" ");
        String name = words[2];
        String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ".java";
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) { // what newer JDKs want to hear before they load native code
                java.add(flag);
            }
        }
        java.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        java.addAll(List.of("-cp", System.getProperty("java.class.path")));
        java.add(examples.resolve(name).resolve(type).toString());
        java.addAll(List.of(words).subList(3, words.length));
        Path out = Files.createTempFile(folder, name + "-", ".out");
        Process process = new ProcessBuilder(java)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        STARTED.add(process);
        return new Example(process, out);
    }

    void type(String line) throws IOException {
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void endInput() throws IOException {
        in.close();
    }

    /** Waits until it has said this, after what was waited for before. */
    void says(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String said = Files.readString(out);
            int at = said.indexOf(text, heard);
            if (at >= 0) {
                heard = at + text.length();
                return;
            }
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("it does not say \"" + text + "\", but: " + said);
            }
            Thread.sleep(20);
        }
    }

    /** Its exit code. */
    int ended() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it said " + Files.readString(out));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
