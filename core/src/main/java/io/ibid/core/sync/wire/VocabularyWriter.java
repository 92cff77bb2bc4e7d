package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.CellCodec;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Path;

/**
 * What the writing end of one stream (a lane, or the messages between them) has named so far. Each stream has its own, since an
 * entry is written long before the end that completes it is sent, and other lanes' frames may come in between.
 */
final class VocabularyWriter {
    private final Ring<Actor> actors = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<String> collections = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<Path> paths = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<DocumentKey> documents = new Ring<>(Limits.DOCUMENTS_MAX);
    private final Ring<Named> named = new Ring<>(Limits.DOCUMENTS_MAX);
    private final long firstHlc;
    private long previousHlc;
    private long previousFloor;
    private boolean empty = true;

    VocabularyWriter(long firstHlc) {
        this.firstHlc = firstHlc;
        this.previousHlc = firstHlc;
        this.previousFloor = firstHlc;
    }

    void clear() {
        actors.clear();
        collections.clear();
        paths.clear();
        documents.clear();
        named.clear();
        previousHlc = firstHlc;
        previousFloor = firstHlc;
        empty = true;
    }

    boolean isEmpty() {
        return empty;
    }

    /** A time as its distance to the one before in the stream. */
    void hlc(ByteWriter out, long hlc) {
        out.zigzag(hlc - previousHlc);
        previousHlc = hlc;
    }

    /** A time of a floor. These have a row of their own, as floors are old and events are new. */
    void floor(ByteWriter out, long hlc) {
        out.zigzag(hlc - previousFloor);
        previousFloor = hlc;
    }

    void actor(ByteWriter out, Actor actor) {
        out.varint(actorNumber(actor));
        newActor(out, actor);
    }

    /** The actor's number, 0 when it has none yet: then {@link #newActor} must follow. */
    int actorNumber(Actor actor) {
        return actors.numberOf(actor);
    }

    /** Spells the actor out if it has no number, and gives it one. */
    void newActor(ByteWriter out, Actor actor) {
        if (actors.numberOf(actor) == 0) {
            out.fixed64(actor.high()).fixed64(actor.low());
            actors.add(actor, true);
            empty = false;
        }
    }

    void dot(ByteWriter out, Dot dot) {
        actor(out, dot.actor());
        hlc(out, dot.hlc());
    }

    void vector(ByteWriter out, VersionVector vector) {
        out.varint(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            actor(out, vector.actor(i));
            hlc(out, vector.hlc(i));
        }
    }

    void collection(ByteWriter out, String collection) {
        int number = collections.numberOf(collection);
        out.varint(number);
        if (number == 0) {
            int start = out.size();
            out.text(collection);
            if (out.size() - start <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
                collections.add(collection, true);
                empty = false;
            }
        }
    }

    void path(ByteWriter out, Path path) {
        int number = paths.numberOf(path);
        out.varint(number);
        if (number == 0) {
            int start = out.size();
            CellCodec.writePath(out, path);
            if (out.size() - start <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
                paths.add(path, true);
                empty = false;
            }
        }
    }

    /** Names a document; what is returned may be remembered with it. */
    Named document(ByteWriter out, DocumentKey key) {
        int number = documents.numberOf(key);
        out.varint(number);
        if (number > 0) {
            return named.get(number);
        }
        collection(out, key.collection());
        byte[] id = key.id().bytes();
        out.blob(id);
        Named document = new Named(key);
        if (id.length <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
            documents.add(key, true);
            named.add(document, false);
            empty = false;
        }
        return document;
    }
}
