/**
 * Secondary indexes, as far as they are about values and bytes: what an index is, which of a store's indexes are finished, how an entry
 * and a span of entries look as keys.
 *
 * <p>An index has one entry per visible document: the values of its keys, in their order, and behind them the id. So an equality is a
 * prefix, a range is a range of bytes, and walking the entries gives the documents sorted. A document of which a field has variants of
 * several types has an entry for each of them, because strict and declaring statements see others than the one that is shown; its
 * entries are marked, and who reads them looks at the document again.
 *
 * <p>Who keeps the entries in step with the documents, and reads them, is {@code store}; who builds a new index piece by piece, is
 * {@code database}. Imports {@code query}, {@code value}, {@code storage}, {@code env}.
 */
@NullMarked
package io.ibid.core.index;

import org.jspecify.annotations.NullMarked;
