package io.ibid.simulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Histories that an independent model of the design has played, in another language and by other hands: the kernel must show the same after each
 * event, and refuse and accept the same deltas. The file says at its head how it is to be read.
 */
class ModelAgreementTest {
    private static final String FILE = "model-histories.txt";
    private static final int HISTORIES_MIN = 250;

    private List<Document> stores = List.of();
    private long[] commits = new long[0];
    private String history = "";
    private int histories;
    private int refused;

    @Test
    void the_kernel_does_what_the_model_does() {
        for (String line : lines()) {
            if (!line.startsWith("#")) {
                play(line.split(" ", -1), line);
            }
        }
        assertThat(histories).isGreaterThanOrEqualTo(HISTORIES_MIN);
        assertThat(refused).isPositive();
    }

    private static List<String> lines() {
        try (InputStream stream = Objects.requireNonNull(ModelAgreementTest.class.getResourceAsStream(FILE));
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void play(String[] words, String line) {
        switch (words[0]) {
            case "history" -> begin(line, Integer.parseInt(words[2]));
            case "local" ->
                write(
                        Integer.parseInt(words[1]),
                        Long.parseLong(words[2]),
                        Arrays.asList(words).subList(3, words.length));
            case "reap" -> store(words[1]).reapTombs(Long.MAX_VALUE, 0, Ablation.NONE);
            case "send" ->
                assertThat(send(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]))
                        .as("%s: %s", history, line)
                        .isEqualTo(words[4]);
            case "show" ->
                assertThat(shown(words[1])).as("%s: %s", history, line).isEqualTo(line);
            default -> throw new AssertionError(line);
        }
    }

    private void begin(String line, int count) {
        history = line;
        histories++;
        commits = new long[count];
        List<Document> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fresh.add(new Document());
        }
        stores = fresh;
    }

    private Document store(String number) {
        return stores.get(Integer.parseInt(number));
    }

    private static Actor actor(int store) {
        return new Actor(0, store + 1L);
    }

    private void write(int store, long time, List<String> writes) {
        Document document = stores.get(store);
        Edit edit = document.edit(new Dot(time, actor(store)), Ablation.NONE);
        for (String write : writes) {
            String[] parts = write.split(":", -1);
            switch (parts[0]) {
                case "set" -> edit.set(Path.of(parts[1]), Value.of(Long.parseLong(parts[2])));
                case "restart" -> edit.restart(Path.of(parts[1]), Long.parseLong(parts[2]));
                case "add" -> edit.increment(Path.of(parts[1]), Long.parseLong(parts[2]));
                case "unset" ->
                    assertThat(edit.unset(Path.of(parts[1]), null)).as(history).isTrue();
                case "delete" -> edit.removeAll();
                default -> throw new AssertionError(write);
            }
        }
        commits[store]++;
        document.stamp(commits[store]);
    }

    private String send(int from, int to, String base) {
        Document receiver = stores.get(to);
        Known known =
                base.equals("vector") ? new Known.ByVector(receiver.vv()) : new Known.ByCommit(Long.parseLong(base));
        Delta delta = DeltaCodec.decode(DeltaCodec.encode(stores.get(from).extract(known)));
        if (!receiver.applicable(delta, Ablation.NONE)) {
            refused++;
            return "refused";
        }
        if (!receiver.merge(delta, commits[to] + 1, Ablation.NONE).changed()) {
            return "known";
        }
        commits[to]++;
        return "applied";
    }

    /** As the file writes it. */
    private String shown(String number) {
        Document document = store(number);
        VersionVector vv = document.vv();
        StringBuilder text = new StringBuilder("show " + number + " vector");
        for (int i = 0; i < vv.size(); i++) {
            text.append(' ').append(vv.actor(i).low() - 1).append(':').append(vv.hlc(i));
        }
        text.append(vv.isEmpty() ? " - values" : " values");
        Value.Struct values = document.reading(Ablation.NONE).root().value();
        for (int i = 0; i < values.size(); i++) {
            text.append(' ').append(values.name(i)).append('=').append(Json.write(values.value(i)));
        }
        return text.append(values.size() == 0 ? " -" : "").toString();
    }
}
