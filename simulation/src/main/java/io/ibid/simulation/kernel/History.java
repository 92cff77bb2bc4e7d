package io.ibid.simulation.kernel;

import static io.ibid.simulation.kernel.Statement.increment;
import static io.ibid.simulation.kernel.Statement.path;
import static io.ibid.simulation.kernel.Statement.pnIncrement;
import static io.ibid.simulation.kernel.Statement.restart;
import static io.ibid.simulation.kernel.Statement.set;
import static io.ibid.simulation.kernel.Statement.setMap;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A few replicas of one document, and what must hold after every step of any of them. */
final class History {

    /** A delta on its way; it may arrive late, twice, never, or at somebody else's. */
    record Packet(Replica sender, BitSet known, Delta delta) {}

    final Random random;
    final Ablation ablation;
    final List<Event> events = new ArrayList<>();
    final List<Replica> replicas = new ArrayList<>();
    final List<List<Statement.Write>> seeds = new ArrayList<>();
    final List<Packet> packets = new ArrayList<>();
    /** Every delta that was ever made. */
    final List<Delta> deltas = new ArrayList<>();

    final List<String> violations = new ArrayList<>();
    final Oracle oracle = new Oracle(events);
    final Map<VersionVector, Same.State> stateByVector = new HashMap<>();
    long now = 1_000;
    int refusals;

    /** Few fields, so that events meet more often. */
    private boolean narrow;

    private final Integer[] initialEvents = new Integer[2];

    History(long seed, Ablation ablation, int replicaCount) {
        this.random = new Random(seed);
        this.ablation = ablation;
        seeds.add(List.of(set("a", "seed0"), restart("c", 0)));
        seeds.add(List.of(set("a", "seed1"), restart("c", 0)));
        for (int i = 0; i < replicaCount; i++) {
            replicas.add(new Replica(this, i));
        }
    }

    Replica replica(int number) {
        return replicas.get(number);
    }

    void violation(String what) {
        violations.add(what);
    }

    int initialEvent(int seed, Dot dot) {
        if (initialEvents[seed] == null) {
            Event event = new Event(events.size(), dot, new BitSet());
            event.write(SlotKey.EXIST, Value.NULL);
            for (Statement.Write write : seeds.get(seed)) {
                switch (write) {
                    case Statement.Set(var at, Value value) -> event.write(new SlotKey(at, FieldType.REGISTER), value);
                    case Statement.Restart(var at, long value) -> event.restart(at, value, value != 0);
                    default -> throw new AssertionError("no seed holds " + write);
                }
            }
            events.add(event);
            initialEvents[seed] = event.id;
        }
        return initialEvents[seed];
    }

    /** What the other side gets, which must be what was sent. (One slot for all types has no encoding.) */
    Delta throughCodec(Delta delta) {
        deltas.add(delta);
        if (ablation.has(Ablation.Switch.ONETYPE)) {
            return delta;
        }
        byte[] bytes = DeltaCodec.encode(delta);
        Delta decoded = DeltaCodec.decode(bytes);
        if (!decoded.equals(delta)) {
            violation("a delta does not survive its codec: " + delta);
        }
        return decoded;
    }

    void check(Replica replica) {
        Document document = replica.document;
        Same.State state = Same.State.of(document);
        Same.State other = stateByVector.putIfAbsent(document.vv(), state);
        if (other != null && !other.equals(state)) {
            violation("equal vectors, different states: " + other + " and " + state);
        }
        Shown shown = replica.shown();
        Shown right = oracle.shownTo(replica.known);
        if (!shown.equals(right)) {
            violation("shows " + shown + ", should show " + right);
        }
        for (boolean hide : new boolean[] {false, true}) {
            if (document.visible(hide) != shown.visible(hide)) {
                violation("visible says something else than reading");
            }
        }
        for (int i = 0; i < document.slots().size(); i++) {
            for (int j = 0; j < document.slots().slot(i).size(); j++) {
                if (document.arrivedAt(document.slots().slot(i).dot(j)) > replica.commit) {
                    violation("a cell has not arrived by the commit that brought it");
                }
            }
        }
    }

    /** Lets everybody talk to everybody until nothing is left to say. */
    void settle() {
        packets.forEach(packet -> replicas.get(random.nextInt(replicas.size())).receive(packet));
        for (int round = 0; round < 4; round++) {
            List<Replica[]> pairs = new ArrayList<>();
            replicas.forEach(a -> replicas.forEach(b -> pairs.add(new Replica[] {a, b})));
            Collections.shuffle(pairs, random);
            pairs.stream().filter(pair -> pair[0] != pair[1]).forEach(pair -> pair[0].pull(pair[1]));
        }
        Replica first = replicas.get(0);
        for (Replica replica : replicas) {
            if (!Same.state(replica.document, first.document)
                    || !replica.shown().equals(first.shown())) {
                violation("replicas do not converge");
            }
        }
    }

    // ---- random histories

    /** What a random history does how often. */
    enum Action {
        PULL(35),
        SEND(6),
        RECEIVE(8),
        TRANSACTION(43),
        INITIAL(4),
        REAP(3),
        EVICT(2);

        final int weight;

        Action(int weight) {
            this.weight = weight;
        }
    }

    /** Runs a random history to its end; {@code favourite} comes five times as often as usual. */
    void runRandomHistory(Action favourite) {
        runRandomSteps(favourite);
        settle();
    }

