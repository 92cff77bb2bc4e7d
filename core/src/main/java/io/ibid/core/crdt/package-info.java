/**
 * The document kernel: what a replicated document is, how it is edited, exchanged, joined and read, and the clock that orders its
 * events. Pure functions of state, no I/O (docs/crdt.md).
 *
 * <p>Start with {@link io.ibid.core.crdt.Document}. A local event is an {@link io.ibid.core.crdt.Edit}, what travels is a
 * {@link io.ibid.core.crdt.Delta}, what readers see is a {@link io.ibid.core.crdt.Reading}. Invariants: replicas with equal version
 * vectors have equal live cells; merging is idempotent, commutative and associative, and never fails on a delta that
 * {@link io.ibid.core.crdt.Delta#requireValid} has passed; an actor never issues a dot twice and never writes a document of which
 * it has forgotten events ({@link io.ibid.core.crdt.Authorship}).
 *
 * <p>Used by store, sync and whoever builds on them; imports {@code value} and {@code error} only. Each rule that can be removed by an
 * {@link io.ibid.core.error.Ablation} takes it as an argument, so that production code says NONE in plain sight.
 */
@NullMarked
package io.ibid.core.crdt;

import org.jspecify.annotations.NullMarked;
