/**
 * Where an embedded database's log goes: always into rotating files beside its data, and to the application as it wishes. Knows nothing of
 * the public API.
 */
@NullMarked
package io.ibid.peer.logging;

import org.jspecify.annotations.NullMarked;
