package io.ibid.core.sync;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.store.Published;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.reconcile.ItemSet;
import io.ibid.core.sync.reconcile.Range;
import io.ibid.core.sync.reconcile.Reconciliation;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import io.ibid.core.sync.wire.Reconciling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The supplier's part in finding out what a partner without a token lacks. Each query that begins from nothing waits here until the partner has
 * said what it has; no CUT claims the query before. One query at a time; walks run off the loop. Loop only.
 */
final class SupplyReconciliation {
    private static final int MESSAGES_MAX = 64;
    private static final int WANTED_MAX = 60_000;

    private final SessionHost host;
    private final Session session;
    private final Partner partner;
    private final SessionKey key;
    private final Interest interest;
    private final Sink sink;
    private final Set<Long> pending = new TreeSet<>();
    /** What the partner said of the next queries while the documents that it wants of one are still looked up. */
    private final SequencedMap<Long, Fingerprint> opened = new LinkedHashMap<>();

    private @Nullable Run run;
    private boolean isOpening;
    private boolean closed;

    /** Takes what came of it. */
    interface Sink {
        /** The partner has all that the query selected at the commit, but for these documents; 0: it has nothing. */
        void settled(long query, long commit, List<Message.Wanted> missing);
    }

    /** One query under way. */
    private static final class Run {
        final long query;
        final Selection selection;
        final long commit;
        final TreeMap<Long, VersionVector> wanted = new TreeMap<>();

        @Nullable
        Reconciliation reconciliation;

        int messages;
        /** A walk is under way, and it is not the partner's turn. */
        boolean isWalking = true;
        /** The partner has said all it has to say of this query, and may open the next one. */
        boolean isSaid;

        Run(long query, Selection selection, long commit) {
            this.query = query;
            this.selection = selection;
            this.commit = commit;
        }
    }

    SupplyReconciliation(
            SessionHost host, Session session, Partner partner, SessionKey key, Interest interest, Sink sink) {
        this.host = host;
        this.session = session;
        this.partner = partner;
        this.key = key;
        this.interest = interest;
        this.sink = sink;
    }

    /** These queries begin from nothing, which the partner is told. */
    void await(List<Long> queries) {
        pending.addAll(queries);
    }

    /** Whether the partner has not said yet what it has of some query. */
    boolean isOpen() {
        return !pending.isEmpty();
    }

    /** These are no more wanted. */
    void removed(List<Long> queries) {
        pending.removeAll(queries);
        if (run != null && queries.contains(run.query)) {
            run = null;
        }
        queries.forEach(opened::remove);
        next();
    }

    void on(Message.Recon message) {
        Run now = run;
        if (now != null && now.isSaid && message.step() instanceof Reconciling.Open(Fingerprint theirs)) {
            boolean isNew = pending.contains(message.query())
                    && message.query() != now.query
                    && opened.putIfAbsent(message.query(), theirs) == null;
            if (!isNew) {
                throw new ProtocolException("RECON opens query " + message.query() + " again");
            }
            return;
        }
        if (!pending.contains(message.query()) || (now != null && (now.query != message.query() || now.isWalking))) {
            throw new ProtocolException("RECON of query " + message.query() + " out of turn");
        }
        Reconciling step = message.step();
        if (step instanceof Reconciling.Plain) {
            settle(message.query(), 0, List.of());
        } else if (step instanceof Reconciling.Open(Fingerprint theirs) && now == null) {
            open(message.query(), theirs);
        } else if (step instanceof Reconciling.Replies(List<Range> ranges)
                && now != null
                && now.reconciliation != null
                && now.wanted.isEmpty()) {
            answer(now, now.reconciliation, ranges);
        } else if (step instanceof Reconciling.Want want && now != null && now.reconciliation != null) {
            want(now, want);
        } else {
            throw new ProtocolException("RECON of query " + message.query() + " out of turn");
        }
    }

