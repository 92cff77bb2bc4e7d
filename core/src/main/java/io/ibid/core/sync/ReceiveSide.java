package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.Change;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Head;
import io.ibid.core.store.IncomingUnit;
import io.ibid.core.store.Need;
import io.ibid.core.store.Proposal;
import io.ibid.core.store.Published;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.Token;
import io.ibid.core.store.Touch;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Limits;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import io.ibid.core.value.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One direction of a session, seen from the end that wants the changes. It says what it wants and where it stands, stages what comes,
 * and at each CUT applies all of it in one commit, together with the token that says where it stands now. So readers see either nothing of
 * a unit or all of it, and after any failure the token is exactly what the data is.
 *
 * <p>A CUT is answered once: by ACK when the commit is durable, or by NEED when deltas do not fit what is here. Then nothing was
 * applied; the named documents are dropped from the stage and come again before the next CUT.
 */
final class ReceiveSide {
    private static final Logger log = LoggerFactory.getLogger(ReceiveSide.class);

    private static final int LANE = 0;
    private static final long TOKEN_AFTER_MS = 60_000;
    private static final int FORGET_DOCUMENTS_MAX = 10_000;
    private static final int BEHIND_MAX = 10_000;
    private static final long INITIAL_CREDIT_BYTES = 64 << 10;

    private final SessionHost host;
    private final Session session;
    private final Partner partner;
    private final Staging staging;
    private final OwnQueries queries;
    private final Forgetting forgetting = new Forgetting();

    private @Nullable ResumeToken token;
    private @Nullable ResumeToken unsaved;
    private boolean saveScheduled;
    private boolean resuming;
    private boolean resumed;
    private boolean laneOpen;
    private boolean applying;
    private boolean answeredEarly;
    private boolean closed;
    private long granted = INITIAL_CREDIT_BYTES;
    private long received;
    private Message.@Nullable Cut cut;
    private List<Segment> unitSegments = List.of();
    private final TreeMap<DocumentKey, Integer> refused = new TreeMap<>();
    private long lastContentWallMs;

    ReceiveSide(SessionHost host, Session session, Partner partner) {
        this.host = host;
        this.session = session;
        this.partner = partner;
        this.queries = new OwnQueries(host.config().isServer());
        this.staging = new Staging(
                host.scratch(),
                host.config().stagedBytesInMemoryMax(),
                () -> session.event(this::settled),
                this::scratchFailed);
    }

    // ---- beginning

