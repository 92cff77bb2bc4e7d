/**
 * Live queries: which commit concerns which observer, and when an observer is told.
 *
 * <p>An observer's cost per commit is that of testing the changed documents against its condition, before and after; the query runs
 * again only when one of them meets it. Delivery is newest state only: while a listener works, changes are merely noted, and when it
 * is ready it gets the newest published snapshot. Confined to the loop; listeners run elsewhere.
 */
@NullMarked
package io.ibid.core.live;

import org.jspecify.annotations.NullMarked;
