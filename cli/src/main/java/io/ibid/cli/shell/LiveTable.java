package io.ibid.cli.shell;

import io.ibid.cli.client.Answer;
import io.ibid.cli.results.ColumnOrder;
import io.ibid.cli.results.Table;
import io.ibid.cli.terminal.Count;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One state of a watched result, as much of it as a screen can show.
 *
 * @param rows the first rows
 * @param total how many rows there are
 * @param update how many states came before
 */
record LiveTable(String statement, List<Value.Struct> rows, long total, long commitId, long update) {
    private static final int ROWS_KEPT = 200;

    static LiveTable of(String statement, Answer answer, long update) {
        List<Value.Struct> rows = new ArrayList<>();
        long total = 0;
        Value.Struct row;
        while ((row = answer.next()) != null) {
            if (total++ < ROWS_KEPT) {
                rows.add(row);
            }
        }
        return new LiveTable(statement, rows, total, answer.commitId(), update);
    }

    /** Whether it shows the same as another state. */
    boolean isSameResult(LiveTable other) {
        return total == other.total && rows.equals(other.rows);
    }

    /** A header, a rule and as many rows as there are lines, the last one telling how many are left out. */
    List<String> lines(int columns, int linesMax) {
        int shown = rows.size() + 2 <= linesMax && total == rows.size()
                ? rows.size()
                : Math.clamp(linesMax - 3L, 0, rows.size());
        List<String> lines = new ArrayList<>();
        if (shown > 0) {
            List<Value.Struct> first = rows.subList(0, shown);
            lines.addAll(Table.of(ColumnOrder.of(statement), first).lines(columns));
        }
        if (shown < total) {
            lines.add("… and " + Count.of(total - shown, shown == 0 ? "row" : "more row"));
        }
        return lines;
    }

    /** The state as one line for programs. */
    String json() {
        return Json.write(Value.Struct.builder()
                .put("commitId", Value.of(commitId))
                .put("rows", Value.of(total))
                .put("items", new Value.Array(List.copyOf(rows)))
                .build());
    }

    /** {@code 3 rows, commit 17, 2 changes}. */
    String summary() {
        return Count.of(total, "row") + ", commit " + commitId + ", " + Count.of(update, "change");
    }
}
