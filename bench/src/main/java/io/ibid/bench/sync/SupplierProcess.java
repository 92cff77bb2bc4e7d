package io.ibid.bench.sync;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server with many small documents in a process of its own, which ends with its stdin. Its address is known when it has all of them.
 * Confined to one thread.
 */
final class SupplierProcess implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Process process;
    private final String address;

    SupplierProcess(Path folder, int documents, String heap) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(heap, "-Dibid.log=WARN", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SupplierProcess.class.getName(), folder.toString(), String.valueOf(documents)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        String line = answers.readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new BenchmarkFailure("the supplier has ended before it had its documents");
        }
        address = line;
    }

    /** {@code host:port} for peers. */
    String address() {
        return address;
    }

    /** The process itself. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // a log may go there
        SmallDocuments documents = new SmallDocuments();
        try (OpenDatabase database =
                OpenDatabase.open(DatabaseOptions.server(Path.of(arguments[0]), Supplier.DATABASE))) {
            for (int left = Integer.parseInt(arguments[1]); left > 0; left -= BATCH) {
                insert(database, documents.next(Math.min(left, BATCH)));
            }
            database.startSync(List.of("127.0.0.1:0"), List.of());
            out.println(database.listening().getFirst());
            while (System.in.read() >= 0) {
                // Whoever started this process closes its stdin when it is done.
            }
        }
    }

    private static void insert(OpenDatabase database, List<Document> documents) {
        Value.Struct arguments = Value.Struct.builder()
                .put(
                        "documents",
                        new Value.Array(
                                documents.stream().<Value>map(Document::struct).toList()))
                .build();
        database.execute("INSERT INTO orders DOCUMENTS (:documents)", arguments, ExecuteOptions.FLEXIBLE)
                .close();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
