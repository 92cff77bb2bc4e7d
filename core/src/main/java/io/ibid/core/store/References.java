package io.ibid.core.store;

import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Slot;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Tag;
import io.ibid.core.value.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which documents have a token of which content, kept in the batch that writes the document. Any token counts that a reader may come to
 * see: siblings that have lost and hidden variants too, since a later removal can show them. Stateless.
 */
final class References {

    private References() {}

    /** A document takes the place of another; null is nothing. */
    static void write(Batch batch, int collection, DocumentId id, @Nullable Record before, @Nullable Record after) {
        SortedSet<AttachmentId> old = of(before);
        SortedSet<AttachmentId> now = of(after);
        for (AttachmentId gone : old) {
            if (!now.contains(gone)) {
                batch.removeOnce(Keys.reference(gone, collection, id));
            }
        }
        for (AttachmentId fresh : now) {
            if (!old.contains(fresh)) {
                batch.put(Keys.reference(fresh, collection, id), new byte[0]);
            }
        }
    }

    /** What the tokens of a document name. Nearly all documents have none, which costs a look at the kinds of their fields. */
    static SortedSet<AttachmentId> of(@Nullable Record record) {
        if (record == null || record.isTombstone() || !mayHaveTokens(record)) {
            return Collections.emptySortedSet();
        }
        SortedSet<AttachmentId> ids = new TreeSet<>();
        Document document = record.document();
        for (int i = 0; i < document.slots().size(); i++) {
            Slot slot = document.slots().slot(i);
            for (int j = 0; j < slot.size(); j++) {
                AttachmentId id =
                        slot.cell(j) instanceof Cell.Attachment(var token) ? AttachmentToken.idOf(token) : null;
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static boolean mayHaveTokens(Record record) {
        return RecordFlags.has(record.flags(), RecordFlags.HIDDEN)
                || (RecordFlags.has(record.flags(), RecordFlags.TYPED)
                        && record.guarded(() -> hasAttachment(record.view())));
    }

    private static boolean hasAttachment(View map) {
        for (int i = 0; i < map.size(); i++) {
            View child = map.child(i);
            Tag tag = child.tag();
            if (tag == Tag.ATTACHMENT || (tag == Tag.MAP && hasAttachment(child))) {
                return true;
            }
        }
        return false;
    }

    /** Documents that refer to the content. */
    static List<DocumentKey> of(Image image, AttachmentId id, int max) {
        List<DocumentKey> documents = new ArrayList<>();
        byte[] prefix = Keys.attachment(Keys.REFERENCE, id);
        try (Cursor cursor = image.snapshot().scan(prefix, Keys.after(prefix), false)) {
            while (documents.size() < max && cursor.next()) {
                documents.add(image.documentKey(cursor.key(), prefix.length));
            }
        }
        return documents;
    }
}
