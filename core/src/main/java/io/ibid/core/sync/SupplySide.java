package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.LaneWriter;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session, seen from the end that has the changes. It sends, in the order of its own commits, every document that the
 * partner wants and may have, and closes with a CUT whenever it has nothing more: then the partner has everything up to that commit.
 *
 * <p>It keeps nothing per partner beyond the session. What a delta may build on is guessed from the commit up to which the partner says to
 * have everything; wrong guesses are found by the floors at the other end and come back as NEED.
 *
 * <p>Reads published snapshots only, so nothing that a power cut could take back ever leaves. Each run reads at most one chunk's worth of
 * documents and then lets others have the loop. A document that changes behind the cursor moves ahead of it, so no snapshot is kept;
 * the last run before a CUT reads the documents and the number of the CUT in one snapshot.
 *
 * <p>Nothing is debounced: the first change after a silence leaves at once. While a CUT is unanswered the changes gather (their units get as
 * large as the partner's disk is slow), and after the batch window they are staged ahead.
 */
final class SupplySide {
    private static final int LANE = 0;
    private static final long QUEUED_BYTES_MAX = 256 << 10;
    private static final int OUT_OF_TURN_MAX = 100_000;

    private final SessionHost host;
    private final Session session;
    private final Partner partner;
    private final SupplyLane lane;
    private final Interest interest = new Interest();
    private final Backlog backlog;
    private final HeldInquiry inquiry;
    private final SupplyReconciliation reconciliation;
    private final ChangeCursor cursor;

    private boolean resumed;
    private long forgetSeen;
    private final SupplyUnit unit = new SupplyUnit();
    private final SupplyProgress progress = new SupplyProgress();
    private boolean runScheduled;
    private final Alarm alarm;
    private final SupplyTally tally = new SupplyTally();
    private final FilterTags tags;
    private final EchoQueue echoes = new EchoQueue();

    SupplySide(SessionHost host, Session session, Partner partner, SessionKey key, LaneWriter stream) {
        this.host = host;
        this.session = session;
        this.partner = partner;
        OutwardGate gate = new OutwardGate(host, partner, tally);
        this.lane = new SupplyLane(LANE, session, stream, gate, echoes, tally, host.ablation());
        this.inquiry = new HeldInquiry(
                session, host.env().timers(), gate, key.hash(), host.ablation().has(Ablation.Switch.NOHELD));
        this.reconciliation = new SupplyReconciliation(host, session, partner, key, interest, this::settled);
        this.cursor = new ChangeCursor(interest, partner.storeId(), inquiry);
        this.backlog = new Backlog(interest, host.ablation().has(Ablation.Switch.NODEPART));
        this.tags = new FilterTags(host.access(), partner);
        this.alarm = new Alarm(host.env().clock(), host.env().timers(), this::wake);
    }

    // ---- what the partner says

    void on(Message.Subs subs) {
        try (Published published = host.published()) {
            interest.revise(subs, partner, tags, published);
        }
        reconciliation.removed(subs.removed());
        if (resumed) {
            // Documents that the complete queries have brought are stepped over on the way back.
            sendResumeOk();
            wake();
        }
        host.changed(session);
    }

    void on(Message.Resume resume) {
        if (resumed || interest.revision() == 0) {
            throw new ProtocolException(resumed ? "a second RESUME" : "RESUME before SUBS");
        }
        resumed = true;
        unit.begun(now());
        try (Published published = host.published()) {
            progress.begun(published.commitId());
            Message.Reset.Reason reset = Resumption.refusal(resume, interest, published, host.ablation());
            if (reset != null) {
                session.send(new Message.Reset(reset, List.of()));
                if (Resumption.provesRestore(reset)) {
                    host.forked("its partner " + partner.peerKey() + " has seen commits that it has not");
                }
                interest.restart(published.commitId());
            } else if (resume.commit() > 0) {
                interest.resume(resume.queries(), resume.commit());
                unit.resumed(resume.commit());
                progress.acknowledged(resume.commit());
                tags.resume(resume.tags());
                reopen();
                tellAcknowledged();
            }
            if (resume.commit() == 0) {
                cursor.beginWithTombstonesFrom(
                        partner.keepsTombstonesFrom(host.env().clock().wallMs()));
            }
            published.owed(partner.storeId(), EchoQueue.LOADED_MAX).forEach(this::owe);
            host.owed().take(partner.storeId()).forEach(this::owe);
        }
        resume.forgotten().forEach(cursor::forgotten);
        cursor.startAt(Long.MAX_VALUE);
        sendResumeOk();
        wake();
    }

    /** Opens the lane, and lets the partner say what it has of the queries that begin from nothing. */
    private void sendResumeOk() {
        boolean isEmpty = interest.size() == 0;
        try (Published published = host.published()) {
            List<Long> begun = published.commitId() > 0 ? interest.begun() : List.of();
            reconciliation.await(begun);
            long from = isEmpty ? unit.lastCut() : Math.min(interest.since(), published.commitId());
            cursor.moveBackTo(from);
            Waiting.Place place = begun.isEmpty() ? cursor.place() : new Waiting.Place(interest.collections(), 0, null);
            Waiting waiting = isEmpty ? Waiting.NOTHING : Waiting.estimate(published, place, partner.storeId());
            session.send(
                    new Message.ResumeOk(interest.revision(), LANE, begun, from, waiting.documents(), waiting.bytes()));
        }
    }

    void on(Message.Recon step) {
        requireResumed("RECON");
        reconciliation.on(step);
    }

    /** It is known what the partner has of a query. */
    private void settled(long query, long commit, List<Message.Wanted> missing) {
        interest.settled(query, commit);
        missing.forEach(wanted -> cursor.needed(wanted.key(), wanted.vector()));
        cursor.moveBackTo(commit);
        wake();
    }

    /** The partner may have forgotten that these documents were deleted: it gets them, so that whoever knows better can tell it. */
    void offer(List<DocumentKey> documents) {
        if (!documents.isEmpty()) {
            host.writer().submit(head -> head.owe(partner.storeId(), documents), ignored -> {});
            documents.forEach(this::owe);
            wake();
        }
    }

    /** Where the partner is, for the status rows; null when it wants nothing, or has not said what. */
    Waiting.@Nullable Place place() {
        return resumed && interest.size() > 0 ? cursor.place() : null;
    }

    void on(Message.Ack ack) {
        unit.on(ack);
        tally.acknowledged();
        progress.acknowledged(ack.commit());
        List<DocumentKey> settled = echoes.acknowledged();
        if (!settled.isEmpty()) {
            host.writer().submit(head -> head.settle(partner.storeId(), settled), ignored -> {});
        }
        tellAcknowledged();
        wake();
    }

    void on(Message.Need need) {
        unit.on(need, tally.unacknowledgedDocuments());
        need.documents().forEach(wanted -> cursor.needed(wanted.key(), wanted.vector()));
        wake();
    }

    void on(Message.Forget forget) {
        requireResumed("FORGET");
        if (forget.number() != forgetSeen + 1) {
            throw new ProtocolException("FORGET " + forget.number() + " after " + forgetSeen);
        }
        forgetSeen = forget.number();
        forget.documents().forEach(cursor::forgotten);
        if (cursor.outOfTurn() > OUT_OF_TURN_MAX) {
            throw new ProtocolException(
                    FaultCode.LIMIT, "FORGET: more than " + OUT_OF_TURN_MAX + " documents wait to be sent again");
        }
        wake();
    }

    void on(Message.Credit more) {
        requireResumed("CREDIT");
        lane.on(more);
        wake();
    }

    void on(Message.Held answer) {
        requireResumed("HELD");
        inquiry.on(answer).forEach(cursor::owed);
        wake();
    }

    private void requireResumed(String what) {
        if (!resumed) {
            throw new ProtocolException(what + " before RESUME");
        }
    }

    boolean isResumed() {
        return resumed;
    }

    boolean hasDelivered(long commit) {
        return !resumed || (progress.isDelivered(commit) && !interest.isReopened());
    }

    /** The filter has changed. What it keeps away now is kept away from the next chunk on; what it lets through now is gone through again. */
    void filterChanged() {
        if (resumed) {
            reopen();
            if (interest.isReopened()) {
                cursor.moveBackTo(0);
            }
            wake();
        }
    }

    private void reopen() {
        for (String collection : tags.opened()) {
            if (interest.concerns(collection)) {
                interest.reopen(collection);
            }
        }
    }

    // ---- what happens here

    /** A commit was published. */
    void onCommit(Commit commit) {
        cursor.committed(commit);
        if (!resumed) {
            return;
        }
        boolean isFromPartner = partner.storeId().equals(commit.origin());
        if (isFromPartner) {
            commit.echoes().forEach(this::owe);
        }
        progress.published(commit.id(), !isFromPartner || !commit.echoes().isEmpty());
        tellAcknowledged();
        backlog.add(commit);
        wake();
    }

    private void tellAcknowledged() {
        host.acknowledged(session, progress.reached());
    }

    private void owe(DocumentKey key) {
        echoes.add(key);
        cursor.owed(key);
    }

    /** The partner has sent older versions of these documents than ours. */
    void owe(List<Message.Wanted> behind) {
        if (resumed && !behind.isEmpty()) {
            for (Message.Wanted wanted : behind) {
                echoes.add(wanted.key());
                cursor.needed(wanted.key(), wanted.vector());
            }
            wake();
        }
    }

    /** Does some work soon. Whoever ends a reason to wait calls this. */
    void wake() {
        if (resumed && !session.isEnded() && !runScheduled) {
            runScheduled = true;
            host.env().timers().after(0, () -> {
                runScheduled = false;
                session.event(this::run);
            });
        }
    }

    private void run() {
        if (!backlog.isEmpty()) {
            backlog.look();
            backlog.takeDeparted().forEach(cursor::owed);
            backlog.takeArrived().forEach(cursor::arrived);
            wake();
            return;
        }
        if (session.queuedBytes() > QUEUED_BYTES_MAX) {
            return; // until the link has drained
        }
        long waitMs = unit.lastCutAtMs() + host.config().batchWindowMs() - now();
        if (unit.isUnanswered() && waitMs > 0) {
            alarm.after(waitMs); // or until the answer
            return;
        }
        boolean isDrained = false;
        try (Published snapshot = host.published()) {
            long readAt = snapshot.commitId();
            if (!lane.isFull()) {
                isDrained = cursor.gather(snapshot, lane) && !lane.isFull();
            }
            while (lane.isFull() && lane.hasCredit()) {
                sendChunk(readAt);
            }
            if (inquiry.isOpen()) {
                if (!unit.isUnanswered() && (isDrained || inquiry.isFull())) {
                    inquiry.ask();
                }
            } else if (isDrained && !unit.isUnanswered() && !reconciliation.isOpen()) {
                finish(readAt, snapshot.chainTail(readAt).orElseThrow());
            }
        }
        if (!isDrained && lane.hasCredit() && !inquiry.isFull()) {
            wake();
        }
    }

    /** Everything up to the head is in the lane: closes the unit, now or at the next heartbeat. */
    private void finish(long at, int tail) {
        if (!unit.hasContent() && lane.isEmpty() && !isAwaited(at)) {
            long waitMs = unit.emptyWaitMs(at, progress.isForeignAfter(unit.lastCut()), now());
            if (waitMs != 0) {
                if (waitMs > 0) {
                    alarm.after(waitMs);
                }
                return;
            }
        }
        while (!lane.isEmpty()) {
            if (!lane.hasCredit()) {
                return; // CREDIT wakes us
            }
            sendChunk(at);
        }
        Message.Cut cut =
                new Message.Cut(at, tail, 0, lane.sequence(), 0, interest.revision(), forgetSeen, tags.tell(interest));
        session.send(cut);
        unit.cut(cut, now());
        progress.cut(interest.isReopened());
        echoes.cut();
        tally.cut(lane.sentBytes());
        interest.caughtUp(at);
        cursor.cut(at);
        inquiry.cut();
    }

    /** Whether the partner waits to hear that new queries are complete, or has no place to come back to yet. */
    private boolean isAwaited(long at) {
        return interest.isIncomplete() || (unit.lastCut() == 0 && at > 0 && interest.size() > 0);
    }

    private void sendChunk(long readAt) {
        lane.send(readAt, tags.tell(interest));
        unit.filled();
    }

    private long now() {
        return host.env().clock().monotonicMs();
    }

    /** The dictionaries may start again only between two streams. */
    boolean isQuiet() {
        return lane.isEmpty() && now() - unit.lastCutAtMs() > Session.FORGET_AFTER_MS;
    }

    void close() {
        alarm.cancel();
        reconciliation.close();
        host.owed().leave(partner.storeId(), echoes.unsettled());
        backlog.close();
    }

    SupplyTally tally() {
        tally.bytes = lane.sentBytes();
        tally.passedOver = cursor.passedOver();
        return tally;
    }
}
