package io.ibid.legacy;

/**
 * A document that is in another order with the others than before.
 *
 * @param getFrom its index in the old list
 * @param getTo its index in the new list
 */
public record DittoLiveQueryMove(int getFrom, int getTo) {}
