package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.syntax.QueryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every function, its odd arguments included. */
class FunctionTest {
    private final Dql dql = new Dql();

    private void values(String table) {
        Table.check(table, dql::value);
    }

    @Test
    void text_functions_count_code_points_from_zero() {
        values("""
                concat('a', 'b', 'c') => "abc"
                concat('a', 1) => MISSING
                contains('abc', 'b') => true
                CONTAINS('abc', 'B') => false
                starts_with('abc', 'ab') => true
                ends_with('abc', 'ab') => false
                char_length('café') => 4
                character_length('😀') => 1
                byte_length('café') => 5
                byte_length('€😀') => 7
                lower('ÄB') => "äb"
                upper('äb') => "ÄB"
                substr('abcdef', 1, 3) => "bcd"
                substr('2026-03-15', 0, 7) => "2026-03"
                substr('abc', 1) => "bc"
                substr('abc', -2) => "bc"
                substr('abc', -2, 1) => "b"
                substr('abc', 3) => ""
                substr('abc', -4) => ""
                substr('abc', 1, 0) => ""
                substr('abc', 1, -1) => ""
                substr('abc', 1, 9223372036854775807) => "bc"
                substr('a😀b', 1, 1) => "😀"
                pos('abc', 'c') => 2
                pos('😀c', 'c') => 1
                pos('abc', 'x') => -1
                POSITION('c' IN 'abc') => 2
                split('a,b,,c', ',') => ["a","b","","c"]
                split('', ',') => [""]
                split('ab', '') => ["a","b"]
                joinstr('-', 'a', 'b') => "a-b"
                joinstr('-', ['a', 'b'], 'c') => "a-b-c"
                joinstr('-', ['a', 1]) => MISSING
                ltrim('  a ') => "a "
                rtrim(' a  ') => " a"
                `trim`(' a ') => "a"
                `trim`('xyaxy', 'yx') => "a"
                TRIM(BOTH 'x' FROM 'xax') => "a"
                TRIM(LEADING 'x' FROM 'xax') => "ax"
                TRIM(TRAILING FROM 'a ') => "a"
                lpad('7', 3, '0') => "007"
                lpad('7', 4, 'ab') => "aba7"
                rpad('7', 3) => "7  "
                lpad('abc', 2) => "ab"
                lpad('abc', -1) => ""
                lpad('a', 3, '') => "a"
                repeat('ab', 3) => "ababab"
                repeat('ab', 0) => ""
                lower(1) => MISSING
                lower(NULL) => null
                lower(MISSING) => MISSING
                contains('a', NULL) => null
                """);
    }

    @Test
    void numbers_types_and_json() {
        values("""
                abs(-3) => 3
                abs(-2.5) => 2.5
                abs(-9223372036854775808) => 9.223372036854776e18
                ceil(1.2) => 2.0
                ceil(2) => 2.0
                floor(-1.2) => -2.0
                floor('a') => MISSING
                is_number(1.5) => true
                is_number('1') => false
                is_number(NULL) => null
                is_number(MISSING) => MISSING
                is_string('a') => true
                is_boolean(false) => true
                type(1) => "integer"
                type(1.0) => "float"
                type('a') => "string"
                type(true) => "boolean"
                type([]) => "array"
                type({}) => "object"
                type(NULL) => "null"
                type(MISSING) => "missing"
                type(cast('a' AS binary)) => "binary"
                json_type(1) => "number"
                json_type(1.5) => "number"
                json_type(MISSING) => "null"
                serialize_json({'b': [1, 2.0], 'a': null}) => "{\\"a\\":null,\\"b\\":[1,2.0]}"
                deserialize_json('{"a": [1, 2.5]}') => {"a":[1,2.5]}
                deserialize_json('{a: 1}') => MISSING
                deserialize_json(1) => MISSING
                """);
    }

    @Test
    void conditional_functions_tell_null_from_missing() {
        values("""
                coalesce(NULL, MISSING, 1, 2) => 1
                coalesce(NULL, MISSING) => null
                ifmissingornull(MISSING, 'a') => "a"
                ifmissing(MISSING, NULL, 1) => null
                ifmissing(MISSING, 1) => 1
                ifnull(NULL, 1) => 1
                ifnull(MISSING, 1) => MISSING
                nvl(NULL, 1) => 1
                nvl(2, 1) => 2
                nvl(2, 'yes', 'no') => "yes"
                nvl(MISSING, 'yes', 'no') => "no"
                ismissing(MISSING) => true
                ismissing(NULL) => false
                isnull(NULL) => true
                isnull(MISSING) => false
                ismissingornull(MISSING) => true
                nullif(1, 1.0) => null
                nullif(1, 2) => 1
                nullif(NULL, NULL) => null
                missingif(1, 1) => MISSING
                missingif(1, 'a') => 1
                decode(2, 1, 'a', 2.0, 'b', 'c') => "b"
                decode(3, 1, 'a', 'c') => "c"
                decode(3, 1, 'a') => null
                decode(NULL, NULL, 'n') => "n"
                decode('1', 1, 'a', 'z') => "z"
                """);
    }

