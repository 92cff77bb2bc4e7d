package io.ibid.core.query;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;

/** Reads what EXPLAIN answers. */
final class PlanJson {

    private PlanJson() {}

    /** The operators of the plan of a statement without parameters. */
    static List<Value.Struct> children(Dql dql, String statement) {
        Value.Struct row = (Value.Struct) Json.parse(dql.run("EXPLAIN " + statement));
        return structs(((Value.Struct) row.get("plan")).get("children"));
    }

    static List<Value.Struct> structs(Value array) {
        return ((Value.Array) array)
                .elements().stream().map(element -> (Value.Struct) element).toList();
    }
}
