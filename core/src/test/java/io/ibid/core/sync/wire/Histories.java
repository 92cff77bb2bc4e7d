package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Documents with a random past: a few replicas that edit and merge, so that every kind of cell, sibling and removal occurs. */
final class Histories {
    private static final List<Path> PATHS = List.of(
            Path.of("a"), Path.of("b"), Path.of("m", "x"), Path.of("m", "y"), Path.of("n", "o", "p"), Path.of("c"));

    private static final List<Value> VALUES = List.of(
            Value.of(0),
            Value.of(Long.MIN_VALUE),
            Value.of(1.5),
            Value.NULL,
            Value.TRUE,
            Value.of("naïve"),
            new Value.Binary(new byte[] {1, 2}),
            new Value.Array(List.of(Value.of("x"), Value.of(300))),
            Value.Struct.builder().put("deep", Value.Struct.EMPTY).build(),
            Value.of("v".repeat(500)));

    private final SplittableRandom random;
    private final List<Document> replicas = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private long hlc = HybridClock.at(1_700_000_000_000L);
    private long commit;

    Histories(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < 3; i++) {
            replicas.add(new Document());
            actors.add(new Actor(random.nextLong() & Long.MAX_VALUE, random.nextLong()));
        }
    }

    /** A delta of some replica against something that another may know. */
    Delta next() {
        while (true) {
            int steps = random.nextInt(1, 5);
            for (int i = 0; i < steps; i++) {
                step();
            }
            Document document = replicas.get(random.nextInt(replicas.size()));
            if (!document.isBlank()) {
                Document other = replicas.get(random.nextInt(replicas.size()));
                return switch (random.nextInt(3)) {
                    case 0 -> document.extract(Known.NOTHING);
                    case 1 -> document.extract(new Known.ByVector(other.vv()));
                    default -> document.extract(new Known.ByCommit(random.nextLong(commit + 1)));
                };
            }
        }
    }

    private void step() {
        int at = random.nextInt(replicas.size());
        Document document = replicas.get(at);
        commit++;
        if (random.nextInt(3) == 0) {
            document.merge(replicas.get(random.nextInt(replicas.size())).extract(Known.NOTHING), commit, Ablation.NONE);
            return;
        }
        hlc += random.nextInt(4) == 0 ? random.nextLong(1L << 40) + 1 : 1;
        Edit edit = document.edit(new Dot(hlc, actors.get(at)), Ablation.NONE);
        Path path = PATHS.get(random.nextInt(PATHS.size()));
        switch (random.nextInt(10)) {
            case 0 -> edit.insert(false);
            case 1 ->
                edit.delete(
                        false,
                        Hint.of(Value.Struct.builder()
                                .put("s", Value.of(random.nextInt(9)))
                                .build()));
            case 2 -> edit.unset(path, null);
            case 3 -> edit.increment(path, random.nextLong());
            case 4 -> edit.restart(path, random.nextLong());
            case 5 -> edit.pnIncrement(path, Value.of(random.nextInt(9)));
            case 6 -> edit.map(path);
            case 7 ->
                edit.attachment(
                        path, Value.Struct.builder().put("id", Value.of("x")).build());
            default -> edit.set(path, VALUES.get(random.nextInt(VALUES.size())));
        }
        document.stamp(commit);
    }
}
