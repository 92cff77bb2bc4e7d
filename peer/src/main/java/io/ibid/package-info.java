/**
 * The API of the embedded database. {@link io.ibid.DittoFactory#create} opens one; its getters are the API of version 5, whose calls
 * give stages, its public fields {@code store} and {@code sync} the same in blocking calls. The classes here only translate: each
 * method calls one of {@code io.ibid.peer.runtime.OpenDatabase} and wraps what it gives.
 */
@NullMarked
package io.ibid;

import org.jspecify.annotations.NullMarked;
