package io.ibid.core.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of the channel of attachments: both ways, pinned, and whatever else may come. */
class BlobCodecTest {
    private static final AttachmentId ID = AttachmentId.ofContent(new byte[TreeHash.BYTES], 5);
    private static final DocumentKey KEY = new DocumentKey("cars", DocumentId.of(Value.of("c")));
    private static final String HEAD = "0210";
    private static final String ID_HEX = HexFormat.of().formatHex(ID.bytes());

    static List<BlobMessage> messages() {
        return List.of(
                new BlobMessage.Want(ID, 5, KEY),
                new BlobMessage.Want(ID, 0, null),
                new BlobMessage.Drop(ID),
                new BlobMessage.None(ID),
                new BlobMessage.Have(ID, 700_000, new byte[TreeHash.BYTES], null),
                new BlobMessage.Have(
                        ID,
                        700_000,
                        new byte[TreeHash.BYTES],
                        List.of(new BlobMessage.Range(0, 3), new BlobMessage.Range(5, 1))),
                new BlobMessage.AskHashes(ID, 7),
                new BlobMessage.Hashes(ID, 7, new byte[64], new byte[32]),
                new BlobMessage.Ask(ID, new BlobMessage.Range(300, 4)),
                new BlobMessage.Data(ID, 300, 16_384, new byte[] {1, 2, 3}));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_is_read_as_it_was_written(BlobMessage message) {
        byte[] frame = BlobCodec.frame(message);
        assertThat(BlobCodec.frame(BlobCodec.messages(frame).getFirst())).isEqualTo(frame);
    }

    @Test
    void the_bytes_are_pinned() {
        assertThat(hex(new BlobMessage.Want(ID, 5, KEY)))
                .isEqualTo(HEAD + "01" + ID_HEX + "05" + "01" + "0463617273" + "026163");
        assertThat(hex(new BlobMessage.Have(
                        ID,
                        700_000,
                        new byte[TreeHash.BYTES],
                        List.of(new BlobMessage.Range(0, 3), new BlobMessage.Range(5, 1)))))
                .isEqualTo(HEAD + "04" + ID_HEX + "e0dc2a" + "00".repeat(32) + "01" + "02" + "0003" + "0201");
        assertThat(hex(new BlobMessage.Data(ID, 300, 16_384, new byte[] {1, 2, 3})))
                .isEqualTo(HEAD + "08" + ID_HEX + "ac02" + "808001" + "03010203");
    }

    private static String hex(BlobMessage message) {
        return HexFormat.of().formatHex(BlobCodec.frame(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0110", // another channel
                "0220", // another version
                "0210" + "00", // no type
                "0210" + "09", // a type to come
                "0210" + "02" + "4541", // cut short
                "0210" + "02" + "0000000000000000000000000000000000000000000000000000000000000000" + "0000" // no id
            })
    void what_is_no_frame_of_ours_is_refused(String hex) {
        assertThatThrownBy(() -> BlobCodec.messages(HexFormat.of().parseHex(hex)))
                .isInstanceOf(BlobProtocolException.class);
    }

    @Test
    void sizes_are_refused_before_memory_is_taken() {
        refuses("01" + ID_HEX + "06" + "00"); // a longer way than there is
        refuses("04" + ID_HEX + "ffffffffff7f" + "00".repeat(32) + "00"); // a content of terabytes
        refuses("04" + ID_HEX + "05" + "00".repeat(32) + "01" + "01" + "0002"); // more chunks than it has
        refuses("06" + ID_HEX + "00" + "818002"); // more hashes than a page
        refuses("07" + ID_HEX + "00" + "00"); // nothing
        refuses("08" + ID_HEX + "00" + "ffff03" + "02" + "0000"); // beyond the chunk
    }

    private static void refuses(String message) {
        assertThatThrownBy(() -> BlobCodec.messages(HexFormat.of().parseHex(HEAD + message)))
                .isInstanceOf(BlobProtocolException.class);
    }

    @Test
    void unknown_messages_that_may_be_skipped_are() {
        byte[] frame = HexFormat.of().parseHex(HEAD + "80" + "03aabbcc" + "02" + ID_HEX);
        assertThat(BlobCodec.messages(frame)).containsExactly(new BlobMessage.Drop(ID));
    }

    @Test
    void no_bytes_make_it_throw_anything_else() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] frame =
                    BlobCodec.frame(messages().get(random.nextInt(messages().size())));
            for (int j = random.nextInt(4); j >= 0; j--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            frame = Arrays.copyOf(frame, random.nextInt(frame.length + 3));
            try {
                BlobCodec.messages(frame);
            } catch (BlobProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(25_000);
    }
}
