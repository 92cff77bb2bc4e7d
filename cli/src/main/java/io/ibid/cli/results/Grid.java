package io.ibid.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How wide the columns of a table are. Each is as wide as its widest cell while all fit into the terminal; otherwise the widest ones
 * give way. Where nothing limits the line, such as in a pipe, nothing is cut, and a cell that is much longer than others only pushes
 * its own line out of line.
 */
final class Grid {
    static final String GAP = "  ";
    private static final int COLUMN_MIN = 6;

    /** Where lines may be of any length: a column is not widened for a cell beyond this. */
    private static final int ALIGNED_MAX = 120;

    private final int columns;
    private int[] widths = new int[0];
    private boolean[] isNumber = new boolean[0];

    /** @param columns the width of the terminal; {@link Integer#MAX_VALUE} when nothing limits the line */
    Grid(int columns) {
        this.columns = columns;
    }

    /** Whether so many columns can be shown side by side so that each is readable. */
    static boolean fits(List<String> names, List<List<String>> rows, int columns) {
        long least = (long) GAP.length() * (names.size() - 1);
        for (int i = 0; i < names.size(); i++) {
            int width = Cells.width(names.get(i));
            for (List<String> row : rows) {
                if (width >= COLUMN_MIN) {
                    break;
                }
                width = Math.max(width, Cells.width(row.get(i)));
            }
            least += Math.min(width, COLUMN_MIN);
        }
        return least <= columns;
    }

    /**
     * Makes room for these rows, and keeps the room that earlier ones have got.
     *
     * @param isNumber which columns stand to the right
     */
    void measure(List<String> names, List<List<String>> rows, boolean[] isNumber) {
        this.isNumber = isNumber.clone();
        int before = widths.length;
        widths = Arrays.copyOf(widths, names.size());
        for (int i = 0; i < widths.length; i++) {
            if (i >= before) {
                widths[i] = Cells.width(names.get(i));
            }
            for (List<String> row : rows) {
                int width = Cells.width(row.get(i));
                if (columns != Integer.MAX_VALUE || width <= ALIGNED_MAX) {
                    widths[i] = Math.max(widths[i], width);
                }
            }
        }
        giveWay();
    }

    private void giveWay() {
        long excess = Arrays.stream(widths).asLongStream().sum() + (long) GAP.length() * (widths.length - 1) - columns;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= COLUMN_MIN) {
                break; // more columns than the terminal can show: let it wrap
            }
            // As far as the next widest column, but no further than necessary.
            int next = COLUMN_MIN;
            for (int width : widths) {
                next = width < widths[widest] ? Math.max(next, width) : next;
            }
            int step = (int) Math.max(1, Math.min(widths[widest] - next, excess));
            widths[widest] -= step;
            excess -= step;
        }
    }

    String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = columns == Integer.MAX_VALUE ? row.get(i) : Cells.fit(row.get(i), widths[i]);
            line.append(i == 0 ? "" : GAP).append(Cells.pad(cell, widths[i], isNumber[i]));
        }
        return line.toString().stripTrailing();
    }

    /** The line below the names. */
    String rule() {
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("─".repeat(width));
        }
        return String.join(GAP, rules);
    }
}
