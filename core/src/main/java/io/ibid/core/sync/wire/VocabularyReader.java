package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.CellCodec;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;

/** The reading end's copy of a {@link VocabularyWriter}. */
final class VocabularyReader {
    private final Ring<Actor> actors = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<String> collections = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<Path> paths = new Ring<>(Limits.DICTIONARY_ITEMS_MAX);
    private final Ring<Named> documents = new Ring<>(Limits.DOCUMENTS_MAX);
    private final long firstHlc;
    private long previousHlc;
    private long previousFloor;

    VocabularyReader(long firstHlc) {
        this.firstHlc = firstHlc;
        this.previousHlc = firstHlc;
        this.previousFloor = firstHlc;
    }

    void clear() {
        actors.clear();
        collections.clear();
        paths.clear();
        documents.clear();
        previousHlc = firstHlc;
        previousFloor = firstHlc;
    }

    long hlc(ByteReader in) {
        previousHlc += in.zigzag();
        return previousHlc;
    }

    long floor(ByteReader in) {
        previousFloor += in.zigzag();
        return previousFloor;
    }

    Actor actor(ByteReader in) {
        return actor(in, in.varint());
    }

    Actor actor(ByteReader in, long number) {
        if (number != 0) {
            return actors.get(number);
        }
        Actor actor = new Actor(in.fixed64(), in.fixed64());
        actors.add(actor, false);
        return actor;
    }

    Dot dot(ByteReader in) {
        Actor actor = actor(in);
        return new Dot(hlc(in), actor);
    }

    VersionVector vector(ByteReader in) {
        int size = vectorSize(in, 2);
        if (size == 0) {
            return VersionVector.EMPTY;
        }
        Actor[] vectorActors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0; i < size; i++) {
            vectorActors[i] = actor(in);
            hlcs[i] = hlc(in);
        }
        return VersionVector.ofSorted(vectorActors, hlcs);
    }

    /** The number of entries of a vector, each of which takes at least so many bytes. */
    static int vectorSize(ByteReader in, int bytesPerEntryMin) {
        int size = in.count(bytesPerEntryMin);
        if (size > Delta.ACTORS_MAX) {
            throw new ProtocolException(
                    "a version vector of " + size + " actors; " + Delta.ACTORS_MAX + " are allowed");
        }
        return size;
    }

    String collection(ByteReader in) {
        long number = in.varint();
        if (number != 0) {
            return collections.get(number);
        }
        int start = in.position();
        String collection = in.text();
        if (in.position() - start <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
            collections.add(collection, false);
        }
        return collection;
    }

    Path path(ByteReader in) {
        long number = in.varint();
        if (number != 0) {
            return paths.get(number);
        }
        int start = in.position();
        Path path = CellCodec.readPath(in);
        if (in.position() - start <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
            paths.add(path, false);
        }
        return path;
    }

    Named document(ByteReader in) {
        long number = in.varint();
        if (number != 0) {
            return documents.get(number);
        }
        String collection = collection(in);
        byte[] id = in.bytes(in.varint(DocumentId.BYTES_MAX));
        Named document = new Named(new DocumentKey(collection, DocumentId.ofBytes(id)));
        if (id.length <= Limits.DICTIONARY_VALUE_BYTES_MAX) {
            documents.add(document, false);
        }
        return document;
    }
}
