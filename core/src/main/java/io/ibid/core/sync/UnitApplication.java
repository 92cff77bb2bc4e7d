package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Decided;
import io.ibid.core.store.IncomingUnit;
import io.ibid.core.store.Need;
import io.ibid.core.store.Published;
import io.ibid.core.store.SidePut;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CUT asks for: all that is staged becomes one commit, with the token that says where we stand then, and the supplier gets its
 * answer. Once: ACK when the commit is durable, or NEED when deltas do not fit what is here. Then nothing was applied; the named
 * documents are dropped from the stage and come again before the next CUT. Loop only.
 */
final class UnitApplication {
    private final SessionHost host;
    private final Session session;
    private final Partner partner;
    private final Staging staging;
    private final OwnQueries queries;
    private final Forgetting forgetting;
    private final TokenKeeping tokens;

    private boolean applying;
    private boolean answeredEarly;
    private boolean closed;
    private Message.@Nullable Cut cut;
    private List<Segment> segments = List.of();
    private final Refused refused = new Refused();
    private long lastContentWallMs;

    UnitApplication(
            SessionHost host,
            Session session,
            Partner partner,
            Staging staging,
            OwnQueries queries,
            Forgetting forgetting,
            TokenKeeping tokens) {
        this.host = host;
        this.session = session;
        this.partner = partner;
        this.staging = staging;
        this.queries = queries;
        this.forgetting = forgetting;
        this.tokens = tokens;
    }

    void on(Message.Cut newCut) {
        if (cut != null) {
            throw new ProtocolException(
                    "CUT of " + newCut.commit() + " before the one of " + cut.commit() + " was answered");
        }
        ResumeToken from = tokens.current();
        if (from != null && newCut.commit() < from.commit()) {
            throw new ProtocolException("CUT of " + newCut.commit() + " after " + from.commit());
        }
        tokens.filtered(newCut.tags());
        cut = newCut;
        segments = staging.seal();
        settled();
    }

    /** Whether a CUT is unanswered. */
    boolean isBusy() {
        return cut != null;
    }

    /** Something was put away: a CUT that waited for it can be applied. */
    void settled() {
        Message.Cut waiting = cut;
        if (waiting != null && !applying && staging.isSettled()) {
            apply(waiting);
        }
    }

    private void apply(Message.Cut closing) {
        ResumeToken next = next(closing);
        if (segments.isEmpty()) {
            // Everything before was acknowledged as durable, and this adds nothing.
            tokens.postponed(next);
            answer(closing);
            return;
        }
        StagedUnit unit = unit(closing.forgetSeen(), List.of(tokens.put(next)));
        applying = true;
        ablated(closing, unit);
        int staged = segments.size();
        List<Message.Wanted> behind = new ArrayList<>();
        host.writer().submit(head -> unit.decide(head, behind), decided -> {
            applying = false;
            if (closed) {
                staging.close();
                if (decided instanceof Decided.Committed) {
                    tokens.stored(next);
                }
            } else {
                session.event(() -> {
                    session.owe(behind);
                    decided(closing, next, decided, staged);
                });
            }
        });
    }

    /** The token once the unit of this CUT is applied. */
    private ResumeToken next(Message.Cut closing) {
        try (Published published = host.published()) {
            long asOf = forgetting.knownUpTo(closing.forgetSeen(), published.commitId());
            return tokens.after(closing, asOf, queries.of(closing.revision()));
        }
    }

    private StagedUnit unit(long forgetSeen, List<SidePut> sidePuts) {
        return new StagedUnit(
                host.scratch().storage(),
                partner,
                host.access(),
                new OwnReception(host.config().isServer(), host.wanted()),
                segments,
                refused.segments(),
                forgetting.numbers(),
                forgetSeen,
                sidePuts);
    }

    private void decided(Message.Cut closing, ResumeToken next, Decided decided, int staged) {
        switch (decided) {
            case Decided.Committed committed -> {
                lastContentWallMs = host.env().clock().wallMs();
                tokens.stored(next);
                applied(closing);
            }
            case Decided.NothingToDo nothing -> {
                tokens.postponed(next);
                applied(closing);
            }
            case Decided.Needed needed when answeredEarly -> applied(closing);
            case Decided.Needed needed -> need(needed.need(), staged);
            case Decided.Failed failed ->
                session.fail(
                        FaultCode.BUSY,
                        "the unit up to commit " + closing.commit() + " cannot be applied: "
                                + failed.cause().getMessage());
        }
    }

    private void applied(Message.Cut closing) {
        staging.discard();
        refused.clear();
        answer(closing);
    }

    private void answer(Message.Cut closing) {
        cut = null;
        forgetting.seen(closing.forgetSeen());
        queries.forgetRevisionsBefore(closing.revision());
        if (!answeredEarly) {
            session.send(new Message.Ack(closing.commit()));
        }
        answeredEarly = false;
        host.changed(session);
    }

    private void need(Need need, int staged) {
        cut = null;
        session.send(refused.add(need, staged));
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

    /** Ablation PROGRESSIVE: chunks become visible as they come. */
    void applyEarly() {
        if (!applying) {
            segments = staging.seal();
            StagedUnit unit = unit(Long.MAX_VALUE, List.of());
            applying = true;
            host.writer().submit(head -> head.unit(unit), decided -> {
                applying = false;
                staging.discard();
                session.event(this::settled);
            });
        }
    }

    /** Milliseconds since 1970 when the last unit with content was applied; 0 for never. */
    long lastContentWallMs() {
        return lastContentWallMs;
    }

    /** The session is over. */
    void close() {
        closed = true;
        if (!applying) {
            staging.close();
        }
    }
}