    @Test
    void arrays_and_objects() {
        values("""
                array_contains([1, 'a'], 1.0) => true
                array_contains([1], 2) => false
                array_contains('a', 'a') => MISSING
                array_contains([1], NULL) => null
                array_contains_null([1, null]) => true
                array_contains_null([1]) => false
                array_length([1, 2]) => 2
                array_length({}) => MISSING
                object_length({'a': 1}) => 1
                object_keys({'b': 1, 'a': 2}) => ["a","b"]
                object_values({'b': 1, 'a': 2}) => [2,1]
                object_set({'a': 1}, 'b', 2) => {"a":1,"b":2}
                object_set({'a': 1}, 'a', 2) => MISSING
                object_set({'a': 1}, 'a', 2, true) => {"a":2}
                object_unset({'a': 1}, 'a') => {}
                object_unset({'a': 1}, 'b') => MISSING
                object_unset({'a': 1}, 'b', true) => {"a":1}
                object_concat({'a': 1, 'b': 1}, {'b': 2}) => {"a":1,"b":2}
                object_rename({'a': 1}, 'a', 'b') => {"b":1}
                object_rename({'a': 1}, 'x', 'b') => MISSING
                object_size({}) => 1
                object_size('ab') => 3
                object_keys(1) => MISSING
                """);
    }

    @Test
    void dates_keep_their_kind_and_their_offset() {
        values("""
                date_add('2026-03-15T10:30:45.123Z', 'day', 7) => "2026-03-22T10:30:45.123+00:00"
                date_add('2026-01-31T00:00:00Z', 'month', 1) => "2026-02-28T00:00:00+00:00"
                date_add('2024-02-29T00:00:00+02:00', 'YEAR', 1) => "2025-02-28T00:00:00+02:00"
                date_add(0, 'hour', 1) => 3600000
                date_add(0, 'hour', 1, '') => "1970-01-01T01:00:00+00:00"
                date_add(0, 'hour', 1, 'YYYY-MM-DD hh:mm', '+02:00') => "1970-01-01 03:00"
                date_sub('2026-03-15T10:30:45Z', 'min', 31) => "2026-03-15T09:59:45+00:00"
                date_add('2026-03-15T10:30:45', 'day', 7) => MISSING
                date_add('2026-03-15T10:30:45Z', 'week', 7) => MISSING
                date_add('2026-03-15T10:30:45Z', 7, 'day') => MISSING
                date_add('9999-12-31T00:00:00Z', 'day', 1) => MISSING
                date_diff('2026-03-20T00:00:00Z', '2026-03-15T10:30:45Z', 'day') => 4
                date_diff('2026-03-15T10:30:45Z', '2026-03-20T00:00:00Z', 'day') => -4
                date_part('2026-03-15T10:30:45.123Z', 'year') => 2026
                date_part('2026-03-15T10:30:45.123Z', 'ms') => 123
                date_part('2026-03-15T10:30:45Z', 'weekday') => 7
                date_part('2026-03-15T10:30:45Z', 'monthname') => "March"
                date_part('2026-03-15T10:30:45+09:00', 'tz') => 540
                date_part('2026-03-15T10:30:45+09:00', 'quarter') => MISSING
                date_trunc('2026-03-15T10:30:45Z', 'month') => "2026-03-01T00:00:00+00:00"
                date_trunc('2026-03-15T00:30:00+09:00', 'day') => "2026-03-15T00:00:00+09:00"
                date_trunc(90061001, 'hour') => 90000000
                date_format('2026-03-15T10:30:45Z', 'YYYY-MM-DD hh:mm', 'Asia/Tokyo') => "2026-03-15 19:30"
                date_format('2026-03-15T10:30:45.007Z', '%d/%m/%y %H:%M:%S.%f %z %:z %Z %j %b %B %a %A %%') => "15/03/%y 10:30:45.007 +0000 +00:00 UTC 074 Mar March Sun Sunday %"
                date_format('2026-03-15T10:30:45Z', 'DD.MM.YYYY ss sss TZD TZN', 'Europe/Zurich') => "15.03.2026 45 000 +01:00 Europe/Zurich"
                date_format('2026-03-15T10:30:45Z', 'YYYY', 'Nowhere/Land') => MISSING
                date_cast('15/03/2026', '%d/%m/%Y') => 1773532800000
                date_cast('2026-03-15') => MISSING
                date_cast('1970-01-01T00:00:00.5Z') => 500
                date_cast('1970-01-01T00:00Z') => 0
                date_cast('1970-01-01 01:00 +01:00', 'YYYY-MM-DD hh:mm TZD') => 0
                date_cast('1970 032', '%Y %j') => 2678400000
                date_cast('March 5 1970', '%B %d %Y') => MISSING
                date_cast('March 05 1970', '%B %d %Y') => 5443200000
                date_cast('31/02/2026', '%d/%m/%Y') => MISSING
                date_range('2026-01-31T00:00:00Z', '2026-04-01T00:00:00Z', 'month', 1, 'MM-DD') => ["01-31","02-28","03-31"]
                date_range(0, 3, 'ms', 1) => [0,1,2]
                date_range(0, 3, 'ms', 0) => MISSING
                tz_offset('2026-03-15T10:30:45+09:00') => 540
                tz_offset('2026-03-15T10:30:45-05:30') => -330
                tz_offset('Asia/Tokyo', 'TZN') => 540
                duration_cast('1h30m') => 5400000
                duration_cast('1h30m', 's') => 5400
                duration_cast('-1.5s') => -1500
                duration_cast('1us') => 0.001
                duration_cast('1 h') => MISSING
                duration_cast('') => MISSING
                duration_format(5400000) => "1h30m0s"
                duration_format(1500) => "1.5s"
                duration_format(0) => "0s"
                duration_format(500) => "500ms"
                duration_format(-90, 's') => "-1m30s"
                duration_format(1.5, 'us') => "1.5us"
                clock() => 1773570645123
                clock('') => "2026-03-15T10:30:45.123+00:00"
                clock('hh', 'Asia/Tokyo') => "19"
                """);
    }

