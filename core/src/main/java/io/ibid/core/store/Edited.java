package io.ibid.core.store;

import org.jspecify.annotations.Nullable;

/**
 * What deciding has worked out about a document, to spare apply the same work: good only on exactly the state that was decided on.
 *
 * @param version the state, {@link Image#version}
 * @param base the record before, null for none
 * @param encoded the record behind it
 * @param ownHlc the time up to which the result has the events of the current actor
 */
public record Edited(long version, @Nullable Record base, Encoded encoded, long ownHlc) {}
