package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;

/** One of the values that concurrent writes have left in one field. */
public record Sibling(FieldType type, Value value, Dot dot) {}
