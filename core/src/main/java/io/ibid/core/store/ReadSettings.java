package io.ibid.core.store;

/**
 * How documents are looked at.
 *
 * @param hideHusks {@code hide_husked_documents}: fields that survived a concurrent DELETE do not make a document visible
 */
public record ReadSettings(boolean hideHusks) {

    /** Husks are shown. */
    public static final ReadSettings SHOWN = new ReadSettings(false);
}
