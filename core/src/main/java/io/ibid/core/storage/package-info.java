/**
 * The ordered key-value interface that a database stands on, and its in-memory implementation.
 *
 * <p>Keys and values are byte arrays, keys ordered as unsigned bytes. One writer at a time; any number of snapshot readers. A batch
 * is atomic; it is durable once a later {@link io.ibid.core.storage.Storage#sync} returned. Bottom layer: imports only {@code error}.
 */
@NullMarked
package io.ibid.core.storage;

import org.jspecify.annotations.NullMarked;
