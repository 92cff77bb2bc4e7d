package io.ibid.core.store;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks every table of a store and names what does not fit: entries that cannot be read, and tables that do not agree with each
 * other. Reads each entry about twice and keeps nothing in memory but what it found.
 *
 * <p>It cannot know what a value should be: bytes that changed and still make sense are for the storage's own checksums to find.
 */
public final class Check {

    /** How many findings are enough to say that a store is broken. */
    public static final int FINDINGS_MAX = 1000;

    private final Snapshot snapshot;
    private final List<Finding> findings = new ArrayList<>();

    private Check(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Checks a store.
     *
     * @return what is wrong, at most {@link #FINDINGS_MAX}; empty when nothing is
     * @throws IbidException {@code store/format} when it is no store of this version, and whatever the storage has to say about itself
     */
    public static List<Finding> run(Snapshot snapshot) {
        Check check = new Check(snapshot);
        if (Metadata.checkFormat(snapshot) && !PartCheck.isUnderWay(check, snapshot)) {
            check.all();
        }
        return check.findings;
    }

    private void all() {
        Image image;
        try {
            Names names = Names.load(snapshot);
            image = new Image(
                    snapshot,
                    names,
                    Metadata.head(snapshot),
                    Metadata.identity(snapshot),
                    0,
                    names.collections.size(),
                    // A wrong count of evictions must not hide the entries from the check.
                    Math.max(1, Metadata.evictions(snapshot)),
                    Recent.NONE,
                    IndexTable.load(snapshot),
                    Ablation.NONE);
        } catch (IbidException e) {
            // Without them no other entry can be understood.
            add("metadata", "M", String.valueOf(e.getMessage()));
            return;
        }
        unknownTables();
        BlobCheck blobs = new BlobCheck(this, image);
        table(Keys.ATTACHMENTS, "attachments", blobs::entry);
        DocumentCheck documents = new DocumentCheck(this, image, blobs);
        table(Keys.DOCUMENTS, "documents", documents::document);
        table(Keys.INDEX_ENTRIES, "index entries", new EntryCheck(this, image)::entry);
        IndexCheck index = new IndexCheck(this, image);
        table(Keys.CHANGES, "changes", index::change);
        table(Keys.EVICTED, "evicted", index::evicted);
        table(Keys.TOMBSTONES, "tombstones", index::tombstone);
        ChainCheck chain = new ChainCheck(this, image);
        table(Keys.CHAIN, "chain", chain::entry);
        chain.finish();
        PartnerCheck partners = new PartnerCheck(this, image);
        table(Keys.TOKENS, "tokens", partners::token);
        table(Keys.ACKNOWLEDGEMENTS, "acknowledgements", partners::acknowledgement);
        MetadataCheck metadata = new MetadataCheck(this, image);
        table(Keys.META, "metadata", metadata::entry);
        metadata.finish(documents.counts(), index.evictions());
    }

    private void unknownTables() {
        byte[] from = new byte[0];
        for (byte table : Keys.TABLES) {
            unknown(from, new byte[] {table});
            from = new byte[] {(byte) (table + 1)};
        }
        unknown(from, null);
    }

    private void unknown(byte[] from, byte @Nullable [] to) {
        try (Cursor cursor = snapshot.scan(from, to, false)) {
            if (cursor.next()) {
                add("unknown", cursor.key(), "no table has keys like this one");
            }
        }
    }

    private void table(byte letter, String name, BiConsumer<byte[], byte[]> entry) {
        byte[] prefix = {letter};
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next() && findings.size() < FINDINGS_MAX) {
                byte[] key = cursor.key();
                try {
                    entry.accept(key, cursor.value());
                } catch (IbidException | IllegalArgumentException e) {
                    add(name, key, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Notes the problem unless the condition holds. */
    void expect(boolean holds, String table, byte[] key, String problem) {
        if (!holds) {
            add(table, key, problem);
        }
    }

    void add(String table, byte[] key, String problem) {
        add(table, Corruption.name(key), problem);
    }

    private void add(String table, String key, String problem) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(table, key, problem));
        }
    }
}
