package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one part of a change: its writes, one behind the other (docs/storage.md). Stateless. */
final class PartCodec {

    private static final int PUT = 0;
    private static final int REMOVE = 1;
    private static final int REMOVE_ONCE = 2;

    private PartCodec() {}

    static void write(ByteWriter out, Batch.Operation operation) {
        switch (operation) {
            case Batch.Put put -> out.u8(PUT).blob(put.key()).blob(put.value());
            case Batch.Remove remove -> out.u8(REMOVE).blob(remove.key());
            case Batch.RemoveOnce remove -> out.u8(REMOVE_ONCE).blob(remove.key());
        }
    }

    /** @throws MalformedException when {@link #write} did not write them */
    static List<Batch.Operation> read(byte[] part) {
        List<Batch.Operation> operations = new ArrayList<>();
        ByteReader in = new ByteReader(part);
        while (in.remaining() > 0) {
            int kind = in.u8();
            byte[] key = in.blob();
            operations.add(
                    switch (kind) {
                        case PUT -> new Batch.Put(key, in.blob());
                        case REMOVE -> new Batch.Remove(key);
                        case REMOVE_ONCE -> new Batch.RemoveOnce(key);
                        default -> throw new MalformedException("a part with a write of the unknown kind " + kind);
                    });
        }
        return operations;
    }
}
