package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions that earlier versions have had, frame by frame, with what each said: every later version must understand them alike. A file is
 * never changed; a version that speaks otherwise adds one, made with {@code -Dibid.corpus.session=NAME}.
 */
class RecordedSessionTest extends SessionScene {
    private static final String RESOURCES = "src/test/resources/io/ibid/simulation/sessions";

    @ParameterizedTest
    @ValueSource(strings = {"2026-11"})
    void what_an_earlier_version_has_said_is_understood(String name) throws IOException {
        String recorded;
        try (InputStream in = RecordedSessionTest.class.getResourceAsStream("sessions/" + name + ".txt")) {
            recorded = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> frames =
                recorded.lines().filter(line -> !line.startsWith(" ")).toList();
        assertThat(frames).hasSizeGreaterThan(10);
        assertThat(told(frames)).isEqualTo(recorded);
    }

    /** Records a session of this version. */
    @Test
    @EnabledIfSystemProperty(named = "ibid.corpus.session", matches = ".+")
    void a_session_of_this_version_is_kept() throws IOException {
        List<String> frames = new ArrayList<>();
        lab.network.tap((from, to, frame) ->
                frames.add(from + " " + to + " " + HexFormat.of().formatHex(frame)));
        connect();
        insertCars(server, 3);
        lab.run(100);
        lab.write(device, t -> Lab.set(t, "cars", "id-100001", "field3", "changed"));
        lab.write(device, t -> Lab.delete(t, "cars", "id-100002"));
        lab.run(100);
        lab.write(device, t -> Lab.evict(t, "cars", "id-100000"));
        lab.subscribe(device, "SELECT * FROM `bikes` WHERE `bikes`.`size` > 3");
        lab.write(server, t -> Lab.insert(t, "bikes", "b", "size", 5));
        lab.run(2_000);
        lab.write(server, t -> Lab.set(t, "bikes", "b", "size", 1));
        lab.run(10_000);
        Files.writeString(Path.of(RESOURCES, System.getProperty("ibid.corpus.session") + ".txt"), told(frames));
    }

    /** The frames, each with a line for every message in it. */
    private static String told(List<String> frames) {
        TreeMap<String, FrameReader> readers = new TreeMap<>();
        StringBuilder told = new StringBuilder();
        for (String line : frames) {
            String[] words = line.split(" ", -1);
            FrameReader reader = readers.computeIfAbsent(words[0] + " " + words[1], ends -> new FrameReader());
            reader.open(HexFormat.of().parseHex(words[2]));
            told.append(line).append('\n');
            for (Message message = reader.next(); message != null; message = reader.next()) {
                told.append("  ").append(told(message)).append('\n');
            }
        }
        return told.toString();
    }

    private static String told(Message message) {
        return switch (message) {
            case Message.Hello hello ->
                "HELLO " + hello.databaseId() + " " + hello.storeId() + " " + hello.isServer() + " at " + hello.head();
            case Message.Chunk chunk -> {
                StringBuilder entries = new StringBuilder("CHUNK " + chunk.sequence() + " of " + chunk.length());
                for (Message.Entry entry : chunk.entries()) {
                    entries.append(' ')
                            .append(Oracle.name(entry.key()))
                            .append(' ')
                            .append(entry.delta().vv())
                            .append(' ')
                            .append(entry.delta().slots());
                }
                yield entries.toString();
            }
            case Message.Subs subs -> {
                StringBuilder queries = new StringBuilder("SUBS " + subs.revision());
                subs.added().forEach(query -> queries.append(" +").append(query.text()));
                subs.removed().forEach(id -> queries.append(" -").append(id));
                yield queries.toString();
            }
            case Message.Resume resume -> "RESUME at " + resume.commit() + " of " + resume.queries();
            case Message.Cut cut -> "CUT " + cut.commit() + " after " + cut.sequence() + " for " + cut.revision();
            case Message.Ack ack -> "ACK " + ack.commit();
            case Message.Forget forget -> "FORGET " + forget.number() + " " + forget.documents();
            case Message.Credit credit -> "CREDIT " + credit.total();
            default -> message.label();
        };
    }
}
