package io.ibid.core.query;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents whose fields are of all types, and what the parameters of generated statements stand for. */
final class OracleStore {
    /** Values of the parameters. */
    static final Value.Struct ARGUMENTS = arguments();

    static final int DOCUMENTS = 12;

    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "1.0",
            "2.5",
            "-7",
            "0",
            "null",
            "true",
            "false",
            "\"x\"",
            "\"xy\"",
            "\"xyz\"",
            "\"%\"",
            "\"\"",
            "\"\\ud83d\\ude00\"",
            "\"\\uffff\"",
            "[1,2]",
            "[1.0,2]",
            "[]",
            "[\"x\",null]",
            "{\"b\":1}",
            "{\"b\":{\"a\":[2]}}",
            "{}",
            "{\"a\":{\"c\":\"x\"}}",
            "9223372036854775807");

    /** For each field what it usually holds; one in eight holds anything. */
    private static final Map<String, List<String>> FIELDS = fields();

    private OracleStore() {}

    private static Value.Struct arguments() {
        Value.Struct json = (Value.Struct) Json.parse("""
                {"one":1,"half":0.5,"x":"x","end":"xy","none":null,"yes":true,"list":[1,"xy",null,2.5],"object":{"b":1,"a":[2]},
                 "date":"2026-03-15T10:30:45.123+02:00","two":2,"document":{"_id":"4","o":{"n":5},"a":"new"},
                 "documents":[{"_id":"17","a":1},{"_id":3,"n":9}],"ids":["1",3,"4",{"x":1,"y":5}]}""");
        Value.Struct.Builder all = Value.Struct.builder();
        for (int i = 0; i < json.size(); i++) {
            all.put(json.name(i), json.value(i));
        }
        return all.put("binary", new Value.Binary("xy".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("a", VALUES);
        fields.put("b", VALUES);
        fields.put("color", List.of("\"x\"", "\"xy\"", "\"red\"", "\"\""));
        fields.put("n", List.of("1", "2", "1.0", "2.5", "-7", "0", "9223372036854775807"));
        fields.put("i", List.of("0", "1", "2", "3", "64"));
        fields.put("f", List.of("true", "false"));
        fields.put(
                "s",
                List.of(
                        "\"x\"",
                        "\"xy\"",
                        "\" X y \"",
                        "\"\\u00e9\\n\\u00df\"",
                        "\"42\"",
                        "\"-1.5e1\"",
                        "\"True\"",
                        "\"a,b,,c\"",
                        "\"1m30s\"",
                        "\"\\ud83d\\ude00x\"",
                        "\"{\\\"a\\\":1}\""));
        fields.put("p", List.of("\"x%\"", "\"(\"", "\"[\"", "\"x\"", "\"_\"", "\"\""));
        fields.put(
                "d",
                List.of(
                        "\"2026-03-15T10:30:45.123Z\"",
                        "\"2024-02-29T23:59:59-05:30\"",
                        "\"2026-03-15\"",
                        "\"0001-01-01T00:00:00Z\"",
                        "\"9999-12-31T23:59:59.999+00:00\"",
                        "1773570645123",
                        "0",
                        "-1",
                        "253402300799999",
                        "1.5"));
        fields.put(
                "o", List.of("{\"n\":1,\"s\":\"x\"}", "{\"a\":1,\"b\":{\"c\":[1]}}", "{\"x`y\":[1,2],\"o\":{}}", "{}"));
        fields.put("l", List.of("[1,2.5,\"x\"]", "[]", "[null,[1],{\"b\":2}]", "[true,1,1.0]", "[\"x\",\"y\"]"));
        fields.put("a b", List.of("\"x\"", "1"));
        return fields;
    }

    static List<Value.Struct> documents(long seed) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        return java.util.stream.IntStream.range(0, DOCUMENTS)
                .mapToObj(id -> document(id, random))
                .toList();
    }

    private static Value.Struct document(int id, Random random) {
        String key =
                id % 3 == 0 ? "" + id : id % 3 == 1 ? "\"" + id + "\"" : "{\"x\":" + (id % 4) + ",\"y\":" + id + "}";
        StringBuilder document = new StringBuilder("{\"_id\":" + key);
        FIELDS.forEach((name, usual) -> {
            if (random.nextInt(5) > 0) {
                List<String> values = random.nextInt(8) == 0 ? VALUES : usual;
                document.append(",\"").append(name).append("\":").append(values.get(random.nextInt(values.size())));
            }
        });
        return (Value.Struct) Json.parse(document.append('}').toString());
    }

    /** One value for a field, as JSON. */
    static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
