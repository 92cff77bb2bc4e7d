/**
 * Live queries: which commit concerns which observer, and when an observer is told.
 *
 * <p>An observer's cost per commit is that of testing the changed documents. An index on the predicates of all queries finds those that a
 * document may concern. Where each document gives one row, the result is kept and only its row is changed; other queries run again when
 * a changed document meets their condition, before or after. Delivery is newest state only: while a listener works, changes are merely
 * noted. Confined to the loop, but for what a listener calls; windows are loaded and large commits are read beside it.
 */
@NullMarked
package io.ibid.core.live;

import org.jspecify.annotations.NullMarked;
