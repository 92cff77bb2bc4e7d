package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.Published;
import io.ibid.core.sync.wire.Message;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Whether a partner may go on where its resume token says. Stateless. */
final class Resumption {

    private Resumption() {}

    /** Why not; null when it may, or has no token. */
    static Message.Reset.@Nullable Reason refusal(
            Message.Resume resume, Interest interest, Published published, Ablation ablation) {
        if (resume.commit() == 0) {
            return null;
        }
        if (!resume.storeId().equals(published.storeId())) {
            return Message.Reset.Reason.STORE;
        }
        if (resume.commit() > published.commitId()) {
            return Message.Reset.Reason.AHEAD;
        }
        if (resume.commit() < published.reapedCommit(interest.collections())) {
            // Tombstones that the partner may lack are gone.
            return Message.Reset.Reason.REAPED;
        }
        OptionalInt chain = published.chainTail(resume.commit());
        if (chain.isEmpty()) {
            return Message.Reset.Reason.OLD;
        }
        return chain.getAsInt() == resume.chain() || ablation.has(Ablation.Switch.NOCHAIN)
                ? null
                : Message.Reset.Reason.CHAIN;
    }

    /** Whether the partner has seen a history of this store that the store does not have: it was restored, or copied. */
    static boolean provesRestore(Message.Reset.Reason reason) {
        return reason == Message.Reset.Reason.CHAIN || reason == Message.Reset.Reason.AHEAD;
    }
}
