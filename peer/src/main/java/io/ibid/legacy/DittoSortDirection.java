package io.ibid.legacy;

/** In which direction documents are sorted. */
public enum DittoSortDirection {
    Ascending,
    Descending
}
