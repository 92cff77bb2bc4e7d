package io.ibid.core.store;

/**
 * One document that a commit changed.
 *
 * @param evicted true: it was forgotten on this device; false: it was written or deleted
 */
public record Touch(DocumentKey key, boolean evicted) {}
