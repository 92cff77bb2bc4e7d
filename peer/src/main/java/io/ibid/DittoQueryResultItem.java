package io.ibid;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import io.ibid.serialization.DittoCborSerializable;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** One row of a result: a document, or what a projection made of it. */
public final class DittoQueryResultItem implements Closeable {
    private volatile @Nullable ResultRow row;
    private volatile DittoCborSerializable.@Nullable Dictionary value;

    DittoQueryResultItem(ResultRow row) {
        this.row = row;
    }

    /** The content; read at the first call and kept. */
    public DittoCborSerializable.Dictionary getValue() {
        DittoCborSerializable.Dictionary read = value;
        if (read == null) { // two threads may both read it; they read the same
            value = read = Values.dictionary(content());
        }
        return read;
    }

    /**
     * The content as an object of a class: a record, a bean or a map; what the class does not know is left out.
     *
     * @throws DittoException.ValidationException {@code validation/type-mismatch} when the class cannot hold it
     */
    public <T> T as(Class<T> type) throws DittoException {
        return getValue().as(type);
    }

    private Value.Struct content() {
        return row().value();
    }

    ResultRow row() {
        ResultRow open = row;
        if (open == null) {
            throw new DittoClosedException("This item is closed");
        }
        return open;
    }

    /** Whether {@link #getValue()} has been read and is kept. */
    public boolean isMaterialized() {
        return value != null;
    }

    /** Reads the content now. */
    public void materialize() {
        getValue();
    }

    /** Lets the content go that {@link #getValue()} keeps. */
    public void dematerialize() {
        value = null;
    }

    /** The content as JSON; made anew at each call. */
    public String getJsonString() {
        StringBuilder out = new StringBuilder(256);
        row().appendJson(out);
        return out.toString();
    }

    /** The same as {@link #getJsonString()}. */
    public String jsonString() {
        return getJsonString();
    }

    /** The content as canonical CBOR; made anew at each call. */
    public byte[] getCborData() {
        return Cbor.encode(content());
    }

    /** The same as {@link #getCborData()}. */
    public byte[] cborData() {
        return getCborData();
    }

    /** Idempotent. */
    @Override
    public void close() {
        row = null;
        value = null;
    }
}
