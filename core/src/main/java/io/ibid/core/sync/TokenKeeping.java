package io.ibid.core.sync;

import io.ibid.core.env.Logs;
import io.ibid.core.store.Published;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.Token;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.MalformedException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The resume token of one supplier during one session. It is written with the data it speaks of; a unit that changed nothing has none,
 * and its token waits for data to go with, or a minute: an older token is always valid. A query's first one is written at once. Loop only.
 */
final class TokenKeeping {
    private static final Logger log = Logs.of(TokenKeeping.class);

    private static final long SAVE_AFTER_MS = 60_000;

    private final SessionHost host;
    private final Partner supplier;
    private @Nullable ResumeToken current;
    private @Nullable ResumeToken unsaved;
    /** The supplier's filter as it has told us last. */
    private SortedMap<String, Long> tags = Message.NO_TAGS;

    private SortedSet<QueryKey> storedQueries = Collections.emptySortedSet();
    private boolean saveScheduled;
    private boolean closed;

    TokenKeeping(SessionHost host, Partner supplier) {
        this.host = host;
        this.supplier = supplier;
    }

    /** Where we stand; null for nowhere. */
    @Nullable
    ResumeToken current() {
        return current;
    }

    /** Begins with what an earlier session of this process has left, or with what the store has. */
    @Nullable
    ResumeToken load(Published published) {
        ResumeToken stored = stored(published);
        ResumeToken known = host.tokens().of(supplier.storeId());
        storedQueries = stored == null ? Collections.emptySortedSet() : stored.complete();
        current = known == null ? stored : known;
        tags = current == null ? Message.NO_TAGS : current.tags();
        return current;
    }

    private @Nullable ResumeToken stored(Published published) {
        Token stored = published.token(supplier.storeId());
        try {
            return stored == null ? null : ResumeToken.decode(stored.bytes());
        } catch (MalformedException e) {
            log.warn(
                    "the resume token for {} cannot be read, so everything is asked for again: {}",
                    supplier.peerKey(),
                    e.getMessage());
            return null;
        }
    }

    /** Kept on disk until the next unit replaces it; offered again it would be refused again. */
    void voided() {
        tags = Message.NO_TAGS;
        current = null;
        unsaved = null;
        host.tokens().remove(supplier.storeId());
    }

    /** From now on these queries are wanted, and no others. */
    void wanted(SortedSet<QueryKey> wanted) {
        current = current == null ? null : current.restrictedTo(wanted, nowMs());
    }

    /** Documents were evicted here: what was parked promises some that are gone. */
    void evicted() {
        current = current == null ? null : current.withoutParked();
    }

    /** The supplier tells what its filter is now. */
    void filtered(SortedMap<String, Long> changes) {
        tags = FilterTags.merged(tags, changes);
    }

    /**
     * The token once the unit of this CUT is applied.
     *
     * @param asOf our own commit up to which the supplier knows of evictions then
     */
    ResumeToken after(Message.Cut cut, long asOf, SortedSet<QueryKey> complete) {
        return current == null
                ? new ResumeToken(cut.commit(), cut.chain(), asOf, complete, tags, new TreeMap<>())
                : current.advanced(cut.commit(), cut.chain(), asOf, complete, tags, nowMs());
    }

    SidePut put(ResumeToken token) {
        return SidePut.token(supplier.storeId(), token.encode());
    }

    /** It was written with its unit. */
    void stored(ResumeToken token) {
        become(token);
        unsaved = null;
        storedQueries = token.complete();
    }

    /** Its unit changed nothing and was not written. */
    void postponed(ResumeToken token) {
        become(token);
        unsaved = token;
        if (token.commit() > 0 && !storedQueries.containsAll(token.complete())) {
            // Without it the next session would ask for everything that these queries select.
            save();
        } else if (!saveScheduled) {
            saveScheduled = true;
            host.env().timers().after(SAVE_AFTER_MS, this::saveLate);
        }
    }

    private void become(ResumeToken token) {
        current = token;
        host.tokens().put(supplier.storeId(), token);
    }

    private void saveLate() {
        saveScheduled = false;
        save();
    }

    private void save() {
        ResumeToken late = unsaved;
        if (!closed && late != null) {
            stored(late);
            List<SidePut> puts = List.of(put(late));
            host.writer().submit(head -> head.beside(puts), ignored -> {});
        }
    }

    private long nowMs() {
        return host.env().clock().wallMs();
    }

    void close() {
        closed = true;
    }
}
