package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.syntax.Parser;
import io.ibid.core.query.syntax.Printer;
import org.junit.jupiter.api.Test;

/** Operators: how tight they bind and what they give. */
class ExpressionTest {
    private final Dql dql = new Dql();

    private void values(String table) {
        Table.check(table, dql::value);
    }

    @Test
    void operators_bind_as_the_precedence_table_says() {
        Table.check("""
                a + b * c => (`a` + (`b` * `c`))
                a - b - c => ((`a` - `b`) - `c`)
                a || b + c => ((`a` || `b`) + `c`)
                a << b + c => (`a` << (`b` + `c`))
                a << b = c => ((`a` << `b`) = `c`)
                a = b << c => (`a` = (`b` << `c`))
                a < b < c => ((`a` < `b`) < `c`)
                a * -1 => (`a` * -1)
                a - -b => (`a` - -(`b`))
                -a.b => -(`a`.`b`)
                -2[0] => -2 [0]
                NOT x = y => (NOT (`x` = `y`))
                NOT x IS NULL => (NOT (`x` IS NULL))
                NOT NOT x => (NOT (NOT `x`))
                a = b IS NULL => ((`a` = `b`) IS NULL)
                a = NOT b => (`a` = (NOT `b`))
                a = NOT b = c AND d => ((`a` = (NOT (`b` = `c`))) AND `d`)
                a AND b OR c AND d => ((`a` AND `b`) OR (`c` AND `d`))
                a OR b XOR c AND d => (`a` OR (`b` XOR (`c` AND `d`)))
                a AND b AND c => (`a` AND `b` AND `c`)
                (a AND b) AND c => ((`a` AND `b`) AND `c`)
                x BETWEEN 1 AND 2 AND y => ((`x` BETWEEN 1 AND 2) AND `y`)
                x BETWEEN 1 + 1 AND 2 * 2 OR y => ((`x` BETWEEN (1 + 1) AND (2 * 2)) OR `y`)
                x NOT BETWEEN 1 AND 2 => (`x` NOT BETWEEN 1 AND 2)
                x IN (1) => (`x` IN (1))
                x IN (1, 2) AND y => ((`x` IN (1, 2)) AND `y`)
                x IN a || b => (`x` IN `a` || `b`)
                x IN a = b => ((`x` IN `a`) = `b`)
                x NOT IN :p => (`x` NOT IN :p)
                x LIKE a || b => (`x` LIKE (`a` || `b`))
                x LIKE a = b => (`x` LIKE (`a` = `b`))
                x LIKE a ESCAPE '!' AND y => ((`x` LIKE `a` ESCAPE "!") AND `y`)
                x NOT SIMILAR TO 'a' => (`x` NOT SIMILAR TO "a")
                x IS NOT MISSING => (`x` IS NOT MISSING)
                x IS UNKNOWN => (`x` IS NULL)
                a[0].b[-1] => `a`[0].`b`[-1]
                `a b`.`c``d` => `a b`.`c``d`
                {'a':b} => {"a" : `b`}
                {'a'::b} => {"a" : :b}
                {a:b} => {`a` : `b`}
                ANY i:v IN arr SATISFIES i > v END => ANY `i` : `v` IN `arr` SATISFIES (`i` > `v`) END
                ANY AND EVERY v WITHIN arr SATISFIES v END => ANY AND EVERY `v` WITHIN `arr` SATISFIES `v` END
                ARRAY x.y FOR x IN a WHEN x END => ARRAY (`x`.`y`) FOR `x` IN `a` WHEN `x` END
                OBJECT k:v FOR k:v IN a END => OBJECT (`k`) : `v` FOR `k` : `v` IN `a` END
                array = object => (`array` = `object`)
                TRIM(BOTH 'x' FROM y) => `trim`(`y`, "x")
                trim(FROM y) => `trim`(`y`)
                TRIM(LEADING FROM y) => `ltrim`(`y`)
                trim(trailing both from y) => `rtrim`(`y`, `both`)
                POSITION('a' || b IN c) => `pos`(`c`, ("a" || `b`))
                CASE a WHEN 1 THEN 2 ELSE 3 END => CASE `a` WHEN 1 THEN 2 ELSE 3 END
                cast(a, 'integer') => CAST(`a` AS INTEGER)
                CAST(a + 1 AS string) => CAST((`a` + 1) AS STRING)
                count(DISTINCT a.b) => COUNT(DISTINCT `a`.`b`)
                COUNT(*) => COUNT(*)
                count => `count`
                TRUE = false => (TRUE = FALSE)
                """, text -> Printer.print(Parser.parseExpression(text)));
    }

