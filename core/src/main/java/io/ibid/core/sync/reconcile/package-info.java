/**
 * Finds out what two sets of documents differ in, with bytes in proportion to the differences. Two peers that have no resume token
 * for a query begin with it (docs/wire.md).
 *
 * <p>Both sides sort what they have by {@link io.ibid.core.sync.reconcile.Place} and compare fingerprints of ranges; where these differ they
 * split the range, until it is small enough to list. After A. Meyer, "Range-Based Set Reconciliation", SRDS 2023. Pure: knows no session and
 * no store. For {@code sync} alone.
 */
@NullMarked
package io.ibid.core.sync.reconcile;

import org.jspecify.annotations.NullMarked;
