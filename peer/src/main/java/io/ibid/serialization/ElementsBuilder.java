package io.ibid.serialization;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to add an element to an array that is being built. */
abstract sealed class ElementsBuilder permits DittoCborSerializable.Array.Builder {
    final List<DittoCborSerializable> elements = new ArrayList<>();

    abstract DittoCborSerializable.Array.Builder self();

    private DittoCborSerializable.Array.Builder adding(DittoCborSerializable element) {
        elements.add(element);
        return self();
    }

    public DittoCborSerializable.Array.Builder add(String text) {
        return adding(DittoCborSerializable.of(text));
    }

    public DittoCborSerializable.Array.Builder add(boolean flag) {
        return adding(DittoCborSerializable.of(flag));
    }

    public DittoCborSerializable.Array.Builder add(int number) {
        return adding(DittoCborSerializable.of(number));
    }

    public DittoCborSerializable.Array.Builder add(long number) {
        return adding(DittoCborSerializable.of(number));
    }

    public DittoCborSerializable.Array.Builder add(float number) {
        return adding(DittoCborSerializable.of(number));
    }

    public DittoCborSerializable.Array.Builder add(double number) {
        return adding(DittoCborSerializable.of(number));
    }

    /** Each of them, one after the other. */
    public DittoCborSerializable.Array.Builder add(int... numbers) {
        for (int number : numbers) {
            add(number);
        }
        return self();
    }

    /** Each of them, one after the other. */
    public DittoCborSerializable.Array.Builder add(long... numbers) {
        for (long number : numbers) {
            add(number);
        }
        return self();
    }

    /** Each of them, one after the other. */
    public DittoCborSerializable.Array.Builder add(float... numbers) {
        for (float number : numbers) {
            add(number);
        }
        return self();
    }

    /** Each of them, one after the other. */
    public DittoCborSerializable.Array.Builder add(double... numbers) {
        for (double number : numbers) {
            add(number);
        }
        return self();
    }

    /** A copy of the bytes, as one element. */
    public DittoCborSerializable.Array.Builder add(byte[] bytes) {
        return adding(DittoCborSerializable.of(bytes));
    }

    public DittoCborSerializable.Array.Builder add(DittoCborSerializable element) {
        return adding(element);
    }

    /** Anything that {@link DittoCborSerializable#from} takes. */
    public DittoCborSerializable.Array.Builder add(@Nullable Object element) {
        return adding(DittoCborSerializable.from(element));
    }
}
