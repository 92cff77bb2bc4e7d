package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;

/**
 * The rule of no amnesia. An entry of a version vector says "all events of this actor up to then", so an actor may only write a
 * document while its copy has all events that the actor has ever issued on it. One that has forgotten some (by EVICT, by dropping
 * the tombstone) and writes again would make every other replica drop them. It must write under a new actor instead.
 *
 * <p>A store therefore leaves a stub when it forgets a document: the time of its own latest event on it.
 */
public final class Authorship {

    private Authorship() {}

    /** The stub to leave when the document is forgotten; 0 when the actor has no event on it and none is needed. */
    public static long stub(Document document, Actor actor) {
        return document.vv().get(actor);
    }

    /**
     * Whether the store must take its next epoch, hence a new actor, before it writes the document. INITIAL documents are exempt:
     * their event is the same whoever writes it.
     *
     * @param stubHlc the stub that was left when the document was forgotten, 0 when there is none
     */
    public static boolean needsNewEpoch(Document document, Actor actor, long stubHlc, Ablation ablation) {
        return !isObsolete(document, actor, stubHlc) && !ablation.has(Ablation.Switch.AMNESIA);
    }

    /** Whether the document has come back with everything that the stub stands for, so that the stub can go. */
    public static boolean isObsolete(Document document, Actor actor, long stubHlc) {
        return Long.compareUnsigned(document.vv().get(actor), stubHlc) >= 0;
    }
}
