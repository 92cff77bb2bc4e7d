package io.ibid.core.store;

import io.ibid.core.crdt.VersionVector;
import java.util.List;

/** A unit was not applied, because these documents lack what its deltas build on. Immutable. */
public record Need(List<Document> documents) implements Proposal {

    public Need {
        documents = List.copyOf(documents);
    }

    /**
     * One document to be sent again.
     *
     * @param vector what this store has of it; empty: nothing, send it whole
     */
    public record Document(DocumentKey key, VersionVector vector) {}
}
