package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.InitialContent;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A few replicas of one document that write and merge at random: documents with all that documents can have. */
final class RandomReplicas {

    private static final List<String> NAMES = List.of("a", "b", "c", "m", "Ωmega", "𐐷x", "");
    private static final List<String> VALUES = List.of(
            "1",
            "-7",
            "2.5",
            "\"text\"",
            "null",
            "true",
            "[1,[2,{\"x\":null}]]",
            "{\"k\":{\"l\":[]}}",
            "{}",
            "\"ünï𐐷\"");

    private final RandomGenerator random;
    private final List<Document> documents = new ArrayList<>();
    private final List<Long> commits = new ArrayList<>();
    private long hlc = 1L << 40;

    RandomReplicas(long seed, int replicas) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < replicas; i++) {
            documents.add(new Document());
            commits.add(0L);
        }
    }

    List<Document> documents() {
        return documents;
    }

    long commit(int replica) {
        return commits.get(replica);
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            int replica = random.nextInt(documents.size());
            long commit = commits.get(replica) + 1;
            commits.set(replica, commit);
            if (random.nextInt(3) == 0) {
                Document other = documents.get(random.nextInt(documents.size()));
                documents.get(replica).merge(other.extract(Known.NOTHING), commit, Ablation.NONE);
            } else {
                write(documents.get(replica), replica, commit);
            }
        }
    }

    private void write(Document document, int replica, long commit) {
        hlc = Math.max(hlc + 1 + random.nextInt(3), document.vv().maxHlc() + 1);
        Edit edit = document.edit(new Dot(hlc, new Actor(replica + 1, 7)), Ablation.NONE);
        int kind = random.nextInt(12);
        if (kind == 0 && document.isBlank()) {
            InitialContent content = new InitialContent();
            content.set(path(), value());
            edit.initial("c", TestStore.id("x"), content);
        } else if (kind <= 2) {
            edit.insert(random.nextBoolean());
        } else if (kind == 3) {
            edit.delete(false, Hint.of(TestStore.struct("{\"a\":1,\"tenant\":\"t\"}")));
        }
        for (int i = random.nextInt(4); i > 0 && kind != 0; i--) {
            field(edit);
        }
        document.stamp(commit);
        if (random.nextInt(8) == 0) {
            document.reapTombs(0, random.nextInt(3), Ablation.NONE);
        }
    }

    private void field(Edit edit) {
        Path path = path();
        switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> edit.set(path, value());
            case 4 -> edit.map(path);
            case 5 -> edit.attachment(path, TestStore.struct("{\"id\":\"i\",\"len\":3,\"metadata\":{}}"));
            case 6 -> edit.restart(path, random.nextInt(5));
            case 7 -> edit.increment(path, random.nextInt(5) - 2);
            case 8 -> edit.pnIncrement(path, random.nextBoolean() ? Value.of(2) : Value.of(0.5));
            default -> edit.unset(path, random.nextBoolean() ? null : FieldType.values()[random.nextInt(5)]);
        }
    }

    private Path path() {
        Path path = Path.of(NAMES.get(random.nextInt(NAMES.size())));
        while (random.nextInt(3) == 0) {
            path = path.child(NAMES.get(random.nextInt(NAMES.size())));
        }
        return path;
    }

    private Value value() {
        return Json.parse(VALUES.get(random.nextInt(VALUES.size())));
    }
}
