package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Shows a projection. */
final class ProjectionText {

    private ProjectionText() {}

    static Value.Struct of(Projector.Columns columns, PlanText text) {
        List<Value> projections = new ArrayList<>();
        for (Projector.Column column : columns.columns()) {
            projections.add(
                    switch (column) {
                        case Projector.Named(String name, Compiled value) ->
                            projection(text.text(value), false)
                                    .put("alias", Value.of(name))
                                    .build();
                        case Projector.Wildcard(int term, List<Path> excluded) ->
                            projection(text.wildcard(term), true).build();
                    });
        }
        return Value.Struct.builder()
                .put("projections", new Value.Array(projections))
                .build();
    }

    private static Value.Struct.Builder projection(Value expression, boolean wildcard) {
        return Value.Struct.builder().put("expression", expression).put("wildcard", Value.of(wildcard));
    }
}
