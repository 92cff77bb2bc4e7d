package io.ibid.legacy;

/** What an upsert does when the document exists here. */
public enum DittoWriteStrategy {
    /** Writes every given field and keeps the others. */
    Merge("DOCUMENTS (:document) ON ID CONFLICT DO UPDATE"),
    /** Leaves the document as it is. */
    InsertIfAbsent("DOCUMENTS (:document) ON ID CONFLICT DO NOTHING"),
    /** Leaves it as it is, and a write of any other peer wins over what is inserted. */
    InsertDefaultIfAbsent("INITIAL DOCUMENTS (:document)"),
    /** Writes the fields that differ. */
    UpdateDifferentValues("DOCUMENTS (:document) ON ID CONFLICT DO UPDATE_LOCAL_DIFF");

    private final String clause;

    DittoWriteStrategy(String clause) {
        this.clause = clause;
    }

    /** The rest of the INSERT. */
    String clause() {
        return clause;
    }
}
