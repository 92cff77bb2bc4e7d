package io.ibid.core.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameTest {

    static FrameReader greeted() {
        return greeted(SampleMessages.hello());
    }

    static FrameReader greeted(Message.Hello hello) {
        FrameReader reader = new FrameReader();
        FrameWriter writer = new FrameWriter(hello.hlc());
        writer.add(hello);
        assertThat(read(reader, writer.take())).hasSize(1);
        return reader;
    }

    static FrameWriter greeting() {
        FrameWriter writer = new FrameWriter(SampleMessages.HLC);
        writer.add(SampleMessages.hello());
        writer.take();
        return writer;
    }

    static List<Message> read(FrameReader reader, byte[] frame) {
        reader.open(frame);
        List<Message> messages = new ArrayList<>();
        for (Message message = reader.next(); message != null; message = reader.next()) {
            messages.add(message);
        }
        return messages;
    }

    @Test
    void every_message_survives_the_wire() {
        FrameWriter writer = greeting();
        FrameReader reader = greeted();
        for (Message message : SampleMessages.all()) {
            writer.add(message);
            assertThat(read(reader, writer.take())).containsExactly(message);
        }
        SampleMessages.all().forEach(writer::add);
        assertThat(read(reader, writer.take())).isEqualTo(SampleMessages.all());
    }

    @Test
    void a_greeting_survives_the_wire() {
        FrameWriter writer = new FrameWriter(SampleMessages.HLC);
        Message.Hello hello = SampleMessages.hello();
        writer.add(hello);
        Message.Hello read =
                (Message.Hello) read(new FrameReader(), writer.take()).getFirst();
        assertThat(read).usingRecursiveComparison().isEqualTo(hello);
    }

    /** Whoever changes these bytes changes the protocol: peers of the version before would not understand. */
    @Test
    void the_bytes_are_those_of_version_1() throws Exception {
        List<String> lines = new ArrayList<>();
        FrameWriter writer = new FrameWriter(SampleMessages.HLC);
        List<Message> messages = new ArrayList<>();
        messages.add(SampleMessages.hello());
        messages.addAll(SampleMessages.all());
        for (Message message : messages) {
            writer.add(message);
            lines.add(message.label() + " " + HexFormat.of().formatHex(writer.take()));
        }
        Histories history = new Histories(1);
        for (int i = 0; i < 20; i++) {
            int length = writer.lane(0).append(SampleMessages.key("c" + i % 2, "d" + i % 3), history.next());
            writer.add(new Message.Chunk(0, i + 1, 1301, Message.NO_TAGS, length, List.of()));
            lines.add("CHUNK " + HexFormat.of().formatHex(writer.take()));
        }
        try (var in = FrameTest.class.getResourceAsStream("frames-1.txt")) {
            assertThat(String.join("\n", lines) + "\n")
                    .isEqualTo(in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void entries_survive_whatever_frames_and_lanes_carry_them() {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FrameWriter writer = greeting();
            FrameReader reader = greeted();
            Histories[] histories = {new Histories(seed), new Histories(seed + 1000), new Histories(seed + 2000)};
            List<List<Message.Entry>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<List<Message.Entry>> received = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < 300; i++) {
                int lane = random.nextInt(3);
                if (random.nextInt(2) == 0) {
                    DocumentKey key = SampleMessages.key("c" + random.nextInt(3), "d" + random.nextInt(600));
                    Message.Entry entry = new Message.Entry(key, histories[random.nextInt(3)].next());
                    writer.lane(lane).append(entry.key(), entry.delta());
                    sent.get(lane).add(entry);
                } else {
                    int length = random.nextInt(1, 200);
                    flush(writer, reader, lane, length, received);
                }
                if (random.nextInt(50) == 0) {
                    for (int each = 0; each < 3; each++) {
                        while (writer.lane(each).pending() > 0) {
                            flush(writer, reader, each, 1 << 14, received);
                        }
                    }
                    writer.forget();
                    assertThat(writer.isForgotten()).isTrue();
                }
            }
            for (int lane = 0; lane < 3; lane++) {
                while (writer.lane(lane).pending() > 0) {
                    flush(writer, reader, lane, 1 << 14, received);
                }
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    private static void flush(
            FrameWriter writer, FrameReader reader, int lane, int max, List<List<Message.Entry>> received) {
        int length = Math.min(max, writer.lane(lane).pending());
        if (length > 0) {
            writer.add(new Message.Chunk(lane, 0, 1234, Message.NO_TAGS, length, List.of()));
            Message.Chunk chunk = (Message.Chunk) read(reader, writer.take()).getFirst();
            assertThat(chunk.length()).isEqualTo(length);
            received.get(lane).addAll(chunk.entries());
        }
    }

    @Test
    void dictionaries_go_round() {
        FrameWriter writer = greeting();
        FrameReader reader = greeted();
        Histories history = new Histories(3);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            // More collections and documents than a dictionary has numbers, now and then an old one, some too long for
            // one.
            int number = random.nextInt(4) == 0 ? random.nextInt(i + 1) : i;
            String name = number % 100 == 0 ? "long" + number + "x".repeat(300) : "c" + number;
            List<Message> messages = List.of(new Message.Forget(i, List.of(SampleMessages.key(name, "d" + number))));
            messages.forEach(writer::add);
            assertThat(read(reader, writer.take())).isEqualTo(messages);
        }
        assertThat(history.next()).isNotNull();
    }

    @Test
    void messages_of_later_versions_are_skipped_where_they_say_so() {
        FrameReader reader = greeted();
        ByteWriter frame = new ByteWriter().u8(0).u8(0x10);
        frame.u8(0x80).blob(new byte[300]);
        frame.u8(15).u8(1).fixed64(5);
        frame.u8(0xff).blob(new byte[0]);
        assertThat(read(reader, frame.toByteArray())).containsExactly(new Message.Ping(true, 5));
    }

    @Test
    void garbage_is_named() {
        assertRefused("a frame without messages", new byte[] {0, 0x10});
        assertRefused("unknown channel 9", new byte[] {9, 0x10, 15});
        assertRefused("unknown version 2", new byte[] {0, 0x20, 15});
        assertRefused("unknown flags 5", new byte[] {0, 0x15, 15});
        assertRefused("unknown type 0", new byte[] {0, 0x10, 0});
        assertRefused("unknown type 127", new byte[] {0, 0x10, 0x7f});
        assertRefused("malformed ACK: Cut off", new byte[] {0, 0x10, 10});
        assertRefused("malformed RECON", new byte[] {0, 0x10, 6});
        assertRefused("RECON of the unknown kind 7", new byte[] {0, 0x10, 6, 0, 7});
        assertRefused("malformed RECON", recon(2, 20_001, new byte[100_000]));
        assertRefused("malformed RECON", recon(3, 0, 100, new byte[100]));
        assertRefused("RECON wants 10001 documents at once", recon(3, 0, 10_001, new byte[100_000]));
        assertRefused("a frame of 1048577 bytes", new byte[(1 << 20) + 1]);
        assertRefused("malformed message of type 128", new byte[] {0, 0x10, (byte) 0x80, 5, 1});
        assertRefused("a second HELLO", firstFrame(SampleMessages.hello()));
        assertThatThrownBy(() -> read(new FrameReader(), firstFrame(new Message.Ack(3))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("ACK before HELLO");
        ByteWriter tooMany =
                new ByteWriter().u8(0).u8(0x10).u8(12).varint(1).varint(10_001).bytes(new byte[20_000]);
        assertRefused("a list of 10001 items", tooMany.toByteArray());
        assertRefused("HELD asks about nothing", held(0, 0));
        assertRefused("malformed HELD", held(0, 10_001));
        assertRefused("unknown kind 5", held(5));
        assertRefused("malformed HELD: a filter of 50000 hashes in 0 bytes", held(1, 50_000));
        assertRefused("malformed HELD", held(1, 64_001));
        assertRefused("malformed HELD: a filter with a place beyond its end", held(1, 1, 0xff, 0xff));
        assertRefused("malformed HELD: a filter with bits behind its end", held(1, 1, 0, 1));
        assertRefused("malformed HELD", held(3, 10_000));
        assertRefused("HELD with a hit at 10000", held(4, 2, 9_999, 0));
        ByteWriter tooLong = new ByteWriter()
                .u8(0)
                .u8(0x10)
                .u8(8)
                .u8(0)
                .blob(new ByteWriter().varint((16 << 20) + 1).toByteArray());
        assertRefused("an entry of 16777217 bytes", tooLong.toByteArray());
        ByteWriter endless =
                new ByteWriter().u8(0).u8(0x10).u8(8).u8(0).varint(5).bytes(new byte[] {-1, -1, -1, -1, -1});
        assertRefused("more than 2^28", endless.toByteArray());
    }

    private static byte[] held(int... numbers) {
        ByteWriter frame = new ByteWriter().u8(0).u8(0x10).u8(7).u8(0).text("cars");
        for (int number : numbers) {
            if (number > 255) {
                frame.varint(number);
            } else {
                frame.u8(number);
            }
        }
        return frame.toByteArray();
    }

    private static byte[] recon(int kind, int count, byte[] rest) {
        return new ByteWriter()
                .u8(0)
                .u8(0x10)
                .u8(6)
                .u8(0)
                .u8(kind)
                .varint(count)
                .bytes(rest)
                .toByteArray();
    }

    private static byte[] recon(int kind, int flag, int count, byte[] rest) {
        return new ByteWriter()
                .u8(0)
                .u8(0x10)
                .u8(6)
                .u8(0)
                .u8(kind)
                .u8(flag)
                .varint(count)
                .bytes(rest)
                .toByteArray();
    }

    private static byte[] firstFrame(Message message) {
        FrameWriter writer = new FrameWriter(SampleMessages.HLC);
        writer.add(message);
        return writer.take();
    }

    private static void assertRefused(String why, byte[] frame) {
        assertThatThrownBy(() -> read(greeted(), frame))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_cut_inside_an_entry_is_refused() {
        FrameWriter writer = greeting();
        FrameReader reader = greeted();
        writer.lane(0).append(SampleMessages.key("c", "d"), new Histories(5).next());
        writer.add(new Message.Chunk(0, 1, 1, Message.NO_TAGS, 5, List.of()));
        writer.add(new Message.Cut(2, 0, 0, 1, 0, 0, 0, Message.NO_TAGS));
        assertThatThrownBy(() -> read(reader, writer.take())).hasMessageContaining("CUT inside an entry of lane 0");
    }

    @Test
    void no_bytes_make_the_reader_fail_otherwise() {
        SplittableRandom random = new SplittableRandom(11);
        TreeSet<String> labels = new TreeSet<>();
        int rounds = Boolean.getBoolean("ibid.long") ? 5_000_000 : 60_000;
        List<byte[]> frames = List.of();
        for (int round = 0; round < rounds; round++) {
            if (round % 64 == 0) {
                frames = validFrames(random.nextLong());
            }
            FrameReader reader = greeted();
            try {
                // A few good frames fill the dictionaries, then a damaged one.
                int good = random.nextInt(frames.size());
                for (byte[] frame : frames.subList(0, good)) {
                    read(reader, frame).forEach(message -> labels.add(message.label()));
                }
                read(reader, damaged(random, frames.get(good)));
            } catch (ProtocolException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
        assertThat(labels).contains("SUBS", "RESUME", "CHUNK", "CUT", "NEED", "FORGET", "HELD", "RECON");
    }

    private static List<byte[]> validFrames(long seed) {
        FrameWriter writer = greeting();
        Histories history = new Histories(seed);
        List<byte[]> frames = new ArrayList<>();
        List<Message> messages = SampleMessages.all();
        int rotation = (int) Math.floorMod(seed, (long) messages.size());
        for (int i = 0; i < 8; i++) {
            writer.add(messages.get((i + rotation) % messages.size()));
            int length = writer.lane(0).append(SampleMessages.key("c" + i % 2, "d" + i % 5), history.next());
            writer.add(new Message.Chunk(0, i, i, Message.NO_TAGS, length, List.of()));
            frames.add(writer.take());
        }
        return frames;
    }

    private static byte[] damaged(SplittableRandom random, byte[] frame) {
        byte[] bytes = frame.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> random.nextBytes(bytes);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    bytes[random.nextInt(2, bytes.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }
}
