package io.ibid.bench.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents;
import io.ibid.bench.Documents.Document;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.peer.rocksdb.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class StoreSideTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> every_side_does_the_work_and_proves_its_durability() {
        PutSizes sizes = PutSizes.learn(folder.resolve("sample"));
        return Stream.of(
                DynamicTest.dynamicTest("Ibid", () -> use(new IbidSide(folder.resolve("ours"), Profile.SMALL))),
                DynamicTest.dynamicTest("SQLite with rowid", () -> use(new SqliteSide(folder.resolve("rowid"), true))),
                DynamicTest.dynamicTest("SQLite without", () -> use(new SqliteSide(folder.resolve("tree"), false))),
                DynamicTest.dynamicTest(
                        "RocksDB", () -> use(new RocksSide(folder.resolve("rocks"), Profile.SERVER, sizes))));
    }

    private static void use(StoreSide side) {
        try (side) {
            List<Document> documents = new Documents(7).next(20);
            side.insert(documents);
            side.update(documents.get(3).id(), 5);
            assertThat(side.select(documents.get(3).id())).isEqualTo(Documents.FIELDS);
            assertThatThrownBy(() -> side.select("absent")).isInstanceOf(BenchmarkFailure.class);
            side.checkDurability(1);
        }
    }

    @Test
    void a_store_that_syncs_less_than_it_acknowledges_fails_its_row() {
        StoreSide.checkSyncs("it", 100, 100, 1);
        StoreSide.checkSyncs("it", 100, 13, 8);
        assertThatThrownBy(() -> StoreSide.checkSyncs("it", 100, 99, 1)).isInstanceOf(BenchmarkFailure.class);
        assertThatThrownBy(() -> StoreSide.checkSyncs("it", 100, 12, 8))
                .hasMessageContaining("100")
                .hasMessageContaining("12");
    }

    @Test
    void a_row_gives_one_line_for_each_reference() throws IOException, InterruptedException {
        WorkBenchmark row = new WorkBenchmark(
                "store/test", Profile.SMALL, settings -> new StoreWork.Select(2, 500, 500), 0.7, null);
        List<Measurement> lines = row.run(new Settings(1, false, folder));
        assertThat(lines).extracting(Measurement::reference).containsExactly("sqlite", "rocksdb");
        assertThat(lines).allSatisfy(line -> assertThat(line.ratio()).isPositive());
    }
}
