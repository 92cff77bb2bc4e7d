package io.ibid.bench.sync;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.store.PutSizes;
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

/** A {@link Receiver}, usually with 256 MiB of heap, as its starter sees it. Confined to one thread. */
final class ReceiverProcess implements AutoCloseable {

    private static final String HEAP = "-Xmx256m";
    private static final int CLOCK_TRIES = 20;

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    ReceiverProcess() throws IOException {
        this(HEAP);
    }

    /** @param heap a flag of the virtual machine */
    ReceiverProcess(String heap) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                heap, "-Dibid.log=WARN", "-cp", System.getProperty("java.class.path"), Receiver.class.getName()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What a sync has cost: nanoseconds from the dialling to the last document, commits and syncs of the receiver. */
    record Synced(long nanos, long commits, long syncs) {}

    /** Opens a database in the folder, with one subscription for all orders. */
    void open(Path folder, String supplier) throws IOException {
        ask("open " + folder + " " + supplier);
    }

    /**
     * Dials, and waits until so many documents are visible.
     *
     * @throws BenchmarkFailure when a commit was acknowledged without a sync of its own
     */
    Synced sync(int documents) throws IOException {
        String[] words = ask("sync " + documents);
        Synced synced = new Synced(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
        if (synced.syncs() < synced.commits()) {
            throw new BenchmarkFailure(
                    "the receiver acknowledged " + synced.commits() + " commits with " + synced.syncs() + " syncs");
        }
        return synced;
    }

    /** Dials. */
    void start() throws IOException {
        ask("start");
    }

    /** Ends the session. */
    void stop() throws IOException {
        ask("stop");
    }

    void observe(List<String> ids) throws IOException {
        ask("observe " + String.join(" ", ids));
        for (int i = 0; i < ids.size(); i++) {
            saw();
        }
    }

    /** What an observer was told, and when by the receiver's clock. */
    record Saw(long value, long nanos) {}

    /** Waits for the next word of an observer. */
    Saw saw() throws IOException {
        String[] words = read("saw");
        return new Saw(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    void close(Path folder) throws IOException {
        ask("close");
        Folders.delete(folder);
    }

    /** The reference: reads the same documents from a socket and puts them into RocksDB; gives nanoseconds. */
    long raw(Path folder, int port, int documents, PutSizes sizes) throws IOException {
        String[] words = ask("raw " + folder + " " + port + " " + documents + " " + sizes.documentKeyBytes() + " "
                + sizes.documentValueBytes() + " " + sizes.changeKeyBytes() + " " + sizes.changeValueBytes());
        Folders.delete(folder);
        return Long.parseLong(words[1]);
    }

    /**
     * Both processes must read one clock, else no time could be taken between them.
     *
     * @throws BenchmarkFailure when they do not
     */
    void checkClock() throws IOException {
        for (int i = 0; i < CLOCK_TRIES; i++) {
            long before = System.nanoTime();
            long there = Long.parseLong(ask("clock")[1]);
            if (there < before || there > System.nanoTime()) {
                throw new BenchmarkFailure("this system's processes do not share a clock");
            }
        }
    }

    private String[] ask(String command) throws IOException {
        commands.println(command);
        return read("ok");
    }

    private String[] read(String first) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new BenchmarkFailure("the receiver has ended");
        }
        String[] words = line.split(" ");
        if (!words[0].equals(first)) {
            throw new BenchmarkFailure("the receiver says: " + line);
        }
        return words;
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
