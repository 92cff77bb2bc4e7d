package io.ibid.core.sync.wire;

/** What a partner may send at most. Checked before anything is allocated for it. */
public final class Limits {
    /** A frame, expanded; a session agrees on the smaller of both sides' limits. */
    public static final int FRAME_BYTES_MAX = 1 << 20;
    /** One document's entry; it may span many frames. */
    public static final int ENTRY_BYTES_MAX = 16 << 20;
    /** Items in one message's list; what is left follows in the next message. */
    public static final int LIST_ITEMS_MAX = 10_000;
    /** Bytes that a sender puts into one message's list. */
    public static final int LIST_BYTES_MAX = 256 << 10;
    /** Bytes of a query's text, and of its arguments. */
    public static final int QUERY_BYTES_MAX = 64 << 10;
    /** Bytes of the text of an ERROR. */
    public static final int FAULT_TEXT_BYTES_MAX = 1 << 10;
    /** Bytes of a database id or a credential. */
    public static final int CREDENTIAL_BYTES_MAX = 16 << 10;
    /** Lanes 0 to 7: the live one and seven backfills. */
    public static final int LANES = 8;

    /** Numbers of a dictionary of actors, collections or paths. */
    static final int DICTIONARY_ITEMS_MAX = 4096;
    /** Numbers of a dictionary of documents. */
    static final int DOCUMENTS_MAX = 256;
    /** A longer value never gets a number: otherwise a partner could make a dictionary hold gigabytes. */
    static final int DICTIONARY_VALUE_BYTES_MAX = 256;
    /** A longer version vector is not remembered with its document, for the same reason. */
    static final int REMEMBERED_ACTORS_MAX = 64;

    private Limits() {}
}
