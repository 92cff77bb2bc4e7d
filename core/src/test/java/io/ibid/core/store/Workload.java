package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;

import io.ibid.core.query.Modification;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random statements on few documents and fields, so that they meet. */
final class Workload {

    private static final List<String> VALUES =
            List.of("1", "2.5", "\"t\"", "null", "[1,2]", "{\"p\":1}", "{\"q\":{\"r\":true}}", "{}");

    final RandomGenerator random;
    boolean evicts = true;
    List<String> values = VALUES;

    Workload(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    String document() {
        return "d" + random.nextInt(6);
    }

    /** One to four statements. */
    void transaction(Transaction tx) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            statement(tx, document());
        }
    }

    void statement(Transaction tx, String id) {
        String collection = random.nextInt(4) == 0 ? "dogs" : CARS;
        switch (random.nextInt(10)) {
            case 0, 1 -> tx.insert(collection, insertion(id), typing(), Conflict.UPDATE, false);
            case 2 -> tx.insert(collection, insertion(id), typing(), Conflict.UPDATE_LOCAL_DIFF, false);
            case 3 -> tx.insert(collection, insertion(id), Typing.FLEXIBLE, Conflict.NOTHING, random.nextBoolean());
            case 4, 5, 6 -> tx.update(collection, id(id), modifications(), Typing.FLEXIBLE);
            case 7 -> tx.delete(collection, id(id));
            case 8 -> {
                if (evicts) {
                    tx.evict(collection, id(id));
                }
            }
            default -> {
                Savepoint start = tx.savepoint();
                tx.update(collection, id(id), modifications(), Typing.FLEXIBLE);
                tx.delete(collection, id(document()));
                tx.rollback(start);
            }
        }
    }

    private Typing typing() {
        return random.nextInt(4) == 0 ? Typing.STRICT : Typing.FLEXIBLE;
    }

    private Value.Struct insertion(String id) {
        Value.Struct.Builder fields = Value.Struct.builder().put("_id", Value.of(id));
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put("f" + random.nextInt(4), value());
        }
        return fields.build();
    }

    private Value value() {
        return Json.parse(values.get(random.nextInt(values.size())));
    }

    private List<Modification> modifications() {
        List<Modification> modifications = new ArrayList<>();
        for (int field = 0; field < 4; field++) {
            Path path = random.nextInt(3) == 0 ? Path.of("f" + field, "p") : Path.of("f" + field);
            switch (random.nextInt(9)) {
                case 0, 1 -> modifications.add(new Modification.Set(path, value()));
                case 2 -> modifications.add(new Modification.Unset(path));
                case 3 -> modifications.add(new Modification.Increment(path, random.nextInt(5)));
                case 4 -> modifications.add(new Modification.PnIncrement(path, Value.of(0.5)));
                case 5 -> modifications.add(new Modification.Restart(path, 3));
                default -> {}
            }
        }
        return modifications;
    }
}
