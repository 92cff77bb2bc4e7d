package io.ibid.core.store;

/** The first byte of a record: what a reader wants to know before anything else. */
final class RecordFlags {

    /** Somebody's INSERT is not deleted. */
    static final int EXISTS = 1;
    /** At least one field is shown. */
    static final int FIELDS = 2;
    /** The value holds something else than registers. */
    static final int TYPED = 4;
    /** A field has variants of other types behind the one that is shown. */
    static final int HIDDEN = 8;
    /** Nothing is left but the knowledge of what was removed: instead of the value stand the hour of expiry and the hint. */
    static final int TOMBSTONE = 16;

    static final int ALL = 31;

    private RecordFlags() {}

    static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    static boolean isVisible(int flags, boolean hideHusks) {
        return has(flags, EXISTS) || (!hideHusks && has(flags, FIELDS));
    }
}