    @Test
    void literals_are_what_they_say() {
        values("""
                'it\\'s' => "it's"
                "double 'quoted'" => "double 'quoted'"
                'a\\nb\\tc\\u0041\\/' => "a\\nb\\tcA/"
                '\\q\\\\' => "q\\\\"
                '\\ud83d\\ude00' => "😀"
                0xFF => 255
                0Xff => 255
                0x7fffffffffffffff => 9223372036854775807
                0xffffffffffffffff => 1.8446744073709552e19
                9223372036854775807 => 9223372036854775807
                9223372036854775808 => 9.223372036854775807e18
                -9223372036854775808 => -9223372036854775808
                - 9223372036854775808 => -9223372036854775808
                1e3 => 1000.0
                2.5 => 2.5
                1.5E-2 => 0.015
                -0.0 => -0.0
                [1, 'x', MISSING] => [1,"x",null]
                [] => []
                {} => {}
                {'k': 1, "l": MISSING, 5: 6} => {"k":1}
                {'a': 1, 'a': 2} => {"a":2}
                MISSING => MISSING
                NULL => null
                """.replace("9.223372036854775807e18", "9.223372036854776e18"));
    }

    @Test
    void arithmetic_keeps_integers_until_they_overflow() {
        values("""
                5 / 2 => 2
                -5 / 2 => -2
                7 % 3 => 1
                -7 % 3 => -1
                5.0 / 2 => 2.5
                1 + 2 * 3 => 7
                9223372036854775807 + 1 => 9.223372036854776e18
                -9223372036854775808 - 1 => -9.223372036854776e18
                4611686018427387904 * 2 => 9.223372036854776e18
                3037000500 * 3037000500 => 9.22337203700025e18
                -9223372036854775808 / -1 => 9.223372036854776e18
                -(-9223372036854775808) => 9.223372036854776e18
                1 / 0 => null
                1.0 / 0 => null
                5 % 0 => null
                1 << 4 => 16
                -16 >> 2 => -4
                1 << 64 => MISSING
                1 << -1 => MISSING
                1.0 << 1 => MISSING
                NULL + 1 => null
                MISSING + NULL => MISSING
                'a' + 1 => MISSING
                'a' + NULL => null
                -'a' => MISSING
                -NULL => null
                'a' || 'b' || 'c' => "abc"
                'a' || 1 => MISSING
                'a' || NULL => null
                """);
    }

    @Test
    void comparison_answers_only_within_one_kind() {
        values("""
                1 = 1.0 => true
                1 == 1 => true
                1 <> 2 => true
                1 = 'a' => MISSING
                1 != 'a' => MISSING
                1 < 'a' => MISSING
                NULL = NULL => null
                NULL = MISSING => MISSING
                1 = MISSING => MISSING
                1 < NULL => null
                9007199254740993 = 9007199254740992.0 => false
                9007199254740993 > 9007199254740992.0 => true
                false < true => true
                'a' < 'b' => true
                'Z' < 'a' => true
                '\\uffff' < '😀' => true
                [1, 2] = [1.0, 2] => true
                [1, null] = [1, null] => true
                [1] < [1, 0] => true
                {'a': 1, 'b': 2} = {'b': 2.0, 'a': 1} => true
                {'a': 1} = {'a': 2} => false
                {'a': 1} = [1] => MISSING
                2 BETWEEN 1 AND 3 => true
                2 BETWEEN 3 AND 1 => false
                2 NOT BETWEEN 3 AND 1 => true
                2 BETWEEN NULL AND 1 => false
                2 BETWEEN NULL AND 3 => null
                2 BETWEEN 'a' AND 3 => MISSING
                2 BETWEEN 'a' AND 1 => false
                """);
    }

