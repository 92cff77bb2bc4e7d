package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is refused, with which code and at which place. */
class QueryErrorTest {
    private final Dql dql = new Dql();

    private void firstLines(String table) {
        Table.check(table, statement -> dql.error(statement).lines().findFirst().orElseThrow());
    }

    @Test
    void an_error_shows_its_place() {
        assertThat(dql.error("SELECT *\nFROM cars\nWHERE color == = 'blue'")).isEqualTo("""
                query/invalid expected an expression, found = (line 3, column 16)
                WHERE color == = 'blue'
                               ^""");
        assertThat(dql.error("SELECT * FROM collection")).isEqualTo("""
                query/invalid expected identifier, found end of statement (line 1, column 25)
                SELECT * FROM collection
                                        ^""");
        assertThat(dql.error("SELECT '😀é' AS\tx, , FROM cars  ")).isEqualTo("""
                query/invalid expected an expression, found , (line 1, column 19)
                SELECT '😀é' AS x, , FROM cars \s
                                  ^""");
        assertThat(dql.error("SELECT * FROM c\r\nWHERE")).contains("(line 2, column 6)\nWHERE\n     ^");
    }

    @Test
    void a_long_line_is_cut_around_the_place() {
        String statement = "SELECT " + "aaaaaaaaa, ".repeat(20) + "! FROM " + "b".repeat(100);
        String[] lines = dql.error(statement).split("\n");
        assertThat(lines[0]).isEqualTo("query/invalid unexpected character !, write NOT (line 1, column 228)");
        assertThat(lines[1]).hasSize(80);
        assertThat(lines[1].charAt(lines[2].length() - 1)).isEqualTo('!');
        assertThat(lines[2].strip()).isEqualTo("^");
    }

    @Test
    void the_lexer_refuses() {
        firstLines("""
                SELECT 'it''s' => query/invalid expected end of statement, found 's'; inside a string a quote is written with a backslash before it (line 1, column 12)
                SELECT 'abc => query/invalid unterminated string (line 1, column 8)
                SELECT `abc => query/invalid unterminated identifier (line 1, column 8)
                SELECT 1 /* x => query/invalid unterminated comment (line 1, column 10)
                /*+ {} SELECT 1 => query/invalid unterminated comment (line 1, column 1)
                SELECT 0x => query/invalid malformed number (line 1, column 8)
                SELECT 0x11223344556677889 => query/invalid a hexadecimal number has at most 64 bits (line 1, column 8)
                SELECT 12ab => query/invalid malformed number (line 1, column 8)
                SELECT 1e => query/invalid malformed number (line 1, column 8)
                SELECT 1e999 => query/invalid the number is out of range (line 1, column 8)
                SELECT .5 => query/invalid expected an expression, found . (line 1, column 8)
                SELECT 5. => query/invalid expected identifier, found end of statement (line 1, column 10)
                SELECT '\\u12g4' => query/invalid \\u needs four hexadecimal digits (line 1, column 9)
                SELECT '\\ud83d' => query/invalid lone surrogate U+D83D in text (line 1, column 8)
                SELECT * FROM c WHERE a = ? => query/invalid positional parameters are not part of DQL, write :name (line 1, column 27)
                SELECT a | b => query/invalid unexpected character |, write OR, or || to join strings (line 1, column 10)
                SELECT a ! b => query/invalid unexpected character !, write NOT (line 1, column 10)
                SELECT é => query/invalid unexpected character é (line 1, column 8)
                SELECT a \u0000 => query/invalid unexpected character U+0000 (line 1, column 10)
                """);
    }

