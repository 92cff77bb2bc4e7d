package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Deltas such as a few replicas of one document send each other, of every kind of cell, whole and in parts. */
final class RandomDeltas {
    private static final int REPLICAS = 3;
    private static final int STEPS = 40;
    private static final List<Path> PATHS = List.of(
            Path.of("a"), Path.of("k"), Path.of("k", "x"), Path.of("k", "x", "z"), Path.of("c"), Path.of("m", "y"));

    private final Random random;
    private final List<Document> replicas = new ArrayList<>();
    private final List<Delta> deltas = new ArrayList<>();
    private long time = 1_000;
    private long commit;

    private RandomDeltas(long seed) {
        random = new Random(seed);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new Document());
        }
    }

    static List<Delta> of(long seed) {
        RandomDeltas made = new RandomDeltas(seed);
        for (int i = 0; i < STEPS; i++) {
            made.step();
        }
        return made.deltas;
    }

    private void step() {
        int number = random.nextInt(REPLICAS);
        Document document = replicas.get(number);
        if (random.nextInt(3) > 0) {
            Edit edit = document.edit(new Dot(++time, new Actor(0, number + 1)), Ablation.NONE);
            edit(edit, document);
            document.stamp(++commit);
            deltas.add(edit.delta());
        } else {
            Document other = replicas.get((number + 1 + random.nextInt(REPLICAS - 1)) % REPLICAS);
            if (!other.isBlank()) {
                Delta delta = other.extract(known(document));
                deltas.add(delta);
                if (document.applicable(delta, Ablation.NONE)) {
                    document.merge(delta, ++commit, Ablation.NONE);
                }
            }
        }
    }

    private Known known(Document receiver) {
        return switch (random.nextInt(3)) {
            case 0 -> new Known.ByVector(receiver.vv());
            case 1 -> new Known.ByCommit(random.nextLong(commit + 1));
            default -> Known.NOTHING;
        };
    }

    private void edit(Edit edit, Document document) {
        switch (random.nextInt(8)) {
            case 0 ->
                edit.delete(
                        false,
                        random.nextBoolean()
                                ? Hint.of(Value.Struct.builder()
                                        .put("a", Value.of(1))
                                        .build())
                                : null);
            case 1 -> {
                InitialContent content = new InitialContent();
                content.set(Path.of("a"), Value.of("seed" + random.nextInt(2)));
                edit.initial("cars", DocumentId.of(Value.of("x")), content);
            }
            default -> {
                if (document.isBlank() || random.nextInt(4) == 0) {
                    edit.insert(false);
                } else {
                    edit.update(false);
                }
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    write(edit, PATHS.get(random.nextInt(PATHS.size())));
                }
            }
        }
    }

    private void write(Edit edit, Path path) {
        switch (random.nextInt(8)) {
            case 0 -> edit.restart(path, random.nextInt(10));
            case 1 -> edit.increment(path, random.nextInt(-3, 6));
            case 2 -> edit.pnIncrement(path, random.nextBoolean() ? Value.of(2) : Value.of(0.5));
            case 3 -> edit.unset(path, null);
            case 4 -> edit.map(path);
            case 5 ->
                edit.attachment(
                        path,
                        Value.Struct.builder()
                                .put("len", Value.of(random.nextInt(3)))
                                .build());
            default -> edit.set(path, Value.of("value " + random.nextInt(90)));
        }
    }
}
