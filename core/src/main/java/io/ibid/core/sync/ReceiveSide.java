package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Touch;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session, seen from the end that wants the changes. It says what it wants and where it stands, stages what comes,
 * and at each CUT applies all of it in one commit, together with the token that says where it stands now. So readers see either nothing of
 * a unit or all of it, and after any failure the token is exactly what the data is.
 */
final class ReceiveSide {
    private static final int LANE = 0;
    private static final int FORGET_DOCUMENTS_MAX = 10_000;

    private final SessionHost host;
    private final Session session;
    private final Partner partner;
    private final Staging staging;
    private final OwnQueries queries;
    private final Forgetting forgetting = new Forgetting();
    private final TokenKeeping tokens;
    private final CreditWindow credit;

    private boolean resuming;
    private boolean resumed;
    private boolean laneOpen;
    private boolean closed;
    private final UnitApplication application;
    private final HeldReply held;
    private final ReceiveReconciliation reconciliation;

    ReceiveSide(SessionHost host, Session session, Partner partner, SessionKey key) {
        this.host = host;
        this.session = session;
        this.partner = partner;
        this.queries = new OwnQueries(host.config().isServer());
        this.tokens = new TokenKeeping(host, partner);
        this.credit = new CreditWindow(host.config().creditBytes());
        this.staging = new Staging(
                host.scratch(),
                host.config().stagedBytesInMemoryMax(),
                () -> session.event(this::settled),
                this::scratchFailed);
        this.application = new UnitApplication(host, session, partner, staging, queries, forgetting, tokens);
        this.reconciliation = new ReceiveReconciliation(host, session, queries, key);
        this.held = new HeldReply(host, session, staging, queries, key);
    }

    // ---- beginning

    /** Reads the token and what was evicted since, off the loop since that is a scan, then says where we stand. */
    void start() {
        resuming = true;
        Published published = host.published();
        ResumeToken found = tokens.load(published);
        List<DocumentKey> evicted = new ArrayList<>();
        host.env()
                .offload()
                .run(
                        () -> {
                            if (found != null) {
                                evicted.addAll(published.evictedAfter(found.asOf(), FORGET_DOCUMENTS_MAX + 1));
                            }
                        },
                        failure -> {
                            published.close();
                            if (!closed) {
                                session.event(() -> resume(evicted, failure));
                            }
                        });
    }

    private void resume(List<DocumentKey> evicted, @Nullable Throwable failure) {
        if (failure != null) {
            session.fail(FaultCode.BUSY, "the store cannot be read: " + failure.getMessage());
            return;
        }
        resuming = false;
        resumed = true;
        tokens.wanted(queries.keys(host.wanted()));
        if (evicted.size() > FORGET_DOCUMENTS_MAX) {
            tokens.voided();
        } else if (!evicted.isEmpty()) {
            tokens.evicted();
        }
        ResumeToken from = tokens.current();
        session.send(queries.update(host.wanted(), from));
        if (from == null || from.commit() == 0) {
            session.send(new Message.Resume(partner.storeId(), 0, 0, List.of(), Message.NO_TAGS, List.of()));
        } else {
            List<DocumentKey> forgotten = host.ablation().has(Ablation.Switch.NOFORGET) ? List.of() : evicted;
            int fit = Forgetting.fitting(forgotten);
            session.send(new Message.Resume(
                    partner.storeId(),
                    from.commit(),
                    from.chain(),
                    queries.idsOf(from.complete()),
                    from.tags(),
                    forgotten.subList(0, fit)));
            forgetting.add(forgotten.subList(fit, forgotten.size()), from.asOf() + 1);
        }
        forget();
        host.changed(session);
    }

    /** The set of subscriptions has changed. */
    void wantedChanged() {
        if (resumed) {
            tokens.wanted(queries.keys(host.wanted()));
            Message.Subs subs = queries.update(host.wanted(), tokens.current());
            if (!subs.added().isEmpty() || !subs.removed().isEmpty()) {
                session.send(subs);
                reconciliation.revised();
                host.changed(session);
            }
        }
    }

    // ---- what the partner says

