package io.ibid.core.value;

import static org.assertj.core.api.Assertions.fail;

import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;

/** Feeds a decoder with damaged and random input: it may accept, or throw {@link MalformedException}, and nothing else. */
public final class Fuzzing {

    /** Rounds of one fuzz test: many more with {@code -Dibid.long=true}. */
    public static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 5_000_000 : 100_000;

    private Fuzzing() {}

    public static void total(long seed, Function<ValueGenerator, byte[]> valid, Consumer<byte[]> decoder) {
        ValueGenerator generator = new ValueGenerator(seed);
        byte[] current = valid.apply(generator);
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 16 == 0) {
                current = valid.apply(generator);
            }
            byte[] input =
                    round % 8 == 0 ? generator.bytes(generator.random().nextInt(40)) : generator.mutated(current);
            feed(input, decoder);
        }
    }

    /** Every prefix of every input that is shorter than it. */
    public static void truncated(byte[] valid, Consumer<byte[]> decoder) {
        for (int length = 0; length < valid.length; length++) {
            feed(java.util.Arrays.copyOf(valid, length), decoder);
        }
    }

    private static void feed(byte[] input, Consumer<byte[]> decoder) {
        try {
            decoder.accept(input);
        } catch (MalformedException expected) {
            // What a decoder is to do with damaged input.
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError wrong) {
            fail("Input " + HexFormat.of().formatHex(input), wrong);
        }
    }
}
