package io.ibid.core.database;

import io.ibid.core.env.Offload;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A write whose owner does not wait for it: with the turn, a worker performs it. */
record OffloadedWrite(
        Database database, Offload offload, Decision decision, boolean isShared, Consumer<Decided> outcome)
        implements Write {

    @Override
    public String who() {
        return "Ibid itself";
    }

    @Override
    public void granted() {
        // The loop hears of the worker's work at once, when it is done.
        List<Runnable> settles = new ArrayList<>();
        offload.run(() -> database.serve(this, (settle, isOnly) -> settles.add(settle)), failure -> {
            settles.forEach(Runnable::run);
            if (settles.isEmpty() && failure != null) {
                done(new Decided.Failed(failure));
            }
            database.release();
        });
    }

    @Override
    public void done(Decided decided) {
        outcome.accept(decided);
    }
}
