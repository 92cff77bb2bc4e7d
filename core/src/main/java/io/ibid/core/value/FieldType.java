package io.ibid.core.value;

/**
 * The CRDT type of a field. One key of a document may hold a variant of each type side by side; what an undeclared read shows is
 * the variant with the greatest dot, ties in the order of {@link #rank}.
 */
public enum FieldType {
    REGISTER(1),
    ATTACHMENT(2),
    PN_COUNTER(3),
    COUNTER(4),
    MAP(5);

    private final int rank;

    FieldType(int rank) {
        this.rank = rank;
    }

    /** Breaks ties between variants of equal dot: the greater rank is shown. Also the number on the wire and on disk. */
    public int rank() {
        return rank;
    }
}
