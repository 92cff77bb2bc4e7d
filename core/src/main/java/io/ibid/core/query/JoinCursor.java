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
            Cursor open = inner;
            if (open != null) {
                if (open.next()) {
                    matched = true;
                    return true;
                }
                closeInner();
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
                inner = cursors.open(plan.inner());
            } else {
                scope.rows[plan.index()] = null;
                return true;
            }
        }
    }

    private void closeInner() {
        scope.rows[plan.index()] = null;
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
