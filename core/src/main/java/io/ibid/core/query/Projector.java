package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Comparator;
import java.util.List;

/** Makes the answer out of the row at hand. */
sealed interface Projector {

    ResultRow project(Scope scope);

    /** {@code *}, and {@code alias.*} alone. */
    record Document(int term) implements Projector {
        @Override
        public ResultRow project(Scope scope) {
            Row row = scope.rows[term];
            return row == null ? new ComputedRow(Value.Struct.EMPTY) : new DocumentRow(row);
        }
    }

    /** {@code *} in a join: all documents side by side; numbers of the terms in the order in which they are written. */
    record Together(String[] aliases, int[] terms) implements Projector {

        static Together of(List<String> aliases) {
            List<String> sorted = aliases.stream().sorted(ValueOrder.KEYS).toList();
            return new Together(
                    sorted.toArray(new String[0]),
                    sorted.stream().mapToInt(aliases::indexOf).toArray());
        }

        @Override
        public ResultRow project(Scope scope) {
            Row[] documents = new Row[terms.length];
            for (int i = 0; i < terms.length; i++) {
                documents[i] = scope.rows[terms[i]];
            }
            return new JoinedRow(aliases, documents);
        }
    }

    /** Another projector's answers of a join, with their composite {@code _id}. */
    record Identified(Projector projector, List<String> aliases) implements Projector {
        @Override
        public ResultRow project(Scope scope) {
            Value.Struct.Builder identity = Value.Struct.builder();
            for (int i = 0; i < aliases.size(); i++) {
                Row row = scope.rows[i];
                if (row != null) {
                    identity.put(aliases.get(i), row.id());
                }
            }
            return new IdentifiedRow(projector.project(scope), identity.build());
        }
    }

    /** A list of columns; of equal names the last one wins. */
    record Columns(List<Column> columns) implements Projector {

        /** Rows are built in the order of their names, so columns that are all named are sorted here, once. */
        public Columns {
            if (columns.stream().allMatch(column -> column instanceof Named)) {
                columns = columns.stream()
                        .sorted(Comparator.comparing(column -> ((Named) column).name(), ValueOrder.KEYS))
                        .toList();
            }
        }

        @Override
        public ResultRow project(Scope scope) {
            Value.Struct.Builder row = Value.Struct.builder(columns.size());
            for (Column column : columns) {
                column.put(row, scope);
            }
            return new ComputedRow(row.build());
        }
    }

    /** What adds fields to an answer. */
    sealed interface Column {
        void put(Value.Struct.Builder row, Scope scope);
    }

    /** One named value. MISSING is not there, and does not take away an earlier column of the name either. */
    record Named(String name, Compiled value) implements Column {
        @Override
        public void put(Value.Struct.Builder row, Scope scope) {
            Value result = value.evaluate(scope);
            if (!(result instanceof Value.Missing)) {
                row.put(name, result);
            }
        }
    }

    /** All fields of a document but those excluded. */
    record Wildcard(int term, List<Path> excluded) implements Column {
        @Override
        public void put(Value.Struct.Builder target, Scope scope) {
            Row row = scope.rows[term];
            if (row == null) {
                return;
            }
            Value.Struct document = row.document();
            for (Path path : excluded) {
                document = without(document, path, 0);
            }
            for (int i = 0; i < document.size(); i++) {
                target.put(document.name(i), document.value(i));
            }
        }

        private static Value.Struct without(Value.Struct struct, Path path, int depth) {
            String key = path.keys().get(depth);
            Value child = struct.get(key);
            if (child instanceof Value.Missing) {
                return struct;
            }
            boolean last = depth + 1 == path.depth();
            if (!last && !(child instanceof Value.Struct)) {
                return struct;
            }
            Value replacement = last ? Value.MISSING : without((Value.Struct) child, path, depth + 1);
            Value.Struct.Builder copy = Value.Struct.builder();
            for (int i = 0; i < struct.size(); i++) {
                copy.put(struct.name(i), struct.value(i));
            }
            return copy.put(key, replacement).build();
        }
    }
}
