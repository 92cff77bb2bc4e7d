package io.ibid.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Tree.Node;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TreeTest {

    @Test
    void stays_balanced_and_equal_to_a_sorted_map_under_random_updates() {
        Random random = new Random(1);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        Node root = null;
        for (int step = 0; step < 20_000; step++) {
            byte[] key = key(random.nextInt(3_000));
            if (random.nextInt(5) < 3 - step / 10_000) {
                root = Tree.put(root, key, key);
                model.put(key, key);
            } else {
                root = Tree.remove(root, key);
                model.remove(key);
            }
            if (step % 500 == 0) {
                assertBalanced(root);
                assertThat(Tree.size(root)).isEqualTo(model.size());
            }
        }
        for (int i = 0; i < 3_000; i++) {
            assertThat(Tree.find(root, key(i)) != null).isEqualTo(model.containsKey(key(i)));
        }
    }

    @Test
    void stays_balanced_when_keys_arrive_in_order_and_leave_from_one_end() {
        Node root = null;
        for (int i = 0; i < 4_096; i++) {
            root = Tree.put(root, key(i), key(i));
        }
        assertBalanced(root);
        for (int i = 0; i < 4_000; i++) {
            root = Tree.remove(root, key(i));
        }
        assertBalanced(root);
        assertThat(Tree.size(root)).isEqualTo(96);
    }

    private static int assertBalanced(@Nullable Node node) {
        if (node == null) {
            return 0;
        }
        int left = assertBalanced(node.left());
        int right = assertBalanced(node.right());
        assertThat(node.size()).isEqualTo(left + right + 1);
        assertThat(left + 1).isLessThanOrEqualTo(3 * (right + 1));
        assertThat(right + 1).isLessThanOrEqualTo(3 * (left + 1));
        return node.size();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
