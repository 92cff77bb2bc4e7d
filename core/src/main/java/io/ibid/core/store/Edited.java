package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Document;
import org.jspecify.annotations.Nullable;

/**
 * What deciding has worked out about a document, to spare apply the same work: good only on exactly the state that was decided on.
 *
 * @param version the state, {@link Image#version}
 * @param base the record before, null for none
 * @param document the document behind it; not changed any more
 * @param encoded the record behind it
 */
public record Edited(long version, @Nullable Record base, Document document, Encoded encoded) {

    boolean fits(Image image) {
        return version == image.version();
    }

    /** Whether the encoding uses only numbers of actors that the store knew then; the others were guesses. */
    boolean isEncodedFor(int knownActors) {
        return encoded.greatestActor() <= knownActors;
    }

    /** The time up to which the result has the events of an actor. */
    long ownHlc(Actor actor) {
        return document.vv().get(actor);
    }
}
