package io.ibid.simulation;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Record;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Comparator;

/**
 * One subscription of a simulated peer: a collection, or the part of it that belongs to one tenant. A document's tenant stands in its id and, from
 * its creation on, in a field; so it never leaves the query of its tenant, unless a deletion takes the field away.
 *
 * @param tenant whose documents; of no meaning for the whole collection
 */
record Wish(String collection, int tenant, Form form) implements Comparable<Wish> {
    static final String TENANT_FIELD = "tenant";
    static final String KIND_FIELD = "kind";
    static final int KINDS = 2;

    private static final Comparator<Wish> ORDER =
            Comparator.comparing(Wish::collection).thenComparing(Wish::tenant).thenComparing(Wish::form);

    /** How the part is selected. */
    enum Form {
        WHOLE,
        /** By what the id begins with. */
        ID_PREFIX,
        /** By the field that tells the tenant. */
        FIELD,
        /** By a field that changes all the time, {@code kind}: documents come and go. The tenant is a kind here. */
        MUTABLE
    }

    static Wish whole(String collection) {
        return new Wish(collection, 0, Form.WHOLE);
    }

    /** The subscription as an app writes it. */
    String query() {
        String select = "SELECT * FROM " + collection;
        return switch (form) {
            case WHOLE -> select;
            case ID_PREFIX -> select + " WHERE _id LIKE 't" + tenant + "-%'";
            case FIELD -> select + " WHERE " + TENANT_FIELD + " = " + tenant;
            case MUTABLE -> select + " WHERE " + KIND_FIELD + " = " + tenant;
        };
    }

    boolean isMutable() {
        return form == Form.MUTABLE;
    }

    /** Whether a query by kind selects the document as it is. */
    boolean selects(Record record) {
        return isMutable()
                && collection.equals(record.key().collection())
                && record.row().field(Path.of(KIND_FIELD)).equals(Value.of(tenant));
    }

    boolean isWhole() {
        return form == Form.WHOLE;
    }

    /** Whether the document belongs to what is wished, whatever its present content says; never by kind. */
    boolean covers(DocumentKey key) {
        return collection.equals(key.collection()) && (isWhole() || (!isMutable() && tenantOf(key) == tenant));
    }

    /** Whether everything that the other one wishes belongs to this one as well. */
    boolean covers(Wish other) {
        return collection.equals(other.collection)
                && (isWhole() || (!isMutable() && !other.isMutable() && !other.isWhole() && tenant == other.tenant));
    }

    /** The id of a tenant's document. */
    static DocumentId id(int tenant, int number) {
        return DocumentId.of(Value.of("t" + tenant + "-" + number));
    }

    static int tenantOf(DocumentKey key) {
        String id = ((Value.Text) key.id().value()).value();
        return Integer.parseInt(id, 1, id.indexOf('-'), 10);
    }

    @Override
    public int compareTo(Wish other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (form) {
            case WHOLE -> collection;
            case ID_PREFIX -> collection + "/t" + tenant + "-*";
            case FIELD -> collection + "?tenant=" + tenant;
            case MUTABLE -> collection + "?kind=" + tenant;
        };
    }
}
