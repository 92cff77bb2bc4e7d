package io.ibid.core.store;

import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.util.Arrays;

/** Checks the parts of a change that a crash has left half written, which must all be there, and that there are none without. Stateless. */
final class PartCheck {

    private static final String TABLE = "parts";

    private PartCheck() {}

    /** Whether the other tables stand between two commits, so that they must not be checked. */
    static boolean isUnderWay(Check check, Snapshot snapshot) {
        Metadata.Applying applying;
        try {
            applying = Metadata.applying(snapshot);
        } catch (IbidException e) {
            check.add(TABLE, Keys.meta(Keys.APPLYING), String.valueOf(e.getMessage()));
            return true;
        }
        byte[] prefix = {Keys.PARTS};
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            if (applying != null) {
                all(check, applying, cursor, Metadata.head(snapshot).commit());
            } else if (cursor.next()) {
                check.add(TABLE, cursor.key(), "it belongs to no change that is under way");
            }
        }
        return applying != null;
    }

    private static void all(Check check, Metadata.Applying applying, Cursor cursor, long head) {
        byte[] entry = Keys.meta(Keys.APPLYING);
        check.add(
                TABLE,
                entry,
                "the change that makes commit " + applying.commit()
                        + " is half written and cannot be finished, so nothing else was checked");
        check.expect(
                applying.commit() > head, TABLE, entry, "it makes commit " + applying.commit() + " behind " + head);
        check.expect(applying.written() < applying.parts(), TABLE, entry, "it says that nothing is left to do");
        boolean more = cursor.next();
        for (int number = applying.written(); number < applying.parts(); number++) {
            byte[] key = Keys.part(applying.commit(), number);
            if (more && Arrays.equals(cursor.key(), key)) {
                read(check, key, cursor.value());
                more = cursor.next();
            } else {
                check.add(TABLE, key, Parts.missing(applying));
            }
        }
        if (more) {
            check.add(TABLE, cursor.key(), "it is no part of the change that is under way");
        }
    }

    private static void read(Check check, byte[] key, byte[] part) {
        try {
            Corruption.guard(key, () -> PartCodec.read(part));
        } catch (IbidException e) {
            check.add(TABLE, key, String.valueOf(e.getMessage()));
        }
    }
}
