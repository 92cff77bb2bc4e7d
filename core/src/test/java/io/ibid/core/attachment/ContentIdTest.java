package io.ibid.core.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.env.Blobs;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.AttachmentToken;
import io.ibid.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of a content, worked out a second time in the plainest way, and its tree. */
class ContentIdTest {
    private static final int CHUNK = 64 << 10;

    /** Made by a script of 12 lines of Python around hashlib; content byte i is i * 7 + i / 251 modulo 256. */
    @ParameterizedTest
    @CsvSource({
        "0, RUEWofWhqPb9rdPj9MSKP8iiYZRyVSWZx3lQnzIqYv368Q",
        "1, RUEapP1pX_K_zMpUTI-2Yc_uSaCLpg0RMsh_0CA-K63niw",
        "65535, RUEIvtCRj22PL3Zs5tFQYT8mDd0cQ580P4D3Qc8cmNLz8g",
        "65536, RUE1NA2uFgHrOdFVG-fYQIFSsPfyhBV6UzfwShC92XkAog",
        "65537, RUHBJnMefEDy8LKXhgBfLfEk4MKDuCQIg-x-yti-t0d2PQ",
        "262144, RUGEyljPyVlhv_v0MGveZiXuD6elxCaNl9Tyyh4D6wfKrQ",
        "262145, RUEoMeDSZa21YkcekL1kzPC4rk4x7tZN0FMXHNSPySISIA",
        "1000000, RUEuNgTlBqnqZeRFhCiTx6TJQJdHVFnnCfcs5nqkzU9JIw"
    })
    void the_id_of_a_content_is_pinned(int length, String id) {
        assertThat(idOf(pattern(length)).toString()).isEqualTo(id).hasSize(46);
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 251);
        }
        return bytes;
    }

    private static AttachmentId idOf(byte[] bytes) {
        try (Upload upload = new Upload(new Memory())) {
            Random sizes = new Random(1);
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + sizes.nextInt(100_000));
                upload.write(bytes, at, count);
                at += count;
            }
            return upload.finish();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 1_023, 1_024, 1_025, 2_048, 2_500, 4_097})
    void the_tree_over_pages_is_the_tree_over_chunks_and_each_page_is_proven(int leaves) throws Exception {
        byte[] hashes = new byte[leaves * TreeHash.BYTES];
        new Random(leaves).nextBytes(hashes);
        byte[] expected = plainRoot(cut(hashes));
        TreeHash hash = new TreeHash();
        List<byte[]> pages = new ArrayList<>();
        for (int from = 0; from < hashes.length; from += Shape.PAGE_LEAVES * TreeHash.BYTES) {
            pages.add(Arrays.copyOfRange(
                    hashes, from, Math.min(hashes.length, from + Shape.PAGE_LEAVES * TreeHash.BYTES)));
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] page : pages) {
            joined.write(hash.root(page));
        }
        byte[] nodes = joined.toByteArray();
        assertThat(hash.root(nodes)).isEqualTo(expected);
        for (int page = 0; page < pages.size(); page++) {
            byte[] path = hash.path(nodes, page);
            byte[] node = hash.root(pages.get(page));
            assertThat(hash.rootOf(node, page, pages.size(), path)).isEqualTo(expected);
            byte[] spoilt = pages.get(page).clone();
            spoilt[page % spoilt.length] ^= 1;
            assertThat(hash.rootOf(hash.root(spoilt), page, pages.size(), path)).isNotEqualTo(expected);
            assertThat(hash.rootOf(node, page, pages.size(), Arrays.copyOf(path, path.length + TreeHash.BYTES)))
                    .isNull();
        }
    }

    private static List<byte[]> cut(byte[] hashes) {
        List<byte[]> list = new ArrayList<>();
        for (int i = 0; i < hashes.length; i += TreeHash.BYTES) {
            list.add(Arrays.copyOfRange(hashes, i, i + TreeHash.BYTES));
        }
        return list;
    }

    /** RFC 9162 2.1.1, word for word. */
    private static byte[] plainRoot(List<byte[]> leaves) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        if (leaves.isEmpty()) {
            return sha.digest();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        sha.update((byte) 1);
        sha.update(plainRoot(leaves.subList(0, k)));
        sha.update(plainRoot(leaves.subList(k, leaves.size())));
        return sha.digest();
    }

    @Test
    void an_id_is_read_with_and_without_its_first_two_letters() {
        AttachmentId id = idOf(pattern(10));
        byte[] hash = Arrays.copyOfRange(id.bytes(), 2, AttachmentId.LENGTH);
        String bare = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        assertThat(bare).hasSize(43);
        assertThat(AttachmentId.parse(id.toString())).isEqualTo(id);
        assertThat(AttachmentId.parse(bare)).isEqualTo(id);
        assertThat(AttachmentToken.idOf(AttachmentToken.of(id, 10, Value.Struct.EMPTY)))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RUE",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "RUEAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHx",
                "RUEAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw==",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
                "RUEAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e+/"
            })
    void what_is_no_id_is_none(String text) {
        assertThat(AttachmentId.parse(text)).isNull();
    }

    @Test
    void a_leaf_is_the_hash_of_a_zero_byte_and_the_chunk() throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update((byte) 0);
        sha.update(new byte[CHUNK]);
        assertThat(HexFormat.of().formatHex(new TreeHash().leaf(new byte[CHUNK], 0, CHUNK)))
                .isEqualTo(HexFormat.of().formatHex(sha.digest()));
    }

    /** Takes files and forgets them. */
    private static final class Memory implements Blobs {
        @Override
        public Writing append() {
            return new Writing() {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    // Only the name counts here.
                }

                @Override
                public void finish(String name) {
                    throw new AssertionError("nobody keeps it");
                }

                @Override
                public void close() {
                    // There is nothing to discard.
                }
            };
        }

        @Override
        public byte @Nullable [] read(String name, long offset, int length) {
            return null;
        }

        @Override
        public long length(String name) {
            return -1;
        }

        @Override
        public void delete(String name) {
            throw new AssertionError("there is nothing to delete");
        }

        @Override
        public Partial partial(String name) {
            throw new AssertionError("nothing is fetched");
        }

        @Override
        public void retain(Predicate<String> isFinished, Predicate<String> isPartial) {
            throw new AssertionError("there is nothing to tidy");
        }
    }
}
