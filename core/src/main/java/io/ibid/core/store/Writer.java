package io.ibid.core.store;

import java.util.function.Consumer;

/** The queue for the writer turn, first come first served. Implemented by the database; loop only. */
public interface Writer {

    /**
     * Queues a decision. It runs off the loop as holder of the turn; its change is applied in the same turn.
     *
     * @param done called once, on the loop, when the outcome is durable and, for a commit, published
     */
    void submit(Decision decision, Consumer<Decided> done);
}
