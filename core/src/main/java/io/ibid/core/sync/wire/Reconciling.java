package io.ibid.core.sync.wire;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.reconcile.Range;
import java.util.List;

/**
 * The steps by which two peers find out what a query of the receiver selects at the supplier and not, or not at the same version, at the
 * receiver. In turns, the receiver first. Immutable.
 */
public sealed interface Reconciling {

    /** Ranges and their items in one message. */
    int RANGES_MAX = 20_000;

    /** Documents of one WANT. */
    int WANTED_MAX = 10_000;

    /** Receiver: what it has comes to this; {@link Fingerprint#EMPTY}: send all there is. */
    record Open(Fingerprint fingerprint) implements Reconciling {}

    /** Supplier: it comes to the same here. The end. */
    record Equal() implements Reconciling {}

    /** Supplier: what it has, by ranges; none: there is nothing more to say. */
    record Ranges(List<Range> ranges) implements Reconciling {
        public Ranges {
            ranges = List.copyOf(ranges);
        }
    }

    /** Receiver: what it has in the ranges that are not settled. */
    record Replies(List<Range> ranges) implements Reconciling {
        public Replies {
            ranges = List.copyOf(ranges);
        }
    }

    /** Receiver: these documents shall come. The last one is the end. */
    record Want(List<Wanted> documents, boolean isLast) implements Reconciling {
        public Want {
            documents = List.copyOf(documents);
        }
    }

    /**
     * @param hash of the name
     * @param vector what the receiver has of it; empty: nothing
     */
    record Wanted(long hash, VersionVector vector) {}

    /** Receiver: it is not worth it, all that the query selects shall come. The end. */
    record Plain() implements Reconciling {}

    /** Supplier: it does not compare, all that the query selects will come. The end. */
    record Declined() implements Reconciling {}
}