    @Test
    void the_parser_refuses() {
        firstLines("""
                => query/invalid expected a statement, found end of statement (line 1, column 1)
                ; => query/invalid expected a statement, found ; (line 1, column 1)
                SELECT 1;; => query/invalid only one statement can be executed at a time (line 1, column 10)
                SELECT 1; SELECT 2 => query/invalid only one statement can be executed at a time (line 1, column 11)
                SELECT * FROM c LIMIT => query/invalid expected an expression, found end of statement (line 1, column 22)
                SELECT * FROM c WHERE a = 1 WHERE b = 2 => query/invalid expected end of statement, found WHERE (line 1, column 29)
                SELECT a AS all FROM c => query/invalid expected identifier, found all, which is reserved; in backticks it is a name (line 1, column 13)
                SELECT trim(a) FROM c => query/invalid expected FROM, found ) (line 1, column 14)
                SELECT items[:key] FROM c => query/invalid expected an integer as array index, found : (line 1, column 14)
                SELECT a. FROM c => query/invalid expected identifier, found FROM (line 1, column 11)
                SELECT : x => query/invalid expected an expression, found : (line 1, column 8)
                SELECT a IS b => query/invalid expected NULL, UNKNOWN or MISSING, found b (line 1, column 13)
                SELECT CASE 1 END => query/invalid expected WHEN, found END (line 1, column 15)
                SELECT cast(a AS date) => query/invalid expected STRING, INTEGER, FLOAT, BOOLEAN or BINARY, found date (line 1, column 18)
                SELECT ANY x SATISFIES y END => query/invalid expected IN or WITHIN, found SATISFIES (line 1, column 14)
                SELECT a b c FROM d => query/invalid expected end of statement, found c (line 1, column 12)
                INSERT INTO c DOCUMENTS ({}) ON ID CONFLICT NOTHING => query/invalid expected DO, found NOTHING (line 1, column 45)
                INSERT INTO c DOCUMENTS {} => query/invalid expected (, found { (line 1, column 25)
                DELETE c => query/invalid expected FROM, found c (line 1, column 8)
                SELECT * FROM COLLECTION c (x LIST) => query/invalid expected REGISTER, ATTACHMENT, COUNTER, PN_COUNTER or MAP, found LIST (line 1, column 31)
                SELECT * FROM COLLECTION c (x MAP, x COUNTER) => query/invalid x is defined twice (line 1, column 36)
                SELECT * FROM COLLECTION c (_id MAP) => query/invalid the document id has no type (line 1, column 29)
                SELECT * FROM `` => query/invalid the name of a collection is empty (line 1, column 15)
                EXPLAIN SHOW ALL => query/invalid expected a statement that EXPLAIN can show, found SHOW (line 1, column 9)
                PROFILE EXPLAIN SELECT 1 => query/invalid expected a statement that PROFILE can show, found EXPLAIN (line 1, column 9)
                SELECT * FROM c USE IDS 'a' USE IDS 'b' => query/invalid a collection has one USE clause of a kind (line 1, column 29)
                """);
    }

    @Test
    void unknown_functions_and_counts_of_arguments_are_named() {
        firstLines("""
                SELECT lowr(a) => query/invalid unknown function lowr, did you mean lower? (line 1, column 8)
                SELECT 1 + foo() => query/invalid unknown function foo (line 1, column 12)
                SELECT lower(a, b) => query/invalid lower takes 1 argument, found 2 (line 1, column 8)
                SELECT substr(a) => query/invalid substr takes 2 to 3 arguments, found 1 (line 1, column 8)
                SELECT concat() => query/invalid concat takes at least 1 argument, found 0 (line 1, column 8)
                SELECT siblings(1) => query/invalid siblings takes the path of a field (line 1, column 8)
                SELECT `count`(a) => query/invalid unknown function count (line 1, column 8)
                """);
    }

    @Test
    void clauses_that_are_not_served_are_named() {
        firstLines("""
                SYNC CONTEXT (PEERS WHERE peerKeyString = 'pk') SELECT * FROM c => query/unsupported SYNC CONTEXT is not supported yet (line 1, column 1)
                """);
    }

