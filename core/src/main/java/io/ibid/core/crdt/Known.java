package io.ibid.core.crdt;

/** What the receiver of an {@link Document#extract extraction} has already. */
public sealed interface Known {

    /** Nothing: the extraction is the whole document. */
    Known NOTHING = new ByVector(VersionVector.EMPTY);

    /** Every event in the vector. */
    record ByVector(VersionVector vector) implements Known {}

    /** Everything that this store had at its own commit. */
    record ByCommit(long commit) implements Known {}
}
