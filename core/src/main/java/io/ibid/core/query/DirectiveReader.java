package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads directives: the JSON of a directive comment, of USE DIRECTIVES or of the settings. What is read last counts. */
final class DirectiveReader {
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
    private final Warnings warnings;
    private final @Nullable Term term;
    private Directives read = Directives.NONE;
    private int at;

    /**
     * @param term whose directives are asked for; null for a statement without one
     */
    DirectiveReader(String text, Warnings warnings, @Nullable Term term) {
        this.text = text;
        this.warnings = warnings;
        this.term = term;
    }

    Directives directives() {
        return read;
    }

    void read(String json, int place) {
        at = place;
        Value value;
        try {
            value = Json.parse(json.strip());
        } catch (MalformedException malformed) {
            throw error(
                    ErrorCode.QUERY_INVALID,
                    "the directive is not JSON: "
                            + String.valueOf(malformed.getMessage()).replaceFirst("^Not JSON: ", ""));
        }
        if (!(value instanceof Value.Struct struct)) {
            throw error(ErrorCode.QUERY_INVALID, "a directive is a JSON object");
        }
        read(struct);
    }

    /** Those for the collection come after the general ones, wherever they stand. */
    void read(Value.Struct struct) {
        for (int i = 0; i < struct.size(); i++) {
            if (!isCollection(struct, i)) {
                read = with(read, struct.name(i), struct.value(i));
            }
        }
        for (int i = 0; i < struct.size(); i++) {
            if (isCollection(struct, i)) {
                Value.Struct own = (Value.Struct) struct.value(i);
                Directives changed = read;
                for (int j = 0; j < own.size(); j++) {
                    changed = with(changed, own.name(j), own.value(j));
                }
                if (term != null
                        && (term.alias().equals(struct.name(i))
                                || term.collection().equals(struct.name(i)))) {
                    read = changed;
                }
            }
        }
    }

    private static boolean isCollection(Value.Struct struct, int i) {
        return !struct.name(i).startsWith("#") && struct.value(i) instanceof Value.Struct;
    }

    private Directives with(Directives d, String name, Value value) {
        boolean scans = d.indexScans();
        boolean order = d.preferOrder();
        int intersects = d.intersectsMax();
        int scansMax = d.scansMax();
        int inListMax = d.inListMax();
        int ranges = d.rangesMax();
        int joins = d.joinsMax();
        boolean profile = d.profile();
        List<String> indexes = d.indexes();
        switch (name) {
            case "#disable_index_scan" -> scans = !bool(name, value);
            case "#prefer_order" -> order = bool(name, value);
            case "#profile" -> profile = bool(name, value);
            case "#intersects" -> intersects = number(name, value);
            case "#max_scans" -> scansMax = number(name, value);
            case "#max_inlist" -> inListMax = number(name, value);
            case "#max_serial_ranges" -> ranges = number(name, value);
            case "#max_joins" -> joins = number(name, value);
            case "#index" -> indexes = names(value);
            default -> warnings.add(Binder.unknown("directive", name, NAMES));
        }
        return new Directives(scans, order, intersects, scansMax, inListMax, ranges, joins, profile, indexes);
    }

    private boolean bool(String name, Value value) {
        if (value instanceof Value.Bool(boolean bool)) {
            return bool;
        }
        throw wrongType(name, "a boolean");
    }

    private int number(String name, Value value) {
        if (value instanceof Value.Int(long number) && number >= 0) {
            return (int) Math.min(number, Integer.MAX_VALUE);
        }
        throw wrongType(name, "an integer that is not negative");
    }

    private List<String> names(Value value) {
        List<String> names = new ArrayList<>();
        List<Value> elements = value instanceof Value.Array(List<Value> several) ? several : List.of(value);
        for (Value element : elements) {
            switch (element) {
                case Value.Text(String name) -> names.add(name);
                case Value.Null none when value instanceof Value.Null -> {}
                default -> throw wrongType("#index", "a name or a list of names");
            }
        }
        return names.stream().filter(name -> !name.isEmpty()).toList();
    }

    private QueryException wrongType(String name, String type) {
        return error(ErrorCode.QUERY_EVALUATION, name + " takes " + type);
    }

    private QueryException error(ErrorCode code, String message) {
        return QueryException.at(code, message, text, at);
    }
}
