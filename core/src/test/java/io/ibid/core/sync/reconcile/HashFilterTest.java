package io.ibid.core.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashFilterTest {

    private static long[] hashes(SplittableRandom random, int size) {
        return random.longs(size).toArray();
    }

    private static byte[] bytes(HashFilter filter) {
        ByteWriter out = new ByteWriter();
        filter.write(out);
        return out.toByteArray();
    }

    @Test
    void every_member_is_found_and_one_stranger_in_256() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size : new int[] {1, 2, 100, 5_000, HashFilter.SIZE_MAX}) {
            long[] members = hashes(random, size);
            HashFilter filter = HashFilter.of(members, size);
            assertThat(Arrays.stream(members).allMatch(filter::mayContain)).isTrue();
            long taken = Arrays.stream(hashes(random, 100_000))
                    .filter(filter::mayContain)
                    .count();
            assertThat(taken).isBetween(300L, 480L);
        }
    }

    @Test
    void a_filter_of_nothing_has_nothing() {
        HashFilter none = HashFilter.of(new long[0], 0);
        assertThat(none.mayContain(0)).isFalse();
        assertThat(bytes(none)).hasSize(1);
        assertThat(HashFilter.read(new ByteReader(bytes(none)))).isEqualTo(none);
    }

    @Test
    void a_filter_survives_its_bytes_and_takes_ten_bits_a_member() {
        SplittableRandom random = new SplittableRandom(2);
        for (int size = 1; size < 3_000; size += 1 + size / 7) {
            long[] members = hashes(random, size);
            // Equal hashes count like others.
            members[size / 2] = members[0];
            HashFilter filter = HashFilter.of(members, size);
            byte[] bytes = bytes(filter);
            assertThat(bytes.length).isLessThanOrEqualTo(3 + 10 * size / 8);
            ByteReader in = new ByteReader(bytes);
            assertThat(HashFilter.read(in)).isEqualTo(filter);
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    void no_bytes_are_read_otherwise() {
        SplittableRandom random = new SplittableRandom(3);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(30);
            ByteReader in = new ByteReader(bytes);
            try {
                HashFilter filter = HashFilter.read(in);
                assertThat(bytes(filter)).isEqualTo(Arrays.copyOf(bytes, in.position()));
                read++;
            } catch (MalformedException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
        assertThat(read).isPositive();
        assertThatThrownBy(() -> HashFilter.of(new long[64_001], 64_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