    @Test
    void membership_knows_nulls_and_lists_of_one() {
        String arguments = "{\"arr\":[\"a\",\"b\"],\"n\":[1,null]}";
        Table.check("""
                'a' IN :arr => true
                'c' IN :arr => false
                'a' IN (:arr) => false
                :arr IN (:arr) => true
                1 IN (2, 1.0) => true
                1 IN (2, null) => null
                1 IN (1, null) => true
                1 NOT IN (2, null) => null
                1 IN (2, 'a') => false
                1 IN :n => true
                2 IN :n => null
                NULL IN (1) => null
                MISSING IN (1) => MISSING
                MISSING NOT IN (1) => MISSING
                1 IN 'a' => MISSING
                1 IN NULL => null
                'k' IN object_keys({'k': 1}) => true
                5 IN (1,2,3,4,5,6,7,8,9,10,11) => true
                0 IN (1,2,3,4,5,6,7,8,9,10,11) => false
                5.0 IN (1,2,3,4,5,6,7,8,9,10,11,null) => true
                0 IN (1,2,3,4,5,6,7,8,9,10,11,null) => null
                """, expression -> dql.value(expression, arguments));
    }

    @Test
    void patterns_match_whole_texts() {
        values("""
                'abc' LIKE 'a%' => true
                'abc' LIKE '%b%' => true
                'abc' LIKE 'a_c' => true
                'abc' LIKE 'A%' => false
                'abc' ILIKE 'A%' => true
                'ÄRGER' ILIKE 'är%' => true
                'abc' LIKE '' => false
                '' LIKE '%' => true
                'a😀c' LIKE 'a_c' => true
                '50%' LIKE '50\\\\%' => true
                '50x' LIKE '50\\\\%' => false
                '50%' LIKE '50!%' ESCAPE '!' => true
                'aXbXc' LIKE 'a%X%c' => true
                'ac' LIKE 'a%a%c' => false
                'aaa' LIKE 'a%a' => true
                'a' LIKE 'a%a' => false
                1 LIKE 'a' => MISSING
                NULL LIKE 'a' => null
                'a' NOT LIKE 'b' => true
                'abc' SIMILAR TO 'a(b|x)c' => true
                'abc' SIMILAR TO 'b' => false
                'abbbc' SIMILAR TO 'ab{3}c' => true
                'a.c' SIMILAR TO 'a.c' => true
                'abc' SIMILAR TO 'a.c' => false
                'abc' SIMILAR TO '[a-c]+' => true
                'abc' SIMILAR TO 'a_%' => true
                'a\\nc' SIMILAR TO 'a_c' => true
                regexp_like('abc', 'b') => true
                regexp_like('abc', '^b') => false
                regexp_like('ABC', 'b', 'i') => true
                regexp_like('ABC', 'b', 'ic') => false
                regexp_like('a\\nb', '^b', 'm') => true
                regexp_like('a\\nb', 'a.b', 's') => true
                regexp_like('ab', 'a b # x', 'x') => true
                regexp_like('a b', 'a[ ]b', 'x') => true
                regexp_like(1, 'b') => MISSING
                """);
    }

