package io.ibid.core.store;

/** What a {@link Decision} comes to. */
public sealed interface Proposal permits Change, Need {}