    private void open(long query, Fingerprint theirs) {
        if (theirs.count() == 0) {
            settle(query, 0, List.of());
            return;
        }
        Published published = host.published();
        Selection selection = Selection.of(interest.query(query), published)
                .within(collection -> host.access().isInScope(partner, collection));
        Run opened = new Run(query, selection, published.commitId());
        run = opened;
        ItemSet[] found = new ItemSet[1];
        walk(
                opened,
                published,
                () -> found[0] = selection.items(
                        published, key.hash(), document -> host.access().mayRead(partner, document)),
                () -> compare(opened, theirs, found[0]));
    }

    private void compare(Run opened, Fingerprint theirs, @Nullable ItemSet ours) {
        if (ours == null) {
            say(opened, new Reconciling.Declined());
            settle(opened.query, 0, List.of());
            return;
        }
        Fingerprint own = ours.fingerprint();
        boolean isEqual =
                host.ablation().has(Ablation.Switch.RECONCOUNT) ? own.count() == theirs.count() : own.equals(theirs);
        if (isEqual) {
            say(opened, new Reconciling.Equal());
            settle(opened.query, opened.commit, List.of());
        } else {
            Reconciliation reconciliation = new Reconciliation(ours, false);
            opened.reconciliation = reconciliation;
            say(opened, new Reconciling.Ranges(reconciliation.open()));
        }
    }

    private void answer(Run now, Reconciliation reconciliation, List<Range> ranges) {
        now.messages++;
        if (now.messages > MESSAGES_MAX) {
            throw new ProtocolException("RECON that does not end");
        }
        try {
            say(now, new Reconciling.Ranges(reconciliation.answer(ranges)));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("RECON with " + e.getMessage());
        }
    }

    private void want(Run now, Reconciling.Want want) {
        now.messages++;
        want.documents().forEach(document -> now.wanted.put(document.hash(), document.vector()));
        if (now.wanted.size() > WANTED_MAX) {
            throw new ProtocolException(FaultCode.LIMIT, "RECON wants more than " + WANTED_MAX + " documents");
        }
        if (!want.isLast()) {
            return;
        }
        if (now.wanted.isEmpty()) {
            settle(now.query, now.commit, List.of());
            return;
        }
        now.isWalking = true;
        now.isSaid = true;
        Published published = host.published();
        List<Message.Wanted> missing = new ArrayList<>();
        walk(
                now,
                published,
                () -> now.selection.forEach(published, key.hash(), (record, hash) -> {
                    VersionVector vector = now.wanted.get(hash);
                    // Where the versions differ the partner's may be the newer one.
                    if (vector != null && !record.vv().isAtMost(vector)) {
                        missing.add(new Message.Wanted(record.key(), vector));
                    }
                }),
                () -> settle(now.query, now.commit, missing));
    }

    private void walk(Run walked, Published published, Runnable work, Runnable then) {
        host.env().offload().run(work, failure -> {
            published.close();
            if (!closed && run == walked) {
                session.event(() -> {
                    walked.isWalking = false;
                    if (failure == null) {
                        then.run();
                    } else {
                        session.fail(FaultCode.BUSY, "the store cannot be read: " + failure.getMessage());
                    }
                });
            }
        });
    }

    private void say(Run now, Reconciling step) {
        session.send(new Message.Recon(now.query, step));
        int before = now.messages;
        host.env()
                .timers()
                .after(
                        HeldInquiry.ANSWER_MS,
                        () -> session.event(() -> {
                            if (run == now && now.messages == before && !now.isWalking) {
                                session.fail(
                                        FaultCode.BUSY,
                                        "RECON was not answered within " + HeldInquiry.ANSWER_MS + " ms");
                            }
                        }));
    }

    private void settle(long query, long commit, List<Message.Wanted> missing) {
        run = null;
        pending.remove(query);
        sink.settled(query, commit, missing);
        next();
    }

    /** Opens what waits; some of it is settled at once, and then this is called from within. */
    private void next() {
        if (isOpening) {
            return;
        }
        isOpening = true;
        while (run == null && !opened.isEmpty()) {
            Map.Entry<Long, Fingerprint> first = opened.pollFirstEntry();
            open(first.getKey(), first.getValue());
        }
        isOpening = false;
    }

    void close() {
        closed = true;
    }
}
