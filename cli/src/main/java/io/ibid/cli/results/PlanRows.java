package io.ibid.cli.results;

import io.ibid.core.value.Value;
import java.io.PrintWriter;

/** Draws plans where rows hold some, as those of EXPLAIN and the last one of PROFILE do; other rows go on to a table. */
final class PlanRows implements RowPrinter {
    private final PrintWriter out;
    private final RowPrinter others;

    PlanRows(PrintWriter out, RowPrinter others) {
        this.out = out;
        this.others = others;
    }

    @Override
    public void add(Value.Struct row) {
        if (row.size() == 1 && PlanTree.isPlan(row.get("plan"))) {
            draw((Value.Struct) row.get("plan"));
        } else if (row.get("~request_profile") instanceof Value.Struct profile
                && PlanTree.isPlan(profile.get("plan"))) {
            others.finish();
            Value times = profile.get("times");
            out.append(times instanceof Value.Struct ? "profile  " + Cells.text(times) + "\n" : "profile\n");
            draw((Value.Struct) profile.get("plan"));
        } else {
            others.add(row);
        }
    }

    private void draw(Value.Struct plan) {
        PlanTree.lines(plan).forEach(line -> out.append(line).append('\n'));
    }

    @Override
    public void finish() {
        others.finish();
    }
}
