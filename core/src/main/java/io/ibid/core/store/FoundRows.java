package io.ibid.core.store;

import io.ibid.core.query.IndexRows;
import io.ibid.core.query.Row;

/** Documents found through an index, in its order: each counts under the typing that was asked for. One thread. */
interface FoundRows extends IndexRows {

    /** What the documents are ordered by: the values of the keys, whole, and the id. */
    byte[] wholeKey();

    /** Never null, because only what counts is found. */
    @Override
    Row row();
}
