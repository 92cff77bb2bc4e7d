package io.ibid.cli;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jline.utils.WCWidth;

/**
 * Rows in columns. Each column is as wide as its widest cell while all fit into the terminal; otherwise the widest ones give way,
 * and what does not fit into a cell ends with an ellipsis. Widths are counted in terminal cells, where one character of an East
 * Asian script takes two.
 */
public final class Table {
    private static final int COLUMN_MIN = 6;
    private static final String GAP = "  ";

    private final List<String> names;
    private final List<List<String>> cells = new ArrayList<>();
    private final boolean[] isNumber;

    /** An empty table with these columns. */
    public Table(List<String> names) {
        this.names = List.copyOf(names);
        this.isNumber = new boolean[names.size()];
        Arrays.fill(isNumber, true);
    }

    /** A table with a column for each field that any row has, {@code _id} first and the others by name. */
    static Table of(List<Value.Struct> rows) {
        TreeSet<String> fields = new TreeSet<>(ValueOrder.KEYS);
        for (Value.Struct row : rows) {
            for (int i = 0; i < row.size(); i++) {
                fields.add(row.name(i));
            }
        }
        List<String> names = new ArrayList<>();
        if (fields.remove("_id")) {
            names.add("_id");
        }
        names.addAll(fields);
        Table table = new Table(names);
        for (Value.Struct row : rows) {
            table.add(names.stream().map(row::get).toList());
        }
        return table;
    }

    /** Adds a row with a value for each column; MISSING leaves its cell empty. */
    public Table add(List<? extends Value> values) {
        List<String> row = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            isNumber[i] &= value instanceof Value.Int || value instanceof Value.Float || value instanceof Value.Missing;
            row.add(text(value));
        }
        cells.add(row);
        return this;
    }

    /** Prints a header, a rule and the rows, none wider than so many cells. */
    public void print(PrintWriter out, int columns) {
        int[] widths = widths(columns);
        printLine(out, names, widths);
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("─".repeat(width));
        }
        printLine(out, rules, widths);
        for (List<String> row : cells) {
            printLine(out, row, widths);
        }
    }

    private int[] widths(int columns) {
        int[] widths = new int[names.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(names.get(i));
            for (List<String> row : cells) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        long excess = Arrays.stream(widths).asLongStream().sum() + (long) GAP.length() * (widths.length - 1) - columns;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= COLUMN_MIN) {
                break; // more columns than the terminal can show: let it wrap
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private void printLine(PrintWriter out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = fit(row.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - width(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(isNumber[i] ? padding + cell : cell + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Missing missing -> "";
            case Value.Text text -> visible(text.value());
            default -> Json.write(value);
        };
    }

    /** A text on one line, without what would move the cursor. */
    private static String visible(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        String quoted = Json.write(Value.of(text));
        return quoted.substring(1, quoted.length() - 1);
    }

    private static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }

    private static String fit(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int wide = Math.max(0, WCWidth.wcwidth(point));
            if (used + wide > cells - 1) {
                break;
            }
            used += wide;
            end += Character.charCount(point);
        }
        return text.substring(0, end) + "…";
    }
}
