package io.ibid.cli.results;

import io.ibid.core.value.Value;

/** Prints rows as they come. */
interface RowPrinter {

    void add(Value.Struct row);

    /** Prints what was kept back. */
    void finish();
}
