package io.ibid.simulation;

import io.ibid.core.query.Modification;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.store.Change;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Head;
import io.ibid.core.store.Proposal;
import io.ibid.core.store.Transaction;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;

/**
 * Random transactions over a few documents of a few collections, so that peers meet on the same fields again and again: with values of
 * other types in the place of maps and counters, and with INITIAL documents that several peers bring in on their own.
 */
final class Workload {
    private static final List<Path> FIELDS = List.of(Path.of("x"), Path.of("y"), Path.of("m", "z"));
    private static final Path COUNTER = Path.of("n");
    private static final Path PN_COUNTER = Path.of("p");
    private static final Path MAP = Path.of("m");

    private final WorldPlan plan;
    private final Oracle oracle;
    private final Secrets secrets;
    private final SplittableRandom random;

    Workload(WorldPlan plan, Oracle oracle, Secrets secrets, SplittableRandom random) {
        this.secrets = secrets;
        this.plan = plan;
        this.oracle = oracle;
        this.random = random;
    }

    /** Where interests shrink, somebody who wants nothing writes nothing. */
    boolean mayWrite(int peer) {
        return !plan.population().isShrinking() || !oracle.claims().wished(peer).isEmpty();
    }

    /** One transaction of the peer. */
    Proposal decide(int peer, Head head) {
        Transaction transaction = head.transaction(WriteSettings.STANDARD);
        if (random.nextInt(100) < plan.traffic().evictPercent()) {
            DocumentKey key = key(peer);
            transaction.evict(key.collection(), key.id());
        } else {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                write(transaction, key(peer));
            }
        }
        Change change = transaction.seal();
        if (change instanceof Change.Local local) {
            oracle.decided(peer, head, local);
        }
        return change;
    }

    private void write(Transaction transaction, DocumentKey key) {
        String collection = key.collection();
        DocumentId id = key.id();
        int choice = random.nextInt(100);
        if (choice < plan.traffic().deletePercent()) {
            if (transaction.delete(collection, id)) {
                oracle.claims().deleted(key);
            }
        } else if (choice < 15) {
            transaction.insert(collection, seed(key), Typing.FLEXIBLE, Target.Conflict.UPDATE, true);
        } else if (choice < 35) {
            transaction.insert(collection, document(key), Typing.FLEXIBLE, Target.Conflict.UPDATE, false);
        } else if (!transaction.update(collection, id, modifications(), Typing.FLEXIBLE)) {
            transaction.insert(collection, document(key), Typing.FLEXIBLE, Target.Conflict.UPDATE, false);
        }
    }

    private List<Modification> modifications() {
        List<Modification> modifications = new ArrayList<>();
        for (Path field : FIELDS) {
            switch (random.nextInt(5)) {
                case 0 -> modifications.add(new Modification.Unset(field));
                case 1, 2 -> modifications.add(new Modification.Set(field, value()));
                default -> {
                    // This field stays as it is.
                }
            }
        }
        if (random.nextInt(4) == 0) {
            modifications.add(new Modification.Set(Path.of(Wish.KIND_FIELD), kind()));
        }
        switch (random.nextInt(16)) {
            case 0, 1 -> modifications.add(new Modification.Restart(COUNTER, random.nextInt(10)));
            case 2, 3, 4, 5, 6 -> modifications.add(new Modification.Increment(COUNTER, random.nextInt(1, 4)));
            case 7 -> modifications.add(new Modification.PnIncrement(PN_COUNTER, Value.of(random.nextInt(-3, 4))));
            case 8 -> modifications.add(new Modification.Set(COUNTER, value()));
            case 9 -> modifications.add(new Modification.Unset(COUNTER));
            default -> modifications.add(new Modification.Set(Path.of("last"), value()));
        }
        // Not beside a field of the map in the same statement: only one of the two could be meant.
        if (modifications.stream().noneMatch(modification -> modification.path().depth() > 1)) {
            switch (random.nextInt(12)) {
                case 0 -> modifications.add(new Modification.Unset(MAP));
                case 1 -> modifications.add(new Modification.Set(MAP, value()));
                case 2 -> modifications.add(new Modification.Set(MAP, map()));
                default -> {
                    // The map stays as it is.
                }
            }
        }
        return modifications;
    }

    private Value kind() {
        return Value.of(random.nextInt(Wish.KINDS));
    }

    private Value.Struct map() {
        return Value.Struct.builder().put("z", value()).put("q", value()).build();
    }

    /** Of few kinds, so that peers who know nothing of each other bring in the same one. */
    private Value.Struct seed(DocumentKey key) {
        return Value.Struct.builder()
                .put("_id", key.id().value())
                .put(Wish.TENANT_FIELD, Value.of(Wish.tenantOf(key)))
                .put(Wish.KIND_FIELD, kind())
                .put("x", Value.of(random.nextInt(2)))
                .put("m", Value.Struct.builder().put("z", Value.of(0)).build())
                .build();
    }

    private Value.Struct document(DocumentKey key) {
        return Value.Struct.builder()
                .put("_id", key.id().value())
                .put(Wish.TENANT_FIELD, Value.of(Wish.tenantOf(key)))
                .put(Wish.KIND_FIELD, kind())
                .put("x", value())
                .put("w", value())
                .build();
    }

    private Value value() {
        return switch (random.nextInt(6)) {
            case 0 -> Value.of("text".repeat(random.nextInt(plan.traffic().textCharactersMax() / 4)));
            case 1, 2 -> secrets.plant();
            default -> Value.of(random.nextInt(1_000));
        };
    }

    /** Mostly what the peer wants itself; where the others rely on it, only that. */
    private DocumentKey key(int peer) {
        SortedSet<Wish> wishes = oracle.claims().wished(peer);
        boolean isOwn = plan.population().isShrinking() || random.nextInt(5) > 0;
        DocumentKey key = anyKey();
        while (isOwn && !wishes.isEmpty() && !isWished(wishes, key)) {
            key = anyKey();
        }
        return key;
    }

    private static boolean isWished(SortedSet<Wish> wishes, DocumentKey key) {
        return wishes.stream()
                .anyMatch(wish -> wish.covers(key)
                        || (wish.isMutable() && wish.collection().equals(key.collection())));
    }

    private DocumentKey anyKey() {
        Traffic traffic = plan.traffic();
        return new DocumentKey(
                traffic.collections().get(random.nextInt(traffic.collections().size())),
                Wish.id(random.nextInt(traffic.tenants()), random.nextInt(traffic.documentsPerTenant())));
    }
}
