package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Source;
import io.ibid.core.query.SystemTarget;
import io.ibid.core.query.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The store as it was behind one commit. What {@link Store#published} gives out is durable: nothing in it can be taken back by a
 * power cut. May be read by any number of threads at once. Counted: whoever acquires it closes it once, and the last one releases
 * the snapshot.
 */
public final class Published implements AutoCloseable {

    private final Image image;
    private final SystemRows systemRows;
    private final ConcurrentHashMap<String, Metadata.Count> counts = new ConcurrentHashMap<>(1);
    private final AtomicInteger holders = new AtomicInteger(1);

    Published(Image image, SystemRows systemRows) {
        this.image = image;
        this.systemRows = systemRows;
    }

    Image image() {
        if (holders.get() <= 0) {
            throw closed();
        }
        return image;
    }

    /** The newest commit in it, 0 for none. */
    public long commitId() {
        return image.head().commit();
    }

    public StoreId storeId() {
        return image.identity().storeId();
    }

    /** How many documents a collection has; looked up once, for who plans a statement asks every time. */
    Metadata.Count count(String collection) {
        Metadata.Count known = counts.get(collection);
        if (known == null) {
            known = image().count(collection);
            if (image().collection(collection) != 0) {
                counts.put(collection, known);
            }
        }
        return known;
    }

    /** What statements read. Its cursors hold this snapshot by themselves; the source does not. */
    public Source source(ReadSettings settings) {
        return snapshotSource(settings);
    }

    SnapshotSource snapshotSource(ReadSettings settings) {
        return new SnapshotSource(this, settings, systemRows);
    }

    SystemTarget system() {
        return systemRows;
    }

    /** What a read-only transaction gets: every mutation is refused with {@code store/transaction-read-only}. */
    public Target readOnlyTarget(ReadSettings settings) {
        return new ReadOnlyTarget(source(settings));
    }

    /** What the store has of a document, tombstone or not; null for nothing. */
    public @Nullable Record record(DocumentKey key) {
        return image().record(key);
    }

    /** Walks all documents of a collection, tombstones included. */
    public RecordScan records(String collection) {
        return new RecordScan(this, collection);
    }

    /**
     * Walks the changes of some collections from a position on, each document once, at its newest change.
     *
     * @param collections null: all that do not begin with two underscores
     * @param afterDocument the last document of {@code afterCommit} that is behind the position; null: all of them are
     */
    public ChangeScan changes(
            @Nullable SortedSet<String> collections, long afterCommit, @Nullable DocumentKey afterDocument) {
        return image().changes(collections, afterCommit, afterDocument);
    }

    /**
     * The documents evicted after a commit, oldest first, those that have come back included. Reads the whole table of evictions.
     *
     * @param max how many at most; where there are more, any of them
     */
    public List<DocumentKey> evictedAfter(long commit, int max) {
        return image().evictedAfter(commit, max);
    }

    /**
     * The first four bytes of the commit chain at a commit, big-endian; 0 for commit 0, empty for a commit that is not ours or whose
     * part of the chain was dropped.
     */
    public OptionalInt chainTail(long commit) {
        return image().chainTail(commit);
    }

    /** The newest commit of a tombstone of these collections that was reaped, 0 for none; null: all user collections. */
    public long reapedCommit(@Nullable SortedSet<String> collections) {
        long newest = 0;
        for (String name : image().existing(collections)) {
            newest = Math.max(newest, Metadata.reaped(image.snapshot(), image.collection(name)));
        }
        return newest;
    }

    /** The resume token for a supplier, or null. */
    public @Nullable Token token(StoreId supplier) {
        return image().token(supplier);
    }

    /** The documents of which a partner has shown an older version and has not acknowledged ours since, at most so many. */
    public List<DocumentKey> owed(StoreId partner, int max) {
        return image().echoes(partner, max);
    }

    /** Whether a document has a token of this content, be it in a value that is not shown. */
    public boolean isReferenced(AttachmentId id) {
        return !references(id, 1).isEmpty();
    }

    /** Whether this document has a token of this content. */
    public boolean refersTo(DocumentKey key, AttachmentId id) {
        return References.of(record(key)).contains(id);
    }

    /** Documents with a token of this content, at most so many. */
    public List<DocumentKey> references(AttachmentId id, int max) {
        return References.of(image(), id, max);
    }

    /** What is known of the partners so far, by device key. */
    public List<Acknowledgement> acknowledgements() {
        return image().acknowledgements();
    }

    /** The names of all collections that were ever written to, in the order of their first use. */
    public List<String> collections() {
        List<String> collections = new ArrayList<>();
        for (int number = 1; number <= image().collections(); number++) {
            collections.add(image.names().collections.name(number));
        }
        return collections;
    }

    /** One more holder; it closes what it gets. Only for those who know that it is open. */
    public Published acquire() {
        if (!tryAcquire()) {
            throw closed();
        }
        return this;
    }

    boolean tryAcquire() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holders.get();
        }
        return false;
    }

    private IbidException closed() {
        return new IbidException(ErrorCode.STORE_CLOSED, "The snapshot of commit " + commitId() + " is closed");
    }

    @Override
    public void close() {
        int left = holders.decrementAndGet();
        if (left < 0) {
            throw new AssertionError("the snapshot of commit " + commitId() + " was closed more often than acquired");
        }
        if (left == 0) {
            image.snapshot().close();
        }
    }
}
