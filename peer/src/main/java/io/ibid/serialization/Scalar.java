package io.ibid.serialization;

import io.ibid.core.value.Value;

/** A value that holds no others and that the engine has too. */
abstract sealed class Scalar extends DittoCborSerializable
        permits DittoCborSerializable.BooleanValue,
                DittoCborSerializable.ByteString,
                DittoCborSerializable.DoubleValue,
                DittoCborSerializable.FloatValue,
                DittoCborSerializable.Utf8String {
    private final Value content;

    Scalar(Value content) {
        this.content = content;
    }

    @Override
    Value valueOrNull() {
        return content;
    }
}
