/**
 * The wire format of a session (docs/wire.md): messages, the codec of their bytes, and the dictionaries that make a change short.
 *
 * <p>Knows nothing of states, stores or time. A {@link io.ibid.core.sync.wire.FrameWriter} and a
 * {@link io.ibid.core.sync.wire.FrameReader} per session keep the two directions' dictionaries in step, because a link delivers every
 * frame once and in order. The reader is total: bytes from outside make it return messages or throw
 * {@link io.ibid.core.sync.wire.ProtocolException}, never anything else, and never allocate beyond the limits of
 * {@link io.ibid.core.sync.wire.Limits}. Used by {@code sync} alone. Everything here is confined to the loop.
 */
@NullMarked
package io.ibid.core.sync.wire;

import org.jspecify.annotations.NullMarked;
