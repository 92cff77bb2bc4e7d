package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.processes.Chain.Role;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ibid import} at one end of a chain of processes; each of its batches is a transaction. */
class ImportOverHopsTest {
    private static final int DOCUMENTS = 5_000;
    private static final long BATCH = 500;

    @TempDir
    private Path folder;

    @Test
    void five_thousand_documents_imported_at_one_end_reach_the_other_over_two_hops_batch_by_batch() throws Exception {
        Path file = Files.writeString(folder.resolve("imported.jsonl"), documents());
        try (Chain chain = new Chain(folder, List.of("imported"))) {
            chain.cables().forEach(cable -> cable.delay(10));
            CompletableFuture<Child.Ended> importing =
                    CompletableFuture.supplyAsync(() -> importFile(file, chain.endpoint(Role.END)));
            TreeSet<Integer> counts = new TreeSet<>();
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (counts.isEmpty() || counts.last() < DOCUMENTS) {
                assertThat(importing).isNotCompletedExceptionally();
                assertThat(System.nanoTime() - deadlineNs)
                        .as("%s of %s arrived", counts, DOCUMENTS)
                        .isNegative();
                counts.add(look(chain.endpoint(Role.SERVER)));
                look(chain.endpoint(Role.MIDDLE));
            }
            assertThat(importing.join().err()).isEmpty();
            assertThat(importing.join().out()).startsWith("imported 5,000 documents");
            // What came in between was seen as well, else nothing was tested.
            assertThat(counts).hasSizeGreaterThan(2);
            assertThat(chain.awaitAgreement("imported", 10_000).size()).isEqualTo(DOCUMENTS);
        }
    }

    private Child.Ended importFile(Path file, Endpoint end) {
        try {
            return Child.run(
                    folder,
                    "import",
                    file.toString(),
                    "--collection",
                    "imported",
                    "--url",
                    end.uri("/").toString(),
                    "--api-key",
                    Child.API_KEY);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks whether every batch that is there is there as a whole; gives the number of documents. */
    private static int look(Endpoint endpoint) throws IOException {
        List<Value.Struct> rows =
                endpoint.require("SELECT number FROM imported").items();
        SortedMap<Long, Integer> batches = new TreeMap<>();
        for (Value.Struct row : rows) {
            batches.merge(((Value.Int) row.get("number")).value() / BATCH, 1, Integer::sum);
        }
        assertThat(batches.values()).as("documents of each batch").allMatch(count -> count == BATCH);
        return rows.size();
    }

    private static String documents() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            lines.append("{\"number\":")
                    .append(i)
                    .append(",\"text\":\"document ")
                    .append(i)
                    .append("\"}\n");
        }
        return lines.toString();
    }
}
