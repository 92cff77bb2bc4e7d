package io.ibid.core.sync;

import io.ibid.core.env.Timers;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.reconcile.HashFilter;
import io.ibid.core.sync.reconcile.ItemHash;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Holding;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier does not know after an absence: which of the documents that changed, and that no query of the partner selects now, did
 * match when the partner saw them last. Those have left a query unseen, and the partner would show the old version for ever. Only the partner
 * knows, so it is asked, some thousands of documents at a time, before the CUT that would claim that it has everything.
 *
 * <p>The partner answers with a filter of all it holds of the collection, which serves until that CUT, or lets itself be told the documents.
 * Names never cross the wire, only hashes that are keyed anew in each session. Loop only.
 */
final class HeldInquiry {
    /** A partner may have to walk a large collection for an answer. */
    static final long ANSWER_MS = 60_000;

    private final Session session;
    private final Timers timers;
    private final OutwardGate gate;
    private final ItemHash hash;
    private final boolean asksNobody;
    private final SortedMap<String, TreeSet<DocumentKey>> suspects = new TreeMap<>();
    private int size;
    private final SortedMap<String, HashFilter> held = new TreeMap<>();
    private @Nullable Question open;

    /** One question under way. */
    private static final class Question {
        final String collection;
        final List<DocumentKey> documents;
        boolean isListed;

        Question(String collection, List<DocumentKey> documents) {
            this.collection = collection;
            this.documents = documents;
        }
    }

    /** @param asksNobody what the design does not do; the suite must notice */
    HeldInquiry(Session session, Timers timers, OutwardGate gate, ItemHash hash, boolean asksNobody) {
        this.session = session;
        this.timers = timers;
        this.gate = gate;
        this.hash = hash;
        this.asksNobody = asksNobody;
    }

    /** No query selects the document any more: true when it is known already that the partner may hold it, else it will be asked. */
    boolean suspects(DocumentKey key) {
        if (asksNobody || !gate.wouldAdmit(key)) {
            return false;
        }
        HashFilter known = held.get(key.collection());
        if (known != null) {
            return known.mayContain(hash.hash(key));
        }
        if (suspects.computeIfAbsent(key.collection(), name -> new TreeSet<>()).add(key)) {
            size++;
        }
        return false;
    }

    /** As many documents wait as one question can name; nothing more is looked at until it is answered. */
    boolean isFull() {
        return size >= Holding.CANDIDATES_MAX;
    }

    /** Whether a question is unanswered or has not been asked yet: no CUT until then. */
    boolean isOpen() {
        return open != null || size > 0;
    }

    /** Asks, unless a question is unanswered. Only between two units, and better late: the more at once the better. */
    void ask() {
        if (open != null || size == 0) {
            return;
        }
        String collection = suspects.firstKey();
        Question question = new Question(collection, List.copyOf(suspects.remove(collection)));
        size -= question.documents.size();
        open = question;
        session.send(new Message.Held(collection, new Holding.Ask(question.documents.size())));
        timers.after(
                ANSWER_MS,
                () -> session.event(() -> {
                    if (open == question) {
                        session.fail(FaultCode.BUSY, "HELD was not answered within " + ANSWER_MS + " ms");
                    }
                }));
    }

    /** The partner's answer: the documents that it may hold. */
    List<DocumentKey> on(Message.Held answer) {
        List<DocumentKey> found = new ArrayList<>();
        Question question = open;
        if (question == null || !question.collection.equals(answer.collection())) {
            throw new ProtocolException("HELD of " + answer.collection() + ", which was not asked for");
        }
        boolean isHits = answer.holding() instanceof Holding.Hits;
        if (isHits != question.isListed) {
            throw new ProtocolException("HELD that does not answer what was asked");
        }
        switch (answer.holding()) {
            case Holding.Filter(HashFilter filter) -> {
                open = null;
                held.put(question.collection, filter);
                question.documents.stream()
                        .filter(key -> filter.mayContain(hash.hash(key)))
                        .forEach(found::add);
                settle(question.collection, filter, found);
            }
            case Holding.Hits(List<Integer> places) -> {
                open = null;
                for (int place : places) {
                    if (place >= question.documents.size()) {
                        throw new ProtocolException("HELD with a hit at " + place);
                    }
                    found.add(question.documents.get(place));
                }
            }
            case Holding.ListPlease please -> {
                question.isListed = true;
                List<Long> hashes = new ArrayList<>();
                question.documents.forEach(key -> hashes.add(hash.hash(key)));
                session.send(new Message.Held(question.collection, new Holding.Listing(hashes)));
            }
            case Holding.Ask ask -> throw new AssertionError(ask);
            case Holding.Listing listing -> throw new AssertionError(listing);
        }
        return found;
    }

    /** Those that have come up since the question was asked. */
    private void settle(String collection, HashFilter filter, List<DocumentKey> found) {
        TreeSet<DocumentKey> more = suspects.remove(collection);
        if (more != null) {
            size -= more.size();
            more.stream().filter(key -> filter.mayContain(hash.hash(key))).forEach(found::add);
        }
    }

    /** A CUT: what the partner holds from then on is known from watching. */
    void cut() {
        held.clear();
    }
}
