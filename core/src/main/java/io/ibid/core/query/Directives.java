package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.List;

/**
 * Checks directives: the JSON of a directive comment or of USE DIRECTIVES. All of them tell the planner how to use indexes; as long as
 * there are none they are right and without effect.
 */
final class Directives {
    private static final List<String> NAMES = List.of(
            "#disable_index_scan",
            "#index",
            "#intersects",
            "#max_inlist",
            "#max_joins",
            "#max_scans",
            "#max_serial_ranges",
            "#prefer_order",
            "#profile");

    private final String text;
    private final int at;
    private final Warnings warnings;

    private Directives(String text, int at, Warnings warnings) {
        this.text = text;
        this.at = at;
        this.warnings = warnings;
    }

    /**
     * Checks directives at a place of the statement.
     *
     * @throws QueryException when they are no JSON object, of a wrong type, or ask for what is not supported
     */
    static void check(String json, String text, int at, Warnings warnings) {
        Directives directives = new Directives(text, at, warnings);
        Value value;
        try {
            value = Json.parse(json.strip());
        } catch (MalformedException malformed) {
            throw directives.error(ErrorCode.QUERY_INVALID, "the directive is not JSON: " + malformed.getMessage());
        }
        if (!(value instanceof Value.Struct struct)) {
            throw directives.error(ErrorCode.QUERY_INVALID, "a directive is a JSON object");
        }
        directives.check(struct, true);
    }

    private void check(Value.Struct struct, boolean global) {
        for (int i = 0; i < struct.size(); i++) {
            String name = struct.name(i);
            Value value = struct.value(i);
            switch (name) {
                case "#disable_index_scan", "#prefer_order" -> require(value instanceof Value.Bool, name, "a boolean");
                case "#profile" -> {
                    require(value instanceof Value.Bool, name, "a boolean");
                    if (value.equals(Value.TRUE)) {
                        throw error(ErrorCode.QUERY_UNSUPPORTED, "#profile is not supported yet");
                    }
                }
                case "#intersects", "#max_inlist", "#max_joins", "#max_scans", "#max_serial_ranges" ->
                    require(value instanceof Value.Int(long n) && n >= 0, name, "an integer that is not negative");
                case "#index" -> index(value);
                default -> {
                    if (global && !name.startsWith("#") && value instanceof Value.Struct collection) {
                        check(collection, false);
                    } else {
                        warnings.add(Binder.unknown("directive", name, NAMES));
                    }
                }
            }
        }
    }

    private void index(Value value) {
        switch (value) {
            case Value.Null none -> {}
            case Value.Text(String name) -> unknownIndex(name);
            case Value.Array(List<Value> names) -> {
                for (Value name : names) {
                    require(name instanceof Value.Text, "#index", "a name or a list of names");
                    unknownIndex(((Value.Text) name).value());
                }
            }
            default -> require(false, "#index", "a name or a list of names");
        }
    }

    private void unknownIndex(String name) {
        if (!name.isEmpty()) {
            warnings.add("there is no index " + name + "; #index has no effect");
        }
    }

    private void require(boolean holds, String name, String type) {
        if (!holds) {
            throw error(ErrorCode.QUERY_EVALUATION, name + " takes " + type);
        }
    }

    private QueryException error(ErrorCode code, String message) {
        return QueryException.at(code, message, text, at);
    }
}