    @Test
    void clauses_of_other_languages_are_named() {
        firstLines("""
                SELECT RAW x FROM c => query/unsupported RAW is not supported (line 1, column 8)
                SELECT * FROM a CROSS JOIN b => query/unsupported CROSS is not supported (line 1, column 17)
                SELECT * FROM a FULL JOIN b ON x => query/unsupported FULL is not supported (line 1, column 17)
                SELECT * FROM a NATURAL JOIN b => query/unsupported NATURAL is not supported (line 1, column 17)
                SELECT * FROM a UNNEST b => query/unsupported UNNEST is not supported (line 1, column 17)
                SELECT * FROM a, b => query/unsupported A list of collections in FROM is not supported (line 1, column 16)
                SELECT * FROM a UNION SELECT * FROM b => query/unsupported UNION is not supported (line 1, column 17)
                SELECT * FROM a WHERE x EXCEPT SELECT 1 => query/unsupported EXCEPT is not supported (line 1, column 25)
                SELECT * FROM a ORDER BY x NULLS FIRST => query/unsupported NULLS is not supported (line 1, column 28)
                SELECT SUM(x) OVER (y) FROM a => query/unsupported OVER is not supported (line 1, column 15)
                SELECT * FROM (SELECT * FROM b) => query/unsupported A subquery is not supported (line 1, column 15)
                SELECT * FROM a WHERE x IN (SELECT y FROM b) => query/unsupported A subquery is not supported (line 1, column 29)
                SELECT * FROM a WHERE EXISTS (SELECT y FROM b) => query/unsupported A subquery is not supported (line 1, column 31)
                WITH x AS (SELECT 1) SELECT * FROM x => query/unsupported WITH is not supported (line 1, column 1)
                SELECT * FROM cars USE IDS ('a','b') => query/unsupported ('a', 'b') is not supported (line 1, column 28)
                SELECT *, x FROM c => query/unsupported unqualified * with other projection elements is not supported (line 1, column 8)
                SELECT x, * FROM c => query/unsupported unqualified * with other projection elements is not supported (line 1, column 11)
                """);
    }

