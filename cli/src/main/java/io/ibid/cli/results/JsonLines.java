package io.ibid.cli.results;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.PrintWriter;

/** One JSON object a line. */
final class JsonLines implements RowPrinter {
    private final PrintWriter out;
    private final StringBuilder line = new StringBuilder();

    JsonLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void add(Value.Struct row) {
        line.setLength(0);
        Json.append(line, row);
        out.append(line.append('\n'));
    }

    @Override
    public void finish() {
        out.flush();
    }
}
