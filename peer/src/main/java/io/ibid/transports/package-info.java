/** How a peer reaches others, and lets itself be reached. */
@NullMarked
package io.ibid.transports;

import org.jspecify.annotations.NullMarked;