    /** Reads the token and what was evicted since, off the loop since that is a scan, then says where we stand. */
    void start() {
        resuming = true;
        Published published = host.published();
        token = storedToken(published);
        ResumeToken found = token;
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

    private @Nullable ResumeToken storedToken(Published published) {
        Token stored = published.token(partner.storeId());
        try {
            return stored == null ? null : ResumeToken.decode(stored.bytes());
        } catch (MalformedException e) {
            log.warn(
                    "the resume token for {} cannot be read, so everything is asked for again: {}",
                    partner.peerKey(),
                    e.getMessage());
            return null;
        }
    }

    private void resume(List<DocumentKey> evicted, @Nullable Throwable failure) {
        if (failure != null) {
            session.fail(FaultCode.BUSY, "the store cannot be read: " + failure.getMessage());
            return;
        }
        resuming = false;
        resumed = true;
        if (evicted.size() > FORGET_DOCUMENTS_MAX) {
            token = null;
        } else if (!evicted.isEmpty() && token != null) {
            token = token.withoutParked();
        }
        session.send(queries.update(host.wanted(), token));
        ResumeToken from = token;
        if (from == null || from.commit() == 0) {
            session.send(new Message.Resume(partner.storeId(), 0, 0, List.of(), Message.NO_TAGS, List.of()));
        } else {
            List<DocumentKey> forgotten =
                    host.ablation().has(Ablation.Switch.NOFORGET) || token == null ? List.of() : evicted;
            int fit = Forgetting.fitting(forgotten);
            session.send(new Message.Resume(
                    partner.storeId(),
                    from.commit(),
                    from.chain(),
                    queries.idsOf(from.complete()),
                    Message.NO_TAGS,
                    forgotten.subList(0, fit)));
            forgetting.add(forgotten.subList(fit, forgotten.size()));
        }
        forget();
        host.changed(session);
    }

    /** The set of subscriptions has changed. */
    void wantedChanged() {
        if (resumed) {
            Message.Subs subs = queries.update(host.wanted(), token);
            if (!subs.added().isEmpty() || !subs.removed().isEmpty()) {
                session.send(subs);
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
    }

    void on(Message.Reset reset) {
        if (!resumed || laneOpen) {
            throw new ProtocolException("RESET when no token was offered");
        }
        // Kept on disk until the next unit replaces it; offered again, it would be refused again.
        token = null;
        unsaved = null;
        host.changed(session);
    }

    void on(Message.Chunk chunk) {
        if (!laneOpen || chunk.lane() != LANE) {
            throw new ProtocolException("CHUNK on lane " + chunk.lane() + ", which is not open");
        }
        received += chunk.length();
        if (received > granted) {
            throw new ProtocolException(
                    FaultCode.CREDIT, "CHUNK up to byte " + received + "; " + granted + " were granted");
        }
        for (Message.Entry entry : chunk.entries()) {
            staging.add(entry.key(), entry.delta());
        }
        staging.endFrame(chunk.length());
        if (staging.bytes() > host.config().unitBytesMax()) {
            throw new ProtocolException(
                    FaultCode.LIMIT,
                    "a unit of more than " + host.config().unitBytesMax()
                            + " bytes (unit_bytes_max) cannot be applied");
        }
        if (host.ablation().has(Ablation.Switch.PROGRESSIVE)) {
            applyEarly();
        }
        grant();
    }

    /** Ablation: chunks become visible as they come. */
    private void applyEarly() {
        if (!applying) {
            StagedUnit unit = unit(staging.seal(), Long.MAX_VALUE, List.of());
            applying = true;
            host.writer().submit(head -> head.unit(unit), decided -> {
                applying = false;
                staging.discard();
                session.event(this::settled);
            });
        }
    }

    private void grant() {
        long window = host.config().creditBytes();
        if (granted - received < window / 2) {
            long total = staging.putAway() + window;
            if (total > granted + window / 4) {
                granted = total;
                session.send(new Message.Credit(LANE, total));
            }
        }
    }

    void on(Message.Cut newCut) {
        if (cut != null) {
            throw new ProtocolException(
                    "CUT of " + newCut.commit() + " before the one of " + cut.commit() + " was answered");
        }
        if (!laneOpen || newCut.backfillLane() != 0 || newCut.revision() > queries.revision()) {
            throw new ProtocolException("CUT of lane " + newCut.backfillLane() + " and revision " + newCut.revision());
        }
        ResumeToken from = token;
        if (from != null && newCut.commit() < from.commit()) {
            throw new ProtocolException("CUT of " + newCut.commit() + " after " + from.commit());
        }
        cut = newCut;
        unitSegments = staging.seal();
        settled();
    }

    /** Something was put away: a CUT that waited for it can be applied, and there is room for more. */
    private void settled() {
        if (closed) {
            return;
        }
        grant();
        Message.Cut waiting = cut;
        if (waiting != null && !applying && staging.isSettled()) {
            apply(waiting);
        }
    }

    // ---- applying

    private void apply(Message.Cut closing) {
        List<Segment> segments = unitSegments;
        ResumeToken next = next(closing);
        if (segments.isEmpty()) {
            // Everything before was acknowledged as durable, and this adds nothing.
            unsaved = next;
            saveLater();
            answer(closing, next);
            return;
        }
        StagedUnit unit =
                unit(segments, closing.forgetSeen(), List.of(SidePut.token(partner.storeId(), next.encode())));
        applying = true;
        ablated(closing, unit);
        int staged = segments.size();
        List<Message.Wanted> behind = new ArrayList<>();
        host.writer().submit(head -> decide(head, unit, behind), decided -> {
            applying = false;
            if (closed) {
                staging.close();
            } else {
                session.event(() -> {
                    session.owe(behind);
                    decided(closing, next, decided, staged);
                });
            }
        });
    }

    /**
     * As holder of the turn. When nothing in the unit is new there is no commit that could tell which of its documents the supplier is behind
     * on; they are collected here.
     */
    private static Proposal decide(Head head, StagedUnit unit, List<Message.Wanted> behind) {
        Proposal proposal = head.unit(unit);
        if (proposal instanceof Change change && !change.makesCommit()) {
            try (IncomingUnit.Deltas deltas = unit.open()) {
                for (IncomingUnit.Staged staged = deltas.next(); staged != null; staged = deltas.next()) {
                    if (!head.vv(staged.key()).isAtMost(staged.delta().vv()) && behind.size() < BEHIND_MAX) {
                        behind.add(
                                new Message.Wanted(staged.key(), staged.delta().vv()));
                    }
                }
            }
        }
        return proposal;
    }

    /** What the design does not do; the suite must notice. */
    private void ablated(Message.Cut closing, StagedUnit unit) {
        if (host.ablation().has(Ablation.Switch.EARLYACK)) {
            answeredEarly = true;
            session.send(new Message.Ack(closing.commit()));
        }
        if (host.ablation().has(Ablation.Switch.TOKENAHEAD)) {
            host.writer().submit(head -> head.beside(unit.sidePuts()), ignored -> {});
        }
        if (host.ablation().has(Ablation.Switch.HALFUNIT)) {
            IncomingUnit half = unit.half();
            host.writer().submit(head -> head.unit(half), ignored -> {});
        }
    }

    private StagedUnit unit(List<Segment> segments, long forgetSeen, List<SidePut> sidePuts) {
        return new StagedUnit(
                host.scratch().storage(),
                partner,
                host.access(),
                new OwnReception(host.config().isServer(), host.wanted()),
                segments,
                refused,
                forgetting.numbers(),
                forgetSeen,
                sidePuts);
    }

    private ResumeToken next(Message.Cut closing) {
        try (Published published = host.published()) {
            SortedSet<QueryKey> complete = queries.of(closing.revision());
            ResumeToken from = token;
            return from == null
                    ? new ResumeToken(
                            closing.commit(), closing.chain(), published.commitId(), complete, new TreeMap<>())
                    : from.advanced(closing.commit(), closing.chain(), published.commitId(), complete);
        }
    }

    private void decided(Message.Cut closing, ResumeToken next, Decided decided, int staged) {
        switch (decided) {
            case Decided.Committed committed -> {
                lastContentWallMs = host.env().clock().wallMs();
                unsaved = null;
                applied(closing, next);
            }
            case Decided.NothingToDo nothing -> {
                unsaved = next;
                saveLater();
                applied(closing, next);
            }
            case Decided.Needed needed when answeredEarly -> applied(closing, next);
            case Decided.Needed needed -> need(needed.need(), staged);
            case Decided.Failed failed ->
                session.fail(
                        FaultCode.BUSY,
                        "the unit up to commit " + closing.commit() + " cannot be applied: "
                                + failed.cause().getMessage());
        }
    }

    private void applied(Message.Cut closing, ResumeToken next) {
        staging.discard();
        refused.clear();
        answer(closing, next);
    }

    private void answer(Message.Cut closing, ResumeToken next) {
        token = next;
        cut = null;
        forgetting.seen(closing.forgetSeen());
        queries.forgetRevisionsBefore(closing.revision());
        if (!answeredEarly) {
            session.send(new Message.Ack(closing.commit()));
        }
        answeredEarly = false;
        host.changed(session);
        settled();
    }

    /** What does not fit into one message stays staged and is found again at the next CUT. */
    private void need(Need need, int staged) {
        cut = null;
        List<Message.Wanted> wanted = new ArrayList<>();
        int bytes = 0;
        for (Need.Document document : need.documents()) {
            bytes += document.key().collection().length() * 3
                    + document.key().id().bytes().length
                    + 26 * document.vector().size()
                    + 8;
            if (!wanted.isEmpty() && (bytes > Limits.LIST_BYTES_MAX || wanted.size() == Limits.LIST_ITEMS_MAX)) {
                break;
            }
            wanted.add(new Message.Wanted(document.key(), document.vector()));
            refused.put(document.key(), staged);
        }
        session.send(new Message.Need(wanted));
    }

    // ---- the token of units that changed nothing

    /** An older token is always valid, so this one can wait for data to go with. */
    private void saveLater() {
        if (!saveScheduled) {
            saveScheduled = true;
            host.env().timers().after(TOKEN_AFTER_MS, () -> {
                saveScheduled = false;
                ResumeToken late = unsaved;
                if (!closed && late != null && !applying) {
                    unsaved = null;
                    SidePut put = SidePut.token(partner.storeId(), late.encode());
                    host.writer().submit(head -> head.beside(List.of(put)), ignored -> {});
                }
            });
        }
    }

    // ---- what happens here

    /** A commit was published: evicted documents must be forgotten by the supplier too. */
    void onCommit(Commit commit) {
        if (commit.origin() != null || !(resuming || resumed)) {
            return;
        }
        List<DocumentKey> evicted = new ArrayList<>();
        for (Touch touch : commit.touched()) {
            if (touch.evicted()) {
                evicted.add(touch.key());
            }
        }
        if (!evicted.isEmpty()) {
            forgetting.add(evicted);
            if (token != null) {
                token = token.withoutParked();
            }
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
        if (!applying) {
            staging.close();
        }
    }

    // ---- for the status rows

    /** The supplier's commit up to which the query is complete, or a negative number. */
    long completeUpTo(SubscriptionQuery query) {
        ResumeToken now = token;
        return now != null && now.complete().contains(QueryKey.of(query)) ? now.commit() : -1;
    }

    /** Milliseconds since 1970 when the last unit with content was applied in this session; 0 for never. */
    long lastContentWallMs() {
        return lastContentWallMs;
    }

    SortedSet<QueryKey> complete() {
        return token == null ? new TreeSet<>() : token.complete();
    }
}
