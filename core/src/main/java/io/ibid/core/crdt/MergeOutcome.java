package io.ibid.core.crdt;

/**
 * What a {@link Document#merge merge} found.
 *
 * @param changed false: the delta brought nothing new and the document is as it was
 * @param receiverKnewMore the document had events that the delta's sender lacks (a reason to echo it)
 * @param equivocations dots under which the two sides held different cells; only malice or a bug makes them
 */
public record MergeOutcome(boolean changed, boolean receiverKnewMore, int equivocations) {}
