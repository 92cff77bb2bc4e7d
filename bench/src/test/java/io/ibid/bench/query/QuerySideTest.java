package io.ibid.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.bench.Documents;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuerySideTest {
    private static final int DOCUMENTS = 2_000;

    @TempDir
    Path folder;

    @Test
    void both_sides_answer_everything_alike() {
        List<String> ids = Documents.loadedIds(DOCUMENTS);
        List<QueryWork> works = List.of(
                QueryWork.byId(ids, 5),
                QueryWork.equal(5),
                QueryWork.covered(5),
                QueryWork.cheapest(5),
                QueryWork.filtered(2),
                QueryWork.grouped(1),
                QueryWork.joined(3),
                QueryWork.update(),
                QueryWork.insert(10),
                QueryWork.equal(5));
        try (IbidSide ours = new IbidSide(folder.resolve("ours"));
                SqliteSide sqlite = new SqliteSide(folder.resolve("sqlite"))) {
            QueryWork.load(ours, DOCUMENTS);
            QueryWork.load(sqlite, DOCUMENTS);
            for (int slice = 0; slice < works.size(); slice++) {
                QueryWork.Slices work = works.get(slice).slices();
                QueryWork.Done done = work.of(new Random(slice), slice).run(ours);
                assertThat(done)
                        .as("work %d", slice)
                        .isEqualTo(work.of(new Random(slice), slice).run(sqlite));
                assertThat(done.operations()).isPositive();
                assertThat(done.checksum()).isNotZero();
            }
            ours.checkDurability();
            sqlite.checkDurability();
        }
    }

    @Test
    void the_reference_reads_its_indexes_and_nothing_else_where_that_is_enough() {
        String ofQuantity = " FROM orders WHERE document ->> '$.quantity' = 1 AND document ->> '$.rating' = 1";
        try (SqliteSide sqlite = new SqliteSide(folder)) {
            sqlite.insert(new Documents(1).next(50));
            sqlite.index();
            assertThat(sqlite.plan("SELECT json(document)" + ofQuantity)).contains("USING INDEX by_quantity");
            assertThat(sqlite.plan("SELECT id, document ->> '$.price'" + ofQuantity))
                    .contains("USING COVERING INDEX by_quantity");
            assertThat(sqlite.plan("SELECT json(document) FROM orders WHERE document ->> '$.price' >= 5.0"
                            + " ORDER BY document ->> '$.price' LIMIT 20"))
                    .contains("USING INDEX by_price")
                    .doesNotContain("TEMP");
            assertThat(sqlite.plan(SqliteSide.JOINED.replaceFirst("[?]", "1").replaceFirst("[?]", "1")))
                    .contains("a USING COVERING INDEX by_quantity")
                    .contains("b USING INDEX by_price");
        }
    }

    @Test
    void a_row_is_one_line_for_each_reference() throws IOException, InterruptedException {
        QueryBenchmark row = new QueryBenchmark("query/test", 200, 1, ids -> QueryWork.byId(ids, 50), 0.7);
        List<Measurement> lines = row.run(new Settings(1, false, folder));
        assertThat(lines).extracting(Measurement::reference).containsExactly("sqlite", "rocksdb");
        assertThat(lines).allSatisfy(line -> assertThat(line.ratio()).isPositive());
    }
}
