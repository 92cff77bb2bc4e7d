package io.ibid.core.sync;

import io.ibid.core.storage.Storage;
import io.ibid.core.store.Change;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Head;
import io.ibid.core.store.IncomingUnit;
import io.ibid.core.store.Proposal;
import io.ibid.core.store.Reception;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.StoreId;
import io.ibid.core.sync.wire.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The unit that one CUT closed, for the holder of the writer turn: the staged segments without the documents that will come again, and
 * without what the partner may not change. Immutable; everything that the loop may change meanwhile was copied.
 */
final class StagedUnit implements IncomingUnit {
    private static final int BEHIND_MAX = 10_000;

    private final Storage scratch;
    private final Partner partner;
    private final Access access;
    private final Reception reception;
    private final List<Segment> segments;
    private final SortedMap<DocumentKey, Integer> refused;
    private final SortedMap<DocumentKey, Long> forgotten;
    private final long forgetSeen;
    private final List<SidePut> sidePuts;

    /**
     * @param refused per document the number of leading segments in which its entries do not count, because they were NEEDed since
     * @param forgotten the FORGET that told the supplier of each document's eviction
     * @param forgetSeen the last FORGET that the supplier knew of
     */
    StagedUnit(
            Storage scratch,
            Partner partner,
            Access access,
            Reception reception,
            List<Segment> segments,
            SortedMap<DocumentKey, Integer> refused,
            SortedMap<DocumentKey, Long> forgotten,
            long forgetSeen,
            List<SidePut> sidePuts) {
        this.scratch = scratch;
        this.partner = partner;
        this.access = access;
        this.reception = reception;
        this.segments = List.copyOf(segments);
        this.refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        this.forgotten = Collections.unmodifiableSortedMap(new TreeMap<>(forgotten));
        this.forgetSeen = forgetSeen;
        this.sidePuts = List.copyOf(sidePuts);
    }

    @Override
    public StoreId supplier() {
        return partner.storeId();
    }

    @Override
    public Reception reception() {
        return reception;
    }

    @Override
    public boolean isForgottenUnseen(DocumentKey key) {
        return forgotten.getOrDefault(key, 0L) > forgetSeen;
    }

    @Override
    public List<SidePut> sidePuts() {
        return sidePuts;
    }

    @Override
    public Deltas open() {
        return new Walk(false);
    }

    /**
     * As holder of the turn. When nothing in the unit is new there is no commit that could tell which of its documents the supplier is
     * behind on; they are collected here.
     */
    Proposal decide(Head head, List<Message.Wanted> behind) {
        Proposal proposal = head.unit(this);
        if (proposal instanceof Change change && !change.makesCommit()) {
            try (Deltas deltas = open()) {
                for (Staged staged = deltas.next(); staged != null; staged = deltas.next()) {
                    if (!head.vv(staged.key()).isAtMost(staged.delta().vv()) && behind.size() < BEHIND_MAX) {
                        behind.add(
                                new Message.Wanted(staged.key(), staged.delta().vv()));
                    }
                }
            }
            if (!behind.isEmpty()) {
                return head.owe(
                        supplier(), behind.stream().map(Message.Wanted::key).toList());
            }
        }
        return proposal;
    }

    /** Ablation HALFUNIT: every other entry, without the token. */
    IncomingUnit half() {
        StagedUnit whole = this;
        return new IncomingUnit() {
            @Override
            public StoreId supplier() {
                return whole.supplier();
            }

            @Override
            public Deltas open() {
                return whole.new Walk(true);
            }

            @Override
            public List<SidePut> sidePuts() {
                return List.of();
            }
        };
    }

    private final class Walk implements Deltas {
        private final List<Segment.Walk> opened = new ArrayList<>();
        private final boolean skipsHalf;
        private int at = -1;
        private boolean skipped;

        private Walk(boolean skipsHalf) {
            this.skipsHalf = skipsHalf;
        }

        @Override
        public @Nullable Staged next() {
            while (at < segments.size()) {
                Staged staged = at < 0 ? null : opened.get(at).next();
                if (staged == null) {
                    at++;
                    if (at < segments.size()) {
                        opened.add(segments.get(at).walk(scratch));
                    }
                } else if (at >= refused.getOrDefault(staged.key(), 0) && access.mayWrite(partner, staged.key())) {
                    skipped = skipsHalf && !skipped;
                    if (!skipped) {
                        return staged;
                    }
                }
            }
            return null;
        }

        @Override
        public void close() {
            opened.forEach(Segment.Walk::close);
        }
    }
}
