package io.ibid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchTest {

    @Test
    void a_suite_means_all_of_its_rows_and_a_row_only_itself() {
        assertThat(Bench.named(List.of("store")).stream().map(Benchmark::name))
                .contains(
                        "store/insert-100",
                        "store/insert-1",
                        "store/insert-1-8threads",
                        "store/update-8threads",
                        "store/select-by-id",
                        "store/open",
                        "store/open-server");
        assertThat(Bench.named(List.of("query")).stream().map(Benchmark::name))
                .containsExactly(
                        "query/by-id",
                        "query/index-equality-1pct",
                        "query/index-covering-1pct",
                        "query/index-range-order-limit20",
                        "query/scan-filter-2-nested",
                        "query/group-3-aggregates",
                        "query/join-1000-by-index",
                        "query/update-by-index",
                        "query/insert-1000",
                        "query/parse");
        assertThat(Bench.named(List.of("store/insert-1")).stream().map(Benchmark::name))
                .containsExactly("store/insert-1");
    }

    @Test
    void a_name_that_means_nothing_is_refused_with_the_names_there_are() throws IOException, InterruptedException {
        StringWriter progress = new StringWriter();
        Bench.Options options = new Bench.Options(List.of("store/fly"), false, false, 5, null, null);
        int code = Bench.run(options, new PrintWriter(new StringWriter()), new PrintWriter(progress));
        assertThat(code).isEqualTo(2);
        assertThat(progress.toString()).contains("store/fly").contains("store/insert-100");
    }

    @Test
    void documents_have_twenty_fields_and_about_400_bytes_and_are_the_same_for_the_same_seed() {
        List<Documents.Document> documents = new Documents(3).next(200);
        assertThat(documents).isEqualTo(new Documents(3).next(200));
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.struct().size()).isEqualTo(Documents.FIELDS));
        assertThat(documents.stream()
                        .mapToInt(document -> document.json().length())
                        .average()
                        .orElseThrow())
                .isBetween(370.0, 430.0);
    }
}
