package io.ibid.cli.results;

import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few rows in columns that fit the terminal; what does not fit into a cell ends with an ellipsis. Numbers stand to the right. */
public final class Table {
    private final List<String> names;
    private final List<List<String>> cells = new ArrayList<>();
    private final boolean[] isNumber;

    /** An empty table with these columns. */
    public Table(List<String> names) {
        this.names = List.copyOf(names);
        this.isNumber = new boolean[names.size()];
        Arrays.fill(isNumber, true);
    }

    /** A table with a column for each field that any of these rows has. */
    public static Table of(ColumnOrder order, List<Value.Struct> rows) {
        List<String> names = order.of(rows);
        Table table = new Table(names);
        rows.forEach(row -> table.add(names.stream().map(row::get).toList()));
        return table;
    }

    /** Adds a row with a value for each column; MISSING leaves its cell empty. */
    public Table add(List<? extends Value> values) {
        List<String> row = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            isNumber[i] &= isNumber(values.get(i));
            row.add(Cells.text(values.get(i)));
        }
        cells.add(row);
        return this;
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Float || value instanceof Value.Missing;
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** A header, a rule and the rows, none wider than so many cells. */
    public List<String> lines(int columns) {
        Grid grid = new Grid(columns);
        grid.measure(names, cells, isNumber);
        List<String> lines = new ArrayList<>();
        lines.add(grid.line(names));
        lines.add(grid.rule());
        cells.forEach(row -> lines.add(grid.line(row)));
        return lines;
    }

    /** Prints the lines. */
    public void print(PrintWriter out, int columns) {
        lines(columns).forEach(out::println);
    }
}
