package io.ibid.cli.results;

import io.ibid.cli.client.Answer;
import io.ibid.cli.terminal.Count;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Parser;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Prints what a statement yields: its rows as they come, then what it wrote, then its warnings. */
public final class ResultPrinter {
    private static final int IDS_SHOWN = 10;

    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputFormat format;
    private final int columns;

    /**
     * @param err takes the warnings
     * @param columns the width of the terminal; {@link Integer#MAX_VALUE} when nothing limits the line
     */
    public ResultPrinter(PrintWriter out, PrintWriter err, OutputFormat format, int columns) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.columns = columns;
    }

    /**
     * Prints all of it, or stops when nobody reads the output any more.
     *
     * @param note put behind the last line of a table's summary, such as how long it took; may be empty
     */
    public void print(String statement, Answer answer, Supplier<String> note) {
        RowPrinter rows = format == OutputFormat.JSON
                ? new JsonLines(out)
                : new PlanRows(out, new TablePages(out, ColumnOrder.of(statement), columns));
        long count = 0;
        Value.Struct row;
        while ((row = answer.next()) != null) {
            rows.add(row);
            count++;
            if (count % 1_000 == 0 && out.checkError()) {
                return;
            }
        }
        rows.finish();
        if (format == OutputFormat.TABLE) {
            out.println(summary(statement, answer, count) + note.get());
        } else if (answer.isMutation()) {
            out.println(Json.write(Value.Struct.builder()
                    .put("mutatedDocumentIds", new Value.Array(answer.mutatedIds()))
                    .put("commitId", Value.of(answer.commitId()))
                    .build()));
        }
        out.flush();
        printWarnings(answer);
    }

    private void printWarnings(Answer answer) {
        for (String warning : answer.warnings()) {
            err.println("warning: " + warning);
        }
        long unlisted = answer.warningsTotal() - answer.warnings().size();
        if (unlisted > 0) {
            err.println("warning: and " + Count.number(unlisted) + " more");
        }
        err.flush();
    }

    private static String summary(String statement, Answer answer, long rows) {
        if (!answer.isMutation()) {
            return "(" + Count.of(rows, "row") + ")";
        }
        String commit = " (commit " + answer.commitId() + ")";
        String verb = verb(statement);
        if (verb.isEmpty()) {
            return "done" + commit;
        }
        List<Value> ids = answer.mutatedIds();
        String listed = ids.stream()
                .limit(IDS_SHOWN)
                .map(id -> Cells.visible(Json.write(id)))
                .collect(Collectors.joining(", "));
        return Count.of(ids.size(), "document") + " " + verb + (ids.isEmpty() ? "" : ": " + listed)
                + (ids.size() > IDS_SHOWN ? ", …" : "") + commit;
    }

    /** What a statement does to documents; empty when it concerns none. */
    private static String verb(String statement) {
        try {
            return switch (Parser.parse(statement)) {
                case Command.Remove remove -> remove.evict() ? "evicted" : "deleted";
                case Command.CreateIndex index -> "";
                case Command.DropIndex index -> "";
                case Command.SetParameter parameter -> "";
                case Command.ResetParameter parameter -> "";
                default -> "written";
            };
        } catch (IbidException unknown) {
            // A newer server may know more of the language.
            return "written";
        }
    }
}
