package io.ibid.core.crdt;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;

/**
 * Takes the typed fields of an inserted document one by one, in any order: an {@link Edit} writes them, an
 * {@link InitialContent} collects them.
 *
 * <p>Every path has 1 to {@link SlotKey#DEPTH_MAX} keys; a deeper one is refused with {@code store/crdt}.
 */
public sealed interface FieldWriter permits Edit, InitialContent {

    /** Sets a register. */
    void set(Path path, Value value);

    /** Says that there is a map, which may be empty. Not needed above fields. */
    void map(Path path);

    /** Sets an attachment token. */
    void attachment(Path path, Value.Struct token);

    /** Sets a counter; increments that this write has not seen are lost. */
    void restart(Path path, long value);

    /** Makes a PN counter show this number, by adding the difference to what is seen here. An Int or a finite Float. */
    void pnSet(Path path, Value number);
}
