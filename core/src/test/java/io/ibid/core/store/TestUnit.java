package io.ibid.core.store;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Known;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A unit in memory, as a session would have staged it. */
final class TestUnit implements IncomingUnit {

    private final StoreId supplier;
    private final List<Staged> staged = new ArrayList<>();
    private final List<SidePut> sidePuts = new ArrayList<>();
    Reception reception = Reception.ALL;

    @Nullable
    DocumentKey forgotten;

    int breakAfter = Integer.MAX_VALUE;

    TestUnit(StoreId supplier) {
        this.supplier = supplier;
    }

    TestUnit add(DocumentKey key, Delta delta) {
        staged.add(new Staged(key, delta));
        return this;
    }

    void replace(DocumentKey key, Delta delta) {
        staged.removeIf(entry -> entry.key().equals(key));
        add(key, delta);
    }

    TestUnit token(String text) {
        sidePuts.add(SidePut.token(supplier, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return this;
    }

    /** Everything that changed at the supplier since its commit, as deltas for one who had everything then. */
    static TestUnit since(TestStore from, long commit) {
        TestUnit unit = new TestUnit(from.store.storeId());
        try (Published published = from.store.published();
                ChangeScan scan = published.changes(null, commit, null)) {
            for (ChangeEntry entry = scan.next(); entry != null; entry = scan.next()) {
                Record record = published.record(entry.key());
                if (record != null) {
                    unit.add(
                            entry.key(),
                            record.document().extract(commit == 0 ? Known.NOTHING : new Known.ByCommit(commit)));
                }
            }
        }
        return unit;
    }

    /** Gives the receiver all that the supplier has. */
    static long pull(TestStore to, TestStore from) {
        return pull(to, since(from, 0));
    }

    static long pull(TestStore to, TestUnit unit) {
        return to.write((Change) to.store.head().unit(unit));
    }

    @Override
    public StoreId supplier() {
        return supplier;
    }

    @Override
    public Deltas open() {
        Iterator<Staged> walk = staged.iterator();
        return new Deltas() {
            private int given;

            @Override
            public @Nullable Staged next() {
                if (given++ >= breakAfter) {
                    throw new IllegalStateException("staging is gone");
                }
                return walk.hasNext() ? walk.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Reception reception() {
        return reception;
    }

    @Override
    public boolean isForgottenUnseen(DocumentKey key) {
        return key.equals(forgotten);
    }

    @Override
    public List<SidePut> sidePuts() {
        return sidePuts;
    }
}
