/**
 * The packages below this one have the effects that the core asks for: threads, files, sockets, the native store. They decide
 * nothing, and they are not API.
 */
@NullMarked
package io.ibid.peer;

import org.jspecify.annotations.NullMarked;
