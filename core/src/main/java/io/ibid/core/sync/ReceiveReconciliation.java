package io.ibid.core.sync;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.reconcile.ItemSet;
import io.ibid.core.sync.reconcile.Range;
import io.ibid.core.sync.reconcile.Reconciliation;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Limits;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import io.ibid.core.sync.wire.Reconciling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's part in finding out what it lacks of a query without a token. Each step only if the one before fails: nothing here, so all is to
 * come; a fingerprint of all that is here, which costs twenty bytes where both have the same; ranges of it; and in the end the names of what is
 * missing. One query at a time; walks run off the loop. Loop only.
 */
final class ReceiveReconciliation {
    private static final int MESSAGES_MAX = 32;
    private static final int WANTED_MAX = 50_000;
    private static final int SURPLUS_MAX = 10_000;
    private static final int BYTES_PER_WANTED = 9;
    private static final int BYTES_PER_ACTOR = 26;
    /** Who has so many times more than the supplier lets it send all rather than walk over its own documents. */
    private static final int OWN_PER_THEIRS_MAX = 8;

    private static final int OWN_ALWAYS = 1_000;

    private final SessionHost host;
    private final Session session;
    private final OwnQueries queries;
    private final SessionKey key;
    private final Queue<Long> waiting = new ArrayDeque<>();
    private @Nullable Run run;
    private long theirDocuments;
    private boolean offersSurplus;
    private boolean closed;

    /** One query under way. */
    private static final class Run {
        final long query;
        final Selection selection;

        @Nullable
        Reconciliation reconciliation;

        int messages;

        Run(long query, Selection selection) {
            this.query = query;
            this.selection = selection;
        }
    }

    ReceiveReconciliation(SessionHost host, Session session, OwnQueries queries, SessionKey key) {
        this.host = host;
        this.session = session;
        this.queries = queries;
        this.key = key;
    }

    /** The supplier has forgotten deletions: it shall be offered what only we have, so that others can tell it. */
    void offerSurplus() {
        offersSurplus = true;
    }

    /** The supplier begins these queries from nothing. */
    void open(Message.ResumeOk ok) {
        waiting.addAll(ok.queries());
        theirDocuments = ok.documents();
        next();
    }

    /** Whether a query is under way: there is no CUT meanwhile. */
    boolean isOpen() {
        return run != null || !waiting.isEmpty();
    }

    /** The set of queries has changed. */
    void revised() {
        waiting.removeIf(query -> !queries.has(query));
        if (run != null && !queries.has(run.query)) {
            run = null;
            next();
        }
    }

    private void next() {
        while (run == null && !waiting.isEmpty()) {
            long query = waiting.remove();
            if (queries.has(query)) {
                begin(query, queries.query(query));
            }
        }
    }

    private void begin(long query, @Nullable SubscriptionQuery selects) {
        Published published = host.published();
        Selection selection = Selection.of(selects, published);
        long own = selection.documents(published);
        if (own == 0 || own > OWN_ALWAYS + OWN_PER_THEIRS_MAX * theirDocuments) {
            published.close();
            session.send(new Message.Recon(query, new Reconciling.Open(Fingerprint.EMPTY)));
            return;
        }
        Run begun = new Run(query, selection);
        run = begun;
        ItemSet[] found = new ItemSet[1];
        walk(begun, published, () -> found[0] = selection.items(published, key.hash(), any -> true), () -> {
            ItemSet items = found[0];
            say(begun, new Reconciling.Open(items == null ? Fingerprint.EMPTY : items.fingerprint()));
            if (items == null || items.size() == 0) {
                end();
            } else {
                begun.reconciliation = new Reconciliation(items, true);
            }
        });
    }

    void on(Message.Recon message) {
        Run now = run;
        if (now == null || now.query != message.query()) {
            if (!queries.wasEver(message.query())) {
                throw new ProtocolException("RECON of query " + message.query() + ", which was not opened");
            }
            return; // cancelled while the answer was on its way
        }
        Reconciliation reconciliation = now.reconciliation;
        if (reconciliation == null) {
            throw new ProtocolException("RECON of query " + message.query() + " out of turn");
        }
        switch (message.step()) {
            case Reconciling.Equal equal -> end();
            case Reconciling.Declined declined -> end();
            case Reconciling.Ranges(List<Range> ranges) -> answer(now, reconciliation, ranges);
            case Reconciling.Open open -> throw new AssertionError(open);
            case Reconciling.Want want -> throw new AssertionError(want);
            case Reconciling.Replies replies -> throw new AssertionError(replies);
            case Reconciling.Plain plain -> throw new AssertionError(plain);
        }
    }

    private void answer(Run now, Reconciliation reconciliation, List<Range> ranges) {
        List<Range> answer;
        try {
            answer = reconciliation.answer(ranges);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("RECON with " + e.getMessage());
        }
        now.messages++;
        if (reconciliation.wanted().size() > WANTED_MAX || now.messages > MESSAGES_MAX) {
            say(now, new Reconciling.Plain());
            end();
        } else if (answer.isEmpty()) {
            want(now, reconciliation);
        } else {
            say(now, new Reconciling.Replies(answer));
        }
    }

    /**
     * Names what is missing. And what a condition selects in our version only: the supplier may have a later one that has left the query, and then
     * sends it.
     */
    private void want(Run now, Reconciliation reconciliation) {
        now.reconciliation = null;
        SortedSet<Long> surplus = new TreeSet<>(reconciliation.surplus());
        surplus.removeAll(reconciliation.wanted());
        if (surplus.size() > SURPLUS_MAX) {
            surplus.clear();
        }
        TreeMap<Long, VersionVector> vectors = new TreeMap<>();
        reconciliation.wanted().forEach(hash -> vectors.put(hash, VersionVector.EMPTY));
        if (now.selection.isFiltered()) {
            surplus.forEach(hash -> vectors.put(hash, VersionVector.EMPTY));
        }
        List<DocumentKey> offered = new ArrayList<>();
        Published published = host.published();
        walk(
                now,
                published,
                () -> now.selection.forEach(published, key.hash(), (record, hash) -> {
                    vectors.computeIfPresent(hash, (same, none) -> record.vv());
                    if (offersSurplus && surplus.contains(hash)) {
                        offered.add(record.key());
                    }
                }),
                () -> {
                    name(now, vectors);
                    session.offer(offered);
                    end();
                });
    }

    private void name(Run now, TreeMap<Long, VersionVector> vectors) {
        List<Reconciling.Wanted> part = new ArrayList<>();
        int bytes = 0;
        for (var entry : vectors.entrySet()) {
            part.add(new Reconciling.Wanted(entry.getKey(), entry.getValue()));
            bytes += BYTES_PER_WANTED + BYTES_PER_ACTOR * entry.getValue().size();
            if (part.size() == Reconciling.WANTED_MAX || bytes > Limits.LIST_BYTES_MAX) {
                say(now, new Reconciling.Want(part, false));
                part = new ArrayList<>();
                bytes = 0;
            }
        }
        say(now, new Reconciling.Want(part, true));
    }

    private void walk(Run walked, Published published, Runnable work, Runnable then) {
        host.env().offload().run(work, failure -> {
            published.close();
            if (!closed && run == walked) {
                session.event(() -> {
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
    }

    private void end() {
        run = null;
        next();
    }

    void close() {
        closed = true;
    }
}
