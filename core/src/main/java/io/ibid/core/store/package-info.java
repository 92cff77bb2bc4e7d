/** Documents at rest: records, changes (decide and apply), transactions, commits, the change index, tokens. */
@NullMarked
package io.ibid.core.store;

import org.jspecify.annotations.NullMarked;