    @Test
    void statements_that_make_no_sense_fail_in_evaluation() {
        firstLines("""
                SELECT a, COUNT(*) FROM c => query/evaluation Query failed: `Projection "a" must depend only on group keys or aggregates` (line 1, column 8)
                SELECT day, COUNT(*) AS n FROM c GROUP BY d => query/evaluation Query failed: `Projection "day" must depend only on group keys or aggregates` (line 1, column 8)
                SELECT a + 1 AS x FROM c GROUP BY a + 2 => query/evaluation Query failed: `Projection "x" must depend only on group keys or aggregates` (line 1, column 8)
                SELECT COUNT(*) AS n FROM c GROUP BY x AS y => query/invalid expected end of statement, found AS (line 1, column 40)
                SELECT a AS x, COUNT(*) FROM c GROUP BY x => query/evaluation Query failed: `Projection "x" must depend only on group keys or aggregates` (line 1, column 8)
                SELECT * FROM c GROUP BY a => query/evaluation Query failed: `Projection "*" must depend only on group keys or aggregates` (line 1, column 8)
                SELECT a FROM c GROUP BY a HAVING b > 1 => query/evaluation Query failed: `HAVING clause terms must depend only on group keys or aggregates` (line 1, column 35)
                SELECT a FROM c GROUP BY a ORDER BY b => query/evaluation Query failed: `ORDER BY terms must depend only on group keys or aggregates` (line 1, column 37)
                SELECT * FROM c WHERE SUM(a) > 1 => query/evaluation Query failed: `SUM is an aggregate and cannot stand in WHERE` (line 1, column 23)
                SELECT SUM(MAX(a)) FROM c => query/evaluation Query failed: `MAX is an aggregate and cannot stand in an aggregate` (line 1, column 12)
                SELECT a FROM c GROUP BY MAX(a) => query/evaluation Query failed: `MAX is an aggregate and cannot stand in GROUP BY` (line 1, column 26)
                SELECT DISTINCT a FROM c ORDER BY b => query/evaluation Query failed: `with DISTINCT an ORDER BY term must be an alias or equal a projected expression` (line 1, column 35)
                SELECT x.* FROM c => query/evaluation Query failed: `unknown alias 'x', did you mean 'c'?` (line 1, column 8)
                SELECT MISSING a FROM c => query/evaluation Query failed: `MISSING leaves a field out of a wildcard; there must be one, c.*` (line 1, column 8)
                SELECT * FROM c LIMIT -1 => query/evaluation Query failed: `LIMIT takes an integer that is not negative` (line 1, column 23)
                SELECT * FROM c LIMIT 1.5 => query/evaluation Query failed: `LIMIT takes an integer that is not negative` (line 1, column 23)
                SELECT * FROM c OFFSET NULL => query/evaluation Query failed: `OFFSET takes an integer that is not negative` (line 1, column 24)
                SELECT * FROM c LIMIT a => query/evaluation Query failed: `a is a field, and in LIMIT there is no document` (line 1, column 23)
                SELECT * FROM c USE IDS a => query/evaluation Query failed: `a is a field, and in USE IDS there is no document` (line 1, column 25)
                SELECT * FROM c USE IDS LIST 'a' => query/evaluation Query failed: `USE IDS LIST takes an array` (line 1, column 30)
                SELECT * FROM sytem:dual => query/evaluation Query failed: `unknown namespace 'sytem', did you mean 'system'?` (line 1, column 15)
                SELECT regexp_like(a, '(') FROM c => query/evaluation Query failed: `"(" with its options is no pattern for regexp_like` (line 1, column 23)
                SELECT regexp_like('a', 'a', 'q') => query/evaluation Query failed: `"a" with its options is no pattern for regexp_like` (line 1, column 25)
                SELECT 'a' SIMILAR TO '(' => query/evaluation Query failed: `"(" with its options is no pattern for SIMILAR TO` (line 1, column 23)
                SELECT 'a' LIKE 'a' ESCAPE '!!' => query/evaluation Query failed: `"a" with its options is no pattern for LIKE` (line 1, column 17)
                """);
    }

    @Test
    void missing_parameters_are_named_even_where_they_are_not_needed() {
        assertThat(dql.error("SELECT * FROM c WHERE a = 1 AND b = :bee")).isEqualTo("""
                query/parameter Parameter bee was not provided (line 1, column 37)
                SELECT * FROM c WHERE a = 1 AND b = :bee
                                                    ^""");
        assertThat(dql.run("SELECT :end, :limit AS l", "{\"end\":1,\"limit\":2,\"extra\":3}"))
                .isEqualTo("{\"($1)\":1,\"l\":2}");
        assertThat(dql.error("SELECT :End", "{\"end\":1}")).contains("Parameter End was not provided");
    }

    @Test
    void a_parameter_is_checked_as_a_pattern_when_the_statement_runs() {
        dql.with("c", "[{\"_id\":\"1\",\"a\":\"x\",\"p\":\"(\"}]");
        assertThat(dql.error("SELECT regexp_like(a, :p) FROM c", "{\"p\":\"(\"}"))
                .contains("is no pattern for regexp_like` (line 1, column 23)");
        assertThat(dql.run("SELECT regexp_like(a, p) AS r FROM c")).isEqualTo("{}");
        assertThat(dql.run("SELECT a LIKE :p AS r FROM c", "{\"p\":\"_\"}")).isEqualTo("{\"r\":true}");
    }

    @Test
    void constant_errors_show_only_when_they_are_evaluated() {
        dql.with("c", "[{\"_id\":\"1\",\"a\":1}]");
        assertThat(dql.run("SELECT CASE WHEN a = 1 THEN 'ok' ELSE repeat('x', 9999999) END AS r FROM c"))
                .isEqualTo("{\"r\":\"ok\"}");
    }
}
