package io.ibid.core.query;

import org.jspecify.annotations.Nullable;

/** A nested loop: runs the inner plan anew for each row of the input. Holds nothing but the two rows at hand. */
final class JoinCursor implements Cursor {
    private final Plan.Join plan;
    private final Cursor input;
    private final Cursors cursors;
    private final Scope scope;
    private final @Nullable OperatorStats stats;
    private @Nullable Cursor inner;
    /** Whether the inner rows of the input row at hand are not read to their end. */
    private boolean running;

    private boolean matched;

    /** @param stats where the input rows are counted; null: nobody wants to know */
    JoinCursor(Plan.Join plan, Cursor input, Cursors cursors, Scope scope, @Nullable OperatorStats stats) {
        this.plan = plan;
        this.input = input;
        this.cursors = cursors;
        this.scope = scope;
        this.stats = stats;
    }

    @Override
    public boolean next() {
        while (true) {
            if (running && inner != null) {
                if (inner.next()) {
                    matched = true;
                    return true;
                }
                running = false;
                scope.rows[plan.index()] = null;
                if (plan.outer() && !matched) {
                    return true;
                }
            }
            if (!input.next()) {
                return false;
            }
            if (stats != null) {
                stats.in++;
            }
            matched = false;
            Compiled gate = plan.gate();
            if (gate == null || gate.holds(scope)) {
                openInner();
                running = true;
            } else {
                scope.rows[plan.index()] = null;
                return true;
            }
        }
    }

    private void openInner() {
        if (inner != null && inner.reopen()) {
            return;
        }
        closeInner();
        inner = cursors.open(plan.inner());
    }

    private void closeInner() {
        if (inner != null) {
            inner.close();
            inner = null;
        }
    }

    @Override
    public void close() {
        closeInner();
        input.close();
    }
}
