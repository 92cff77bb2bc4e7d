package io.ibid.core.sync;

import io.ibid.core.store.Published;
import io.ibid.core.sync.reconcile.HashFilter;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Holding;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's part when a supplier asks which documents are held: one question at a time, between two units. Walks the collection off the
 * loop, once all that is staged is where it stays. Loop only.
 */
final class HeldReply {
    private final SessionHost host;
    private final Session session;
    private final Staging staging;
    private final OwnQueries queries;
    private final SessionKey key;

    private Message.@Nullable Held waiting;
    private @Nullable String walking;
    /** The question whose documents the supplier was asked to list. */
    private @Nullable String listed;

    private int candidates;
    private boolean closed;

    HeldReply(SessionHost host, Session session, Staging staging, OwnQueries queries, SessionKey key) {
        this.host = host;
        this.session = session;
        this.staging = staging;
        this.queries = queries;
        this.key = key;
    }

    /** Whether a question is open: there is no CUT meanwhile. */
    boolean isOpen() {
        return waiting != null || walking != null || listed != null;
    }

    void on(Message.Held question) {
        switch (question.holding()) {
            case Holding.Ask(int number) -> {
                if (isOpen()) {
                    throw new ProtocolException("HELD asks before the question before was answered");
                }
                candidates = number;
            }
            case Holding.Listing(List<Long> hashes) -> {
                if (!question.collection().equals(listed) || hashes.size() != candidates) {
                    throw new ProtocolException("HELD with a list that was not asked for");
                }
                listed = null;
            }
            case Holding.Filter filter -> throw new AssertionError(filter);
            case Holding.ListPlease please -> throw new AssertionError(please);
            case Holding.Hits hits -> throw new AssertionError(hits);
        }
        // What is staged now is a part of the unit like any other, and does not change any more.
        staging.seal();
        waiting = question;
        settled();
    }

    /** Something was put away: what waited for it goes on. */
    void settled() {
        Message.Held question = waiting;
        if (question != null && staging.isSettled()) {
            waiting = null;
            walk(question);
        }
    }

    private void walk(Message.Held question) {
        String collection = question.collection();
        walking = collection;
        Published published = host.published();
        HeldAnswer answer = new HeldAnswer(collection, queries.on(collection), staging.seal(), key.hash());
        Supplier<Holding> work = question.holding() instanceof Holding.Listing(List<Long> hashes)
                ? () -> new Holding.Hits(
                        answer.hits(hashes, published, host.scratch().storage()))
                : () -> {
                    HashFilter filter =
                            answer.filter(candidates, published, host.scratch().storage());
                    return filter == null ? new Holding.ListPlease() : new Holding.Filter(filter);
                };
        Holding[] found = new Holding[1];
        host.env().offload().run(() -> found[0] = work.get(), failure -> {
            published.close();
            if (!closed) {
                session.event(() -> say(collection, found[0], failure));
            }
        });
    }

    private void say(String collection, Holding found, @Nullable Throwable failure) {
        walking = null;
        if (failure != null) {
            session.fail(FaultCode.BUSY, "the store cannot be read: " + failure.getMessage());
            return;
        }
        listed = found instanceof Holding.ListPlease ? collection : null;
        session.send(new Message.Held(collection, found));
    }

    void close() {
        closed = true;
    }
}