    @Test
    void results_that_would_exhaust_memory_are_errors() {
        for (String expression : List.of(
                "repeat('x', 1048577)",
                "lpad('x', 1048577)",
                "concat(repeat('x', 1048576), 'x')",
                "repeat('x', 1048576) || 'x'",
                "joinstr(repeat('x', 600000), 'a', 'b', 'c')",
                "date_range(0, 10001, 'ms', 1)")) {
            assertThat(dql.error("SELECT " + expression + " FROM system:dual"))
                    .as(expression)
                    .startsWith("query/evaluation Query failed: `")
                    .contains(" (line 1, column ");
        }
        assertThat(dql.value("byte_length(repeat('x', 1048576))")).isEqualTo("1048576");
        assertThat(dql.value("array_length(date_range(0, 10000, 'ms', 1))")).isEqualTo("10000");
    }

    @Test
    void no_function_fails_on_any_values() {
        List<String> values = List.of(
                "NULL",
                "MISSING",
                "true",
                "1",
                "-1.5",
                "''",
                "'%'",
                "'2026-03-15T10:30:45Z'",
                "'day'",
                "[]",
                "[null]",
                "{}",
                "{'a': 1}",
                "9223372036854775807",
                "cast('x' AS binary)");
        for (Function function : Functions.functions()) {
            int count = Math.min(function.argumentsMax(), 4);
            for (int i = 0; i < 200; i++) {
                StringBuilder call = new StringBuilder("`" + function.name() + "`(");
                for (int argument = 0; argument < Math.max(count, function.argumentsMin()); argument++) {
                    int pick = (i * 31 + argument * 17 + i * i * (argument + 3)) % values.size();
                    call.append(argument == 0 ? "" : ", ").append(values.get(pick));
                }
                try {
                    dql.value(call.append(")").toString());
                } catch (QueryException expected) {
                    assertThat(expected.code()).isEqualTo(ErrorCode.QUERY_EVALUATION);
                }
            }
        }
    }

    @Test
    void a_wrong_type_is_counted_in_a_warning() {
        dql.with("c", "[{\"_id\":\"1\",\"n\":1},{\"_id\":\"2\",\"n\":\"A\"},{\"_id\":\"3\",\"n\":2}]");
        assertThat(dql.warnings("SELECT lower(n) AS l FROM c", "{}"))
                .containsExactly("lower met a value of the wrong type and gave MISSING 2 times");
        assertThat(dql.warnings("SELECT lower(1) AS l FROM c", "{}"))
                .containsExactly("lower met a value of the wrong type and gave MISSING once");
        assertThat(dql.warnings("SELECT date_part('2026-03-15', 'day') AS d FROM c LIMIT 1", "{}"))
                .containsExactly("date_part met a date without a zone and gave MISSING once");
    }
}