    void on(Message.ResumeOk ok) {
        if (!resumed || ok.lane() != LANE || ok.revision() > queries.revision()) {
            throw new ProtocolException("RESUME_OK of lane " + ok.lane() + " and revision " + ok.revision());
        }
        laneOpen = true;
        reconciliation.open(ok);
    }

    void on(Message.Reset reset) {
        if (!resumed || laneOpen) {
            throw new ProtocolException("RESET when no token was offered");
        }
        tokens.voided();
        if (reset.reason() == Message.Reset.Reason.REAPED) {
            reconciliation.offerSurplus();
        }
        host.changed(session);
    }

    void on(Message.Chunk chunk) {
        if (!laneOpen || chunk.lane() != LANE) {
            throw new ProtocolException("CHUNK on lane " + chunk.lane() + ", which is not open");
        }
        tokens.filtered(chunk.tags());
        credit.received(chunk.length());
        for (Message.Entry entry : chunk.entries()) {
            staging.add(entry.key(), entry.delta());
        }
        staging.endFrame(chunk.length());
        if (staging.bytes() > host.config().stagingBytesMax()) {
            throw new ProtocolException(
                    FaultCode.LIMIT,
                    "a unit of more than " + host.config().stagingBytesMax()
                            + " bytes (staging_bytes_max) cannot be staged");
        }
        if (host.ablation().has(Ablation.Switch.PROGRESSIVE)) {
            application.applyEarly();
        }
        grant();
    }

    private void grant() {
        long total = credit.toGrant(staging.putAway());
        if (total > 0) {
            session.send(new Message.Credit(LANE, total));
        }
    }

    void on(Message.Cut cut) {
        if (!laneOpen || cut.backfillLane() != 0 || cut.revision() > queries.revision()) {
            throw new ProtocolException("CUT of lane " + cut.backfillLane() + " and revision " + cut.revision());
        }
        if (held.isOpen()) {
            throw new ProtocolException("CUT while HELD is unanswered");
        }
        if (reconciliation.isOpen()) {
            throw new ProtocolException("CUT while RECON is under way");
        }
        application.on(cut);
    }

    void on(Message.Recon step) {
        reconciliation.on(step);
    }

    void on(Message.Held question) {
        if (!laneOpen || application.isBusy()) {
            throw new ProtocolException("HELD before RESUME_OK or before the CUT was answered");
        }
        held.on(question);
    }

    /** Something was put away: a CUT that waited for it can be applied, and there is room for more. */
    private void settled() {
        if (!closed) {
            grant();
            application.settled();
            held.settled();
        }
    }

    // ---- what happens here

    /** A commit was published: evicted documents must be forgotten by the supplier too. */
    void onCommit(Commit commit) {
        if (!commit.evicts() || !(resuming || resumed)) {
            return;
        }
        List<DocumentKey> evicted = new ArrayList<>();
        for (Touch touch : commit.touched()) {
            if (touch.evicted()) {
                evicted.add(touch.key());
            }
        }
        if (!evicted.isEmpty()) {
            forgetting.add(evicted, commit.id());
            tokens.evicted();
            forget();
        }
    }

    private void forget() {
        if (resumed && !host.ablation().has(Ablation.Switch.NOFORGET)) {
            for (Message.Forget message = forgetting.next(); message != null; message = forgetting.next()) {
                session.send(message);
            }
        }
    }

    private void scratchFailed(Throwable failure) {
        if (!closed) {
            session.event(() ->
                    session.fail(FaultCode.BUSY, "the scratch storage cannot be written: " + failure.getMessage()));
        }
    }

    void close() {
        closed = true;
        tokens.close();
        held.close();
        reconciliation.close();
        application.close();
    }

    // ---- for the status rows

    /** The supplier's commit up to which the query is complete, or a negative number. */
    long completeUpTo(SubscriptionQuery query) {
        ResumeToken now = tokens.current();
        return now != null && now.complete().contains(QueryKey.of(query)) ? now.commit() : -1;
    }

    /** Milliseconds since 1970 when the last unit with content was applied in this session; 0 for never. */
    long lastContentWallMs() {
        return application.lastContentWallMs();
    }
}
