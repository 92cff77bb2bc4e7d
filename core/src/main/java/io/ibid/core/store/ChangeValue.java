package io.ibid.core.store;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * The value of an entry of the change index. Immutable.
 *
 * @param origin the number of the store that brought the change, 0 for none
 */
record ChangeValue(boolean evicted, int origin) {

    private static final int WRITTEN = 0;
    private static final int EVICTED = 1;

    byte[] encode() {
        return new ByteWriter(16).u8(evicted ? EVICTED : WRITTEN).varint(origin).toByteArray();
    }

    static ChangeValue decode(ByteReader in) {
        ChangeValue value = new ChangeValue(in.varint(EVICTED) == EVICTED, in.varint(Integer.MAX_VALUE));
        in.expectEnd();
        return value;
    }

    @Nullable
    StoreId origin(Names names) {
        return origin == 0 ? null : names.stores.name(origin);
    }
}
