package io.ibid.core.store;

import io.ibid.core.crdt.Document;
import org.jspecify.annotations.Nullable;

/**
 * What deciding has worked out about a document, to spare apply the same work: good only on exactly the state that was decided on.
 *
 * @param image the state, with the actors' numbers that deciding has guessed
 * @param base the record before, null for none
 * @param encoded the record behind it
 */
record Edited(DocumentKey key, Image image, @Nullable Record base, Encoded encoded) {

    boolean fits(Image now) {
        return image.version() == now.version();
    }

    /** Whether the encoding uses only numbers of actors that the store knew then; the others were guesses. */
    boolean isEncodedFor(int knownActors) {
        return encoded.greatestActor() <= knownActors;
    }

    Record record() {
        return Record.pending(image, key, encoded);
    }

    Document document() {
        return record().document();
    }
}