    @Test
    void case_and_cast_choose_and_convert() {
        values("""
                CASE WHEN 1 = 2 THEN 'a' WHEN NULL THEN 'b' END => null
                CASE WHEN 1 = 1 THEN 'a' ELSE 'c' END => "a"
                CASE 2 WHEN 1 THEN 'a' WHEN 2.0 THEN 'b' END => "b"
                CASE NULL WHEN NULL THEN 'a' ELSE 'c' END => "c"
                CAST('42' AS integer) => 42
                cast(' 42 ', 'INTEGER') => 42
                cast('42.9', 'integer') => 42
                cast('0x1', 'integer') => MISSING
                cast('1e3' AS integer) => 1000
                cast(-2.9 AS integer) => -2
                cast(1e30 AS integer) => MISSING
                cast('1.5' AS float) => 1.5
                cast(1 AS float) => 1.0
                cast(true AS string) => "true"
                cast(1 AS string) => "1"
                cast(1.0 AS string) => "1.0"
                cast([1] AS string) => MISSING
                cast('TRUE' AS boolean) => true
                cast('yes' AS boolean) => MISSING
                cast(1 AS boolean) => MISSING
                cast(true AS integer) => MISSING
                cast(cast('é' AS binary) AS string) => "é"
                cast(NULL AS integer) => null
                cast(MISSING AS integer) => MISSING
                """);
    }

    @Test
    void quantifiers_and_comprehensions_run_over_arrays_and_objects() {
        String arguments =
                "{\"lines\":[{\"sku\":\"a\",\"n\":2},{\"sku\":\"b\",\"n\":0},{\"n\":1}],\"o\":{\"x\":1,\"y\":{\"z\":9}}}";
        Table.check("""
                ANY l IN :lines SATISFIES l.n = 0 END => true
                EVERY l IN :lines SATISFIES l.n > 0 END => false
                EVERY l IN [] SATISFIES l END => true
                ANY AND EVERY l IN [] SATISFIES l END => false
                ANY AND EVERY l IN [true] SATISFIES l END => true
                ANY l IN [] SATISFIES l END => false
                ANY i:v IN ['x', 'y'] SATISFIES i > 0 AND v = 'y' END => true
                ANY k:v IN :o SATISFIES k = 'x' AND v = 1 END => true
                ANY v IN :o SATISFIES v = 9 END => false
                ANY v WITHIN :o SATISFIES v = 9 END => true
                ANY v WITHIN :o SATISFIES v = :o END => false
                ANY v IN MISSING SATISFIES true END => MISSING
                ANY v IN 5 SATISFIES true END => null
                EVERY v IN [null] SATISFIES v END => false
                ARRAY l.sku FOR l IN :lines END => ["a","b"]
                ARRAY l.sku FOR l IN :lines WHEN l.n > 0 END => ["a"]
                ARRAY i FOR i:l IN :lines END => [0,1,2]
                ARRAY v FOR v IN 'a' END => null
                ARRAY v FOR v IN MISSING END => MISSING
                OBJECT l.sku : l.n FOR l IN :lines END => {"a":2,"b":0}
                OBJECT 'k' : l.n FOR l IN :lines END => {"k":1}
                ARRAY ARRAY a + b FOR b IN [10, 20] END FOR a IN [1, 2] END => [[11,21],[12,22]]
                ARRAY (ANY b IN [a] SATISFIES b = 1 END) FOR a IN [1, 2] END => [true,false]
                :lines[0].sku => "a"
                :lines[-1].n => 1
                :lines[7] => MISSING
                :o.y.z => 9
                :o[0] => MISSING
                """, expression -> dql.value(expression, arguments));
    }

    @Test
    void any_over_a_parameter_works_in_where_too() {
        dql.with("c", "[{\"_id\":\"1\",\"n\":1},{\"_id\":\"2\",\"n\":2}]");
        assertThat(dql.run("SELECT _id FROM c WHERE ANY v IN :list SATISFIES v = n END", "{\"list\":[2,3]}"))
                .isEqualTo("{\"_id\":\"2\"}");
    }
}
