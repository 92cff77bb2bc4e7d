package io.ibid.cli.results;

import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of any length. The widths of its columns are found page by page, so that only one page is in memory; a field that first
 * appears on a later page gets a column there, below a new header. When the terminal is too narrow for the columns, each row is
 * printed as a record, one field a line.
 */
final class TablePages implements RowPrinter {
    private static final int PAGE_ROWS = 500;
    private static final int PAGE_CHARACTERS = 1 << 20;

    private final PrintWriter out;
    private final ColumnOrder order;
    private final int columns;
    private final Grid grid;
    private final List<Value.Struct> page = new ArrayList<>();
    private final List<List<String>> cells = new ArrayList<>();
    private List<String> names = List.of();
    private boolean[] isNumber = new boolean[0];
    private long charactersOfPage;
    private long rowsPrinted;
    private boolean asRecords;

    TablePages(PrintWriter out, ColumnOrder order, int columns) {
        this.out = out;
        this.order = order;
        this.columns = columns;
        this.grid = new Grid(columns);
    }

    @Override
    public void add(Value.Struct row) {
        page.add(row);
        for (int i = 0; i < row.size(); i++) {
            charactersOfPage += Cells.text(row.value(i)).length();
        }
        if (page.size() == PAGE_ROWS || charactersOfPage >= PAGE_CHARACTERS) {
            printPage();
        }
    }

    @Override
    public void finish() {
        printPage();
        out.flush();
    }

    private void printPage() {
        if (page.isEmpty()) {
            return;
        }
        List<String> before = names;
        extendNames();
        page.forEach(row ->
                cells.add(names.stream().map(name -> Cells.text(row.get(name))).toList()));
        asRecords |= !Grid.fits(names, cells, columns);
        if (asRecords) {
            printRecords();
        } else {
            grid.measure(names, cells, isNumber);
            if (names.size() > before.size()) {
                out.append(before.isEmpty() ? "" : "\n")
                        .append(grid.line(names))
                        .append('\n');
                out.append(grid.rule()).append('\n');
            }
            cells.forEach(row -> out.append(grid.line(row)).append('\n'));
        }
        rowsPrinted += page.size();
        page.clear();
        cells.clear();
        charactersOfPage = 0;
    }

    /** Adds the fields that this page has and no page before had; a column is one of numbers as long as nothing else was in it. */
    private void extendNames() {
        List<String> all = new ArrayList<>(names);
        order.of(page).stream().filter(name -> !all.contains(name)).forEach(all::add);
        int before = names.size();
        names = all;
        isNumber = Arrays.copyOf(isNumber, names.size());
        Arrays.fill(isNumber, before, names.size(), true);
        for (int i = 0; i < names.size(); i++) {
            for (Value.Struct row : page) {
                isNumber[i] &= Table.isNumber(row.get(names.get(i)));
            }
        }
    }

    private void printRecords() {
        int label = names.stream().mapToInt(Cells::width).max().orElse(0);
        label = Math.min(label, Math.max(1, columns / 3));
        long number = rowsPrinted;
        for (List<String> row : cells) {
            new Record(names, row).print(out, ++number, label, columns);
        }
    }

    /** One row, a field a line. */
    private record Record(List<String> names, List<String> cells) {
        private static final int LINES_MAX = 5;

        void print(PrintWriter out, long number, int label, int columns) {
            String head = "── row " + number + " ";
            out.append(Cells.fit(head + "─".repeat(Math.max(0, Math.min(columns, 40) - head.length())), columns));
            out.append('\n');
            int room = Math.max(1, columns - label - Grid.GAP.length());
            for (int i = 0; i < names.size(); i++) {
                if (cells.get(i).isEmpty()) {
                    continue;
                }
                String name = Cells.pad(Cells.fit(names.get(i), label), label, false);
                for (String line : Cells.wrap(cells.get(i), room, LINES_MAX)) {
                    out.append(name).append(Grid.GAP).append(line).append('\n');
                    name = " ".repeat(label);
                }
            }
        }
    }
}
