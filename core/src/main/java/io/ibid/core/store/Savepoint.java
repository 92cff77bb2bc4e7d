package io.ibid.core.store;

/** A moment in a transaction to which it can go back. Only good for the transaction that gave it. Immutable. */
public final class Savepoint {

    final int undos;
    final int sidePuts;

    Savepoint(int undos, int sidePuts) {
        this.undos = undos;
        this.sidePuts = sidePuts;
    }
}
