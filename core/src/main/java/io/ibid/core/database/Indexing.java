package io.ibid.core.database;

import io.ibid.core.env.Logs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.store.Change;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import io.ibid.core.store.IndexStep;
import io.ibid.core.store.IndexWork;
import io.ibid.core.store.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Creates and drops indexes, builds new ones and clears up after dropped ones, step by step in the writers' queue, so that every other
 * writer waits for one step at most. What a step has done is durable; {@link #resume} goes on after a restart. Confinement: loop.
 */
public final class Indexing {
    private static final Logger LOG = Logs.of(Indexing.class);

    private final Writer writer;
    /** Who waits for the end of a build, by the number of the index. */
    private final TreeMap<Integer, List<Consumer<@Nullable Throwable>>> waiting = new TreeMap<>();

    private int stepMax = IndexWork.STEP_MAX;
    private boolean working;
    private boolean stopped;

    Indexing(Writer writer) {
        this.writer = writer;
    }

    /**
     * Creates an index.
     *
     * @param ifNotExists an index of that name is left as it is; when it is being built, its end is waited for
     * @param done told null when the index is built and statements use it, or what went wrong
     */
    public void create(IndexShape shape, boolean ifNotExists, Consumer<@Nullable Throwable> done) {
        int[] number = new int[1];
        boolean[] isReady = new boolean[1];
        submit(
                head -> {
                    Change change = IndexWork.create(head, shape, ifNotExists);
                    Index known = head.indexes().find(shape.collection(), shape.name());
                    number[0] = known == null ? head.indexes().lastNumber() + 1 : known.number();
                    isReady[0] = known != null && known.isReady();
                    return change;
                },
                failure -> {
                    if (failure != null || isReady[0]) {
                        done.accept(failure);
                    } else {
                        waiting.computeIfAbsent(number[0], key -> new ArrayList<>())
                                .add(done);
                        resume();
                    }
                });
    }

    /**
     * Drops an index; who waits for it to be built is told so.
     *
     * @param done told null when no statement that begins from now on uses the index, or what went wrong
     */
    public void drop(String collection, String name, boolean ifExists, Consumer<@Nullable Throwable> done) {
        int[] number = new int[1];
        submit(
                head -> {
                    Index known = head.indexes().find(collection, name);
                    number[0] = known == null ? 0 : known.number();
                    return IndexWork.drop(head, collection, name, ifExists);
                },
                failure -> {
                    if (failure == null) {
                        ended(
                                number[0],
                                new IbidException(
                                        ErrorCode.QUERY_EXECUTION,
                                        "The index " + name + " on " + collection
                                                + " was dropped while it was being built"));
                        resume();
                    }
                    done.accept(failure);
                });
    }

    private void submit(Decision decision, Consumer<@Nullable Throwable> done) {
        if (stopped) {
            done.accept(closed());
            return;
        }
        writer.submit(
                decision, decided -> done.accept(decided instanceof Decided.Failed(Throwable cause) ? cause : null));
    }

    /** Makes steps of other than the standard size, so that a few documents take many. */
    public void setStepMax(int documents) {
        stepMax = documents;
    }

    /** Goes on with what is unfinished, if anything is. */
    public void resume() {
        if (!working && !stopped) {
            working = true;
            step();
        }
    }

    private void step() {
        Change[] change = new Change[1];
        submit(head -> change[0] = IndexWork.next(head, stepMax), failure -> {
            if (failure != null) {
                if (!stopped) {
                    // What cannot be read now cannot be read a moment later; the next start tries again.
                    LOG.warn("Building indexes stopped: {}", failure.getMessage());
                }
                working = false;
                endAll(failure);
            } else if (change[0] instanceof Change.Indexing(long hlc, IndexStep step)) {
                if (step instanceof IndexStep.Build build && build.state() instanceof Index.Ready) {
                    ended(build.number(), null);
                }
                step();
            } else {
                working = false;
            }
        });
    }

    private void ended(int number, @Nullable Throwable failure) {
        List<Consumer<@Nullable Throwable>> told = waiting.remove(number);
        if (told != null) {
            told.forEach(done -> done.accept(failure));
        }
    }

    private void endAll(Throwable failure) {
        while (!waiting.isEmpty()) {
            ended(waiting.firstKey(), failure);
        }
    }

    /** Begins no more steps. What is unfinished goes on when the database is opened again. */
    public void stop() {
        stopped = true;
        endAll(closed());
    }

    private static IbidException closed() {
        return new IbidException(ErrorCode.STORE_CLOSED, "The database is closed");
    }
}
