package io.ibid.core.value;

/** What a value in the binary form is. The numbers are on disk (docs/storage.md) and never change their meaning. */
public enum Tag {
    NULL(FieldType.REGISTER),
    FALSE(FieldType.REGISTER),
    TRUE(FieldType.REGISTER),
    INT(FieldType.REGISTER),
    FLOAT(FieldType.REGISTER),
    TEXT(FieldType.REGISTER),
    BINARY(FieldType.REGISTER),
    ARRAY(FieldType.REGISTER),
    /** An opaque object: one register. */
    STRUCT(FieldType.REGISTER),
    /** A CRDT map: its fields have types of their own. */
    MAP(FieldType.MAP),
    COUNTER(FieldType.COUNTER),
    PN_COUNTER(FieldType.PN_COUNTER),
    ATTACHMENT(FieldType.ATTACHMENT);

    /** All tags by number. */
    static final Tag[] BY_NUMBER = values();

    private final FieldType fieldType;

    Tag(FieldType fieldType) {
        this.fieldType = fieldType;
    }

    public FieldType fieldType() {
        return fieldType;
    }
}
