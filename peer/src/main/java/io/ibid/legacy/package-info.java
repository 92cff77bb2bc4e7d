/**
 * The API before DQL: collections, {@code find(...)} with conditions of the older query language, live queries with events, documents that
 * are changed in a callback, write transactions. {@code ditto.store.collection("cars")} and {@code ditto.collection("cars")} lead here.
 *
 * <p>It is no second engine: a query becomes a DQL statement, a live query an observer of one, {@code subscribe()} a subscription, and all
 * of them read with strict mode off, whatever the parameter says. Nothing declares a checked exception; failures are {@link
 * io.ibid.DittoException}s nevertheless. Callbacks run on threads of the database, one call of a live query at a time.
 */
@NullMarked
package io.ibid.legacy;

import org.jspecify.annotations.NullMarked;
