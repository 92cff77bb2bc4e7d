/**
 * The value model: what a document, an argument and a query result are made of.
 *
 * <p>One sealed type, {@link io.ibid.core.value.Value}, with one total order, three encodings (our binary form, CBOR, JSON) and
 * the paths that lead into it. Everything here is immutable. May be imported by every other package; imports only {@code error}.
 */
@NullMarked
package io.ibid.core.value;

import org.jspecify.annotations.NullMarked;
