package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryFormat;
import io.ibid.core.index.EntryWriter;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Typing;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a statement sees of the entries of an index, and of the documents behind them, at one moment. Immutable. */
final class EntryReader {

    private final Image image;
    private final Index index;
    private final ReadSettings settings;
    private final Typing typing;
    private final boolean isAffected;
    private final byte[] documents;

    EntryReader(Image image, Index index, ReadSettings settings, Typing typing) {
        this.image = image;
        this.index = index;
        this.settings = settings;
        this.typing = typing;
        this.isAffected = index.shape().keys().stream().anyMatch(key -> affects(typing, key.path()));
        this.documents = Keys.documents(image.collection(index.shape().collection()));
    }

    Image image() {
        return image;
    }

    EntryFormat format() {
        return index.format();
    }

    Typing typing() {
        return typing;
    }

    /** Whether a field may look otherwise than to statements that declare nothing. */
    static boolean affects(Typing typing, Path path) {
        if (DocumentEntries.isOfId(path)) {
            return false;
        }
        if (typing.strict()) {
            return true;
        }
        for (Path declared : typing.declared().keySet()) {
            if (path.startsWith(declared) || declared.startsWith(path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any key of the index may look otherwise than to statements that declare nothing. */
    boolean isAffected() {
        return isAffected;
    }

    /** Whether the statement does not see the entry, whatever is in the document. */
    boolean isUnseen(Entry entry) {
        int flags = entry.flags();
        return flags != 0
                && (((flags & Entry.HUSK) != 0 && settings.hideHusks()) || (!isAffected && (flags & Entry.OTHER) != 0));
    }

    /** Whether the entry says what the statement sees, so that the document need not be asked. */
    boolean isCertain(Entry entry) {
        int flags = entry.flags();
        if ((flags & Entry.CUT) != 0) {
            return false;
        }
        return !isAffected || ((flags & Entry.TYPED) == 0 && typing.declared().isEmpty());
    }

    /** The document of an entry. */
    Record record(Entry entry) {
        byte[] stored = new byte[documents.length + entry.key().length - entry.idAt()];
        System.arraycopy(documents, 0, stored, 0, documents.length);
        System.arraycopy(entry.key(), entry.idAt(), stored, documents.length, stored.length - documents.length);
        byte[] value = image.snapshot().get(stored);
        if (value == null) {
            throw Corruption.of(entry.key(), "an index has an entry of a document that does not exist", null);
        }
        return Record.read(image, stored, index.shape().collection(), documents.length, null, value);
    }

    /** The document of an entry as the statement sees it; null when it does not. */
    @Nullable
    Found find(Entry entry) {
        Record record = record(entry);
        return record.isVisible(settings.hideHusks()) ? Found.of(format(), record, typing) : null;
    }

    /** Whether it is this entry under which the statement finds the document. */
    boolean isEntryOf(Entry entry, Found found) {
        return Arrays.equals(entry.key(), key(found));
    }

    /** Whether the document has no entry with what the statement sees of it. */
    boolean isStray(Found found) {
        if (!index.shape().includeMissing() && found.values().getFirst() instanceof Value.Missing) {
            return false;
        }
        byte[] key = key(found);
        for (Entry entry : DocumentEntries.of(index, found.record())) {
            if (Arrays.equals(entry.key(), key)) {
                return false;
            }
        }
        return true;
    }

    private byte[] key(Found found) {
        EntryWriter writer = format().writer();
        found.values().forEach(writer::add);
        return writer.finish(found.record().id(), 0).key();
    }

    /** Whether what a statement sees at a key may be something that no entry has, beside MISSING. */
    boolean looksInside(IndexShape.Key key) {
        for (Path declared : typing.declared().keySet()) {
            if (declared.startsWith(key.path()) && declared.depth() > key.path().depth()) {
                return true;
            }
        }
        return false;
    }
}
