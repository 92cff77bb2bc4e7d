/**
 * Replicas of one document without a store or a network around them, and an oracle that says in words what readers must be shown.
 *
 * <p>A {@link io.ibid.simulation.kernel.History} writes, merges, forgets and repeats as its seed says; after every step each replica must show
 * what the events that it knows mean, and equal version vectors must be equal states. It finds what a whole world of peers shows too
 * rarely: that all agree, but on the wrong thing. The kernel under test is {@code io.ibid.core.crdt}.
 */
@NullMarked
package io.ibid.simulation.kernel;

import org.jspecify.annotations.NullMarked;
