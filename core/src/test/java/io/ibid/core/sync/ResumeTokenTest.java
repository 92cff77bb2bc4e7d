package io.ibid.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Queries that are wanted no more, and what is remembered of them. */
class ResumeTokenTest {
    private static final long NOW = 1_700_000_000_000L;

    private static QueryKey query(String collection) {
        return new QueryKey("SELECT * FROM `" + collection + "`", Value.Struct.EMPTY);
    }

    private static SortedSet<QueryKey> queries(int count) {
        SortedSet<QueryKey> queries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            queries.add(query("c" + i));
        }
        return queries;
    }

    private static ResumeToken token(SortedSet<QueryKey> complete) {
        SortedMap<String, Long> tags = new TreeMap<>();
        tags.put("c1", 1L);
        return new ResumeToken(100, 7, 50, complete, tags, new TreeMap<>());
    }

    @Test
    void a_query_is_parked_where_it_stood_with_the_filter_of_its_collection() {
        ResumeToken token = token(queries(2)).restrictedTo(new TreeSet<>(), NOW);
        assertThat(token.complete()).isEmpty();
        assertThat(token.parked().get(query("c0")))
                .isEqualTo(new ResumeToken.Mark(100, 7, 0, NOW + ResumeToken.PARKED_MS));
        assertThat(token.parked().get(query("c1")))
                .isEqualTo(new ResumeToken.Mark(100, 7, 1, NOW + ResumeToken.PARKED_MS));
        assertThat(ResumeToken.decode(token.encode())).isEqualTo(token);
    }

    @Test
    void it_stays_there_while_the_others_go_on() {
        ResumeToken token = token(queries(2)).restrictedTo(new TreeSet<>(queries(1)), NOW);
        ResumeToken later = token.advanced(200, 8, 60, queries(1), new TreeMap<>(), NOW + 1);
        assertThat(later.commit()).isEqualTo(200);
        assertThat(later.parked()).isEqualTo(token.parked()).containsOnlyKeys(query("c1"));
        assertThat(later.advanced(300, 9, 60, queries(2), new TreeMap<>(), NOW + 2)
                        .parked())
                .isEmpty();
    }

    @Test
    void it_is_forgotten_after_a_day() {
        ResumeToken token = token(queries(1)).restrictedTo(new TreeSet<>(), NOW);
        SortedSet<QueryKey> none = new TreeSet<>();
        assertThat(token.restrictedTo(none, NOW + ResumeToken.PARKED_MS - 1).parked())
                .hasSize(1);
        assertThat(token.restrictedTo(none, NOW + ResumeToken.PARKED_MS).parked())
                .isEmpty();
        assertThat(token.restrictedTo(none, NOW - 1).parked())
                .as("a clock that was set back")
                .isEmpty();
    }

    @Test
    void those_that_were_parked_first_make_room_for_others() {
        ResumeToken token = token(queries(2)).restrictedTo(new TreeSet<>(), NOW);
        ResumeToken full = token.advanced(200, 8, 60, queries(300), new TreeMap<>(), NOW + 5)
                .restrictedTo(new TreeSet<>(queries(44)), NOW + 6);
        assertThat(full.parked()).hasSize(ResumeToken.PARKED_MAX);
        ResumeToken more = full.restrictedTo(new TreeSet<>(queries(43)), NOW + 7);
        assertThat(more.parked()).hasSize(ResumeToken.PARKED_MAX).containsKey(query("c43"));
    }
}