    /** Runs a random history without its end, when replicas still know different things. */
    void runRandomSteps(Action favourite) {
        long zeroOrFive = random.nextInt(3) == 0 ? 5 : 0;
        seeds.set(0, List.of(set("a", "seed0"), restart("c", zeroOrFive)));
        seeds.set(1, List.of(set("a", "seed1"), restart("c", random.nextInt(3) == 0 ? 7 : zeroOrFive)));
        narrow = random.nextInt(3) == 0;
        for (Replica replica : replicas) {
            replica.hidesHusks = random.nextBoolean();
            replica.skewMs = List.of(0L, 0L, 50L, 600_000L).get(random.nextInt(4));
        }
        int start = random.nextInt(10);
        if (start < 4) {
            replica(0)
                    .run(
                            random.nextInt(4) == 0
                                    ? Statement.insert(new Statement.Fill(path("m"), 20))
                                    : Statement.insert(set("a", 1)));
            replicas.stream().skip(1).forEach(replica -> replica.pull(replica(0)));
        } else if (start < 6) {
            replicas.forEach(replica -> replica.initial(random.nextInt(3) == 0 ? 1 : 0));
        }
        int total = Arrays.stream(Action.values())
                .mapToInt(action -> weight(action, favourite))
                .sum();
        int steps = 8 + random.nextInt(19);
        for (int i = 0; i < steps; i++) {
            int pick = random.nextInt(total);
            for (Action action : Action.values()) {
                pick -= weight(action, favourite);
                if (pick < 0) {
                    step(action);
                    break;
                }
            }
        }
    }

    private static int weight(Action action, Action favourite) {
        return action == favourite ? action.weight * 5 : action.weight;
    }

    private void step(Action action) {
        now += List.of(0, 0, 1, 2, 9).get(random.nextInt(5));
        Replica replica = replicas.get(random.nextInt(replicas.size()));
        Replica other = replicas.get((replica.number + 1 + random.nextInt(replicas.size() - 1)) % replicas.size());
        switch (action) {
            case PULL -> replica.pull(other);
            case SEND -> {
                if (!replica.document.isBlank()) {
                    Delta delta = replica.document.extract(randomKnowledge(replica, other));
                    packets.add(new Packet(replica, (BitSet) replica.known.clone(), throughCodec(delta)));
                }
            }
            case RECEIVE -> {
                if (!packets.isEmpty()) {
                    Packet packet = packets.get(random.nextInt(packets.size()));
                    if (packet.sender() != replica) {
                        replica.receive(packet);
                    }
                }
            }
            case TRANSACTION -> {
                Statement[] statements = new Statement[random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1];
                Arrays.setAll(statements, i -> randomStatement());
                replica.run(statements);
            }
            case INITIAL -> replica.initial(random.nextInt(3) == 0 ? 1 : 0);
            case REAP -> replica.reap(random.nextInt(3));
            case EVICT -> replica.evict();
        }
    }

    private Known randomKnowledge(Replica sender, Replica receiver) {
        return switch (random.nextInt(3)) {
            case 0 -> new Known.ByVector(receiver.document.vv());
            case 1 -> new Known.ByCommit(random.nextInt((int) sender.commit + 1));
            default -> Known.NOTHING;
        };
    }

    private Statement randomStatement() {
        int pick = random.nextInt(20);
        if (pick < 11) {
            return random.nextInt(3) == 0
                    ? Statement.update(randomWrite(), randomWrite())
                    : Statement.update(randomWrite());
        }
        if (pick < 14) {
            List<FieldType> types = Arrays.asList(
                    null, null, FieldType.REGISTER, FieldType.COUNTER, FieldType.PN_COUNTER, FieldType.MAP);
            String name = List.of("a", "k", "c", "k.x", "m").get(random.nextInt(narrow ? 3 : 5));
            return Statement.update(new Statement.Unset(path(name), types.get(random.nextInt(types.size()))));
        }
        if (pick < 16) {
            return Statement.delete();
        }
        return Statement.insert(randomWrite(), randomWrite());
    }

    private Statement.Write randomWrite() {
        return switch (random.nextInt(narrow ? 5 : 16)) {
            case 0, 1 -> set("a", 10 + random.nextInt(90));
            case 2 -> set("k", 10 + random.nextInt(90));
            case 3, 4 -> counting("c");
            case 5 -> pnCounting("k");
            case 6 -> setMap("k");
            case 7 -> set("k.x", 10 + random.nextInt(90));
            case 8 -> set("k.y", 10 + random.nextInt(90));
            case 9 -> set("k.x.z", 10 + random.nextInt(90));
            case 10 -> counting("k");
            case 11 -> pnCounting("k");
            case 12 -> pnCounting("c");
            case 13 ->
                new Statement.SetAttachment(
                        path("k"),
                        Value.Struct.builder()
                                .put("len", Value.of(random.nextInt(3)))
                                .build());
            case 14 -> set("m." + (char) ('a' + random.nextInt(20)), random.nextInt(90));
            default -> new Statement.Fill(path("m"), 20);
        };
    }

    private Statement.Write counting(String name) {
        return random.nextInt(4) == 0
                ? restart(name, random.nextBoolean() ? 0 : 100)
                : increment(name, List.of(-2, 1, 2, 5).get(random.nextInt(4)));
    }

    private Statement.Write pnCounting(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> new Statement.PnSet(path(name), Value.of(random.nextInt(10)));
            case 1 -> new Statement.PnIncrement(path(name), Value.of(0.5));
            default -> pnIncrement(name, List.of(-2, 1, 2, 5).get(random.nextInt(4)));
        };
    }
}
