package io.ibid.server;

import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CBOR: the map of {@link JsonFormat} in canonical encoding. Its keys stand in the order of their encoded bytes, so the head holds
 * {@code error} and the tail the rest; lengths are known in the head because it is made after the rows.
 */
final class CborFormat implements Format {
    private static final int ARRAY = 0x80;
    private static final int MAP = 0xA0;

    @Override
    public String mediaType() {
        return "application/cbor";
    }

    @Override
    public Value parse(byte[] body) {
        return Cbor.decodeAny(body);
    }

    @Override
    public RowEncoder rows() {
        ByteWriter out = new ByteWriter(1024);
        return row -> {
            Cbor.write(out.clear(), row.value());
            return out.toByteArray();
        };
    }

    @Override
    public byte[] head(Summary summary) {
        ByteWriter out = new ByteWriter(64);
        Long commitId = summary.commitId();
        int transactionKeys = commitId == null ? 0 : summary.type() == QueryType.MUTATION ? 2 : 1;
        prefix(out, MAP, 6 + transactionKeys);
        entry(out, "error", error(summary.failure()));
        key(out, "items");
        prefix(out, ARRAY, summary.items());
        return out.toByteArray();
    }

    @Override
    public byte[] tail(Summary summary) {
        ByteWriter out = new ByteWriter(128);
        Long commitId = summary.commitId();
        if (commitId != null && summary.type() == QueryType.MUTATION) {
            entry(out, "commitId", Value.of(commitId));
        }
        entry(out, "warnings", warnings(summary.warnings()));
        entry(out, "queryType", Value.of(summary.type().text()));
        if (commitId != null) {
            entry(out, "transactionId", Value.of(commitId));
        }
        entry(out, "mutatedDocumentIds", new Value.Array(summary.mutatedIds()));
        entry(out, "totalWarningsCount", Value.of(summary.totalWarnings()));
        return out.toByteArray();
    }

    private static Value error(@Nullable Failure failure) {
        return failure == null
                ? Value.Struct.EMPTY
                : Value.Struct.builder()
                        .put("code", Value.of(failure.code()))
                        .put("description", Value.of(failure.description()))
                        .build();
    }

    private static Value warnings(List<ServedDatabase.Warning> warnings) {
        List<Value> elements = new ArrayList<>();
        for (ServedDatabase.Warning warning : warnings) {
            elements.add(Value.Struct.builder()
                    .put("_id", warning.id() == null ? Value.MISSING : warning.id())
                    .put("description", Value.of(warning.description()))
                    .build());
        }
        return new Value.Array(elements);
    }

    private static void entry(ByteWriter out, String name, Value value) {
        key(out, name);
        Cbor.write(out, value);
    }

    private static void key(ByteWriter out, String name) {
        Cbor.write(out, Value.of(name));
    }

    /** The head of a definite-length array or map. */
    private static void prefix(ByteWriter out, int type, int count) {
        if (count < 24) {
            out.u8(type | count);
        } else if (count < 0x100) {
            out.u8(type | 24).u8(count);
        } else if (count < 0x1_0000) {
            out.u8(type | 25).u8(count >> 8).u8(count & 0xFF);
        } else {
            out.u8(type | 26).fixed32(count);
        }
    }
}
