package io.ibid.core.store;

import io.ibid.core.storage.Cursor;
import io.ibid.core.value.ByteReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One walk over what the store may forget: tombstones whose time is over, evictions that every partner was told of, old parts of the
 * commit chain. It goes in steps, each a change of its own, so that writers come between; call {@link #step} until {@link #isDone}.
 *
 * <p>Why a tombstone may go at all, and what keeps it: docs/storage.md, "Forgetting". Holder of the writer turn.
 */
public final class Reaper {

    /**
     * What may be forgotten.
     *
     * @param tombstoneTtlMs how long a tombstone is kept, counted from the DELETE; negative: for ever
     * @param batchSize how many entries one step handles
     * @param chainCommitsKept of how many of the newest commits the chain is kept; older resume tokens cannot be checked
     */
    public record Rule(long tombstoneTtlMs, int batchSize, long chainCommitsKept) {
        public Rule {
            if (batchSize < 1) {
                throw new IllegalArgumentException("a batch of " + batchSize + " entries");
            }
        }
    }

    /** Whether all who must hear of a deletion have heard of it. */
    @FunctionalInterface
    public interface Guard {
        /** @param commit the commit of the tombstone here */
        boolean mayForget(String collection, long commit);
    }

    private static final long HOUR_MS = 3_600_000;

    private final Rule rule;
    private final Guard guard;
    private final ToLongFunction<Token> toldUpTo;
    private byte @Nullable [] nextTombstone = Keys.tombstonesFrom(0);
    private byte @Nullable [] nextEviction = {Keys.EVICTED};
    private long reaped;

    /** @param toldUpTo our own commit up to which the partner of a token was told of evictions */
    public Reaper(Rule rule, Guard guard, ToLongFunction<Token> toldUpTo) {
        this.rule = rule;
        this.guard = guard;
        this.toldUpTo = toldUpTo;
    }

    /** Whether the walk has reached the end. */
    public boolean isDone() {
        return nextTombstone == null && nextEviction == null;
    }

    /** How many tombstones it has forgotten so far. */
    public long reaped() {
        return reaped;
    }

    /** The next part. */
    public Change step(Head head) {
        Image image = head.image();
        Epochs epochs = new Epochs(head, image.identity().epoch());
        List<Change.Evict> tombstones = new ArrayList<>();
        List<DocumentKey> evictions = new ArrayList<>();
        if (nextTombstone != null) {
            nextTombstone = expired(head, image, nextTombstone, epochs, tombstones);
        } else if (nextEviction != null) {
            nextEviction = told(image, nextEviction, evictions);
        }
        reaped += tombstones.size();
        long chainFrom = Math.max(0, head.commitId() - rule.chainCommitsKept);
        boolean dropsChain = CommitChain.first(image.snapshot(), head.commitId()) + CommitChain.BLOCK <= chainFrom;
        return tombstones.isEmpty() && evictions.isEmpty() && !dropsChain
                ? Change.NOTHING
                : new Change.Reap(head.lastTime(), tombstones, evictions, chainFrom, head.effects(epochs.epoch));
    }

    /** Gives where the next step goes on; null at the end. */
    private byte @Nullable [] expired(
            Head head, Image image, byte[] from, Epochs epochs, List<Change.Evict> tombstones) {
        if (rule.tombstoneTtlMs < 0) {
            return null;
        }
        // A tombstone of an hour may be as young as the hour's end.
        long endHour = Math.floorDiv(head.wallMs() - rule.tombstoneTtlMs, HOUR_MS);
        if (endHour <= 0) {
            return null;
        }
        byte[] end = Keys.tombstonesFrom((int) Math.min(endHour, Integer.MAX_VALUE));
        try (Cursor cursor = image.snapshot().scan(from, end, false)) {
            for (int seen = 0; cursor.next(); seen++) {
                if (seen == rule.batchSize) {
                    return cursor.key();
                }
                DocumentKey key = image.documentKey(cursor.key(), 1 + Integer.BYTES);
                Record record = image.record(key);
                if (record == null || !record.isTombstone()) {
                    throw Corruption.of(cursor.key(), "there is no tombstone of it", null);
                }
                if (guard.mayForget(key.collection(), record.commit())) {
                    long own = record.vv().get(head.actor(epochs.epoch));
                    epochs.stub(own);
                    tombstones.add(new Change.Evict(key, own));
                }
            }
        }
        return null;
    }

    private byte @Nullable [] told(Image image, byte[] from, List<DocumentKey> evictions) {
        long told = Long.MAX_VALUE;
        for (Token token : image.tokens()) {
            told = Math.min(told, toldUpTo.applyAsLong(token));
        }
        try (Cursor cursor = image.snapshot().scan(from, Keys.after(new byte[] {Keys.EVICTED}), false)) {
            for (int seen = 0; cursor.next(); seen++) {
                if (seen == rule.batchSize) {
                    return cursor.key();
                }
                byte[] value = cursor.value();
                Eviction eviction = Corruption.read(cursor.key(), () -> Eviction.decode(new ByteReader(value)));
                if (eviction.commit() > 0 && eviction.commit() <= told && eviction.ownHlc() == 0) {
                    evictions.add(image.documentKey(cursor.key(), 1));
                }
            }
        }
        return null;
    }

    /** Counts the stubs that this step leaves; with too many of them the store goes on under a new actor. */
    private static final class Epochs {
        private final Head head;
        private long epoch;

        Epochs(Head head, long epoch) {
            this.head = head;
            this.epoch = epoch;
        }

        void stub(long ownHlc) {
            if (ownHlc != 0
                    && head.countsStub()
                    && epoch == head.image().identity().epoch()) {
                epoch++;
            }
        }
    }
}
