/**
 * What the classes of the public API share and applications should not see: plain Java objects as values, the way from a value to the
 * API's own classes, and the threads that finish its stages. Imports nothing of the API.
 */
@NullMarked
package io.ibid.peer.sdk;

import org.jspecify.annotations.NullMarked;
