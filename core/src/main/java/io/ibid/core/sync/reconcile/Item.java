package io.ibid.core.sync.reconcile;

/**
 * One document at one version.
 *
 * @param high the first half of the keyed hash of its name and version vector
 * @param low the second half
 */
public record Item(Place place, long high, long low) {}
