package io.ibid.cli.results;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In which order a result's fields stand side by side: as a SELECT or RETURNING lists them, then {@code _id}, then the others by name.
 * Rows themselves have no order of fields.
 */
public final class ColumnOrder {
    private final SequencedSet<String> listed;

    private ColumnOrder(SequencedSet<String> listed) {
        this.listed = listed;
    }

    /** The order that a statement asks for; none when it is unknown to this version. */
    public static ColumnOrder of(String statement) {
        try {
            return new ColumnOrder(names(projections(Parser.parse(statement))));
        } catch (IbidException unknown) {
            // A newer server may know more of the language; the order of columns is all that is lost.
            return new ColumnOrder(new LinkedHashSet<>());
        }
    }

    private static List<Command.Projection> projections(Command command) {
        return switch (command) {
            case Command.Select select -> select.projections();
            case Command.Insert insert -> projections(insert.returning());
            case Command.Update update -> projections(update.returning());
            case Command.Remove remove -> projections(remove.returning());
            case Command.RemoteQuery query -> projections(query.command());
            default -> List.of();
        };
    }

    private static List<Command.Projection> projections(Command.@Nullable Returning returning) {
        return returning == null ? List.of() : returning.projections();
    }

    private static SequencedSet<String> names(List<Command.Projection> projections) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (int i = 0; i < projections.size(); i++) {
            if (projections.get(i) instanceof Command.Projection.Column column) {
                if (column.alias() != null) {
                    names.add(column.alias());
                } else if (column.expression() instanceof Expression.Names path) {
                    names.add(path.names().getLast());
                } else {
                    names.add("($" + (i + 1) + ")");
                }
            }
        }
        return names;
    }

    /** The fields of all rows in this order. */
    List<String> of(Collection<Value.Struct> rows) {
        TreeSet<String> fields = new TreeSet<>(ValueOrder.KEYS);
        for (Value.Struct row : rows) {
            for (int i = 0; i < row.size(); i++) {
                fields.add(row.name(i));
            }
        }
        List<String> names = new ArrayList<>();
        listed.stream().filter(fields::remove).forEach(names::add);
        if (fields.remove("_id")) {
            names.add("_id");
        }
        names.addAll(fields);
        return names;
    }
}
