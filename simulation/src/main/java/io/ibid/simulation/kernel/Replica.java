package io.ibid.simulation.kernel;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Authorship;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Field;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.InitialContent;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.MergeOutcome;
import io.ibid.core.crdt.Node;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One store with one document, as far as the kernel is concerned: what a store does around it, with the oracle's book-keeping. */
final class Replica {

    static final String COLLECTION = "cars";
    static final DocumentId ID = DocumentId.of(Value.of("one"));

    final History history;
    final int number;
    final HybridClock clock;
    /** How far this device's wall clock is off. */
    long skewMs;

    boolean hidesHusks;
    Document document = new Document();
    BitSet known = new BitSet();
    long commit;
    /** Per supplier, its commit up to which this replica has everything. */
    final SortedMap<Integer, Long> tokens = new TreeMap<>();

    private Actor actor;
    private long epoch;
    private long stub;

    Replica(History history, int number) {
        this.history = history;
        this.number = number;
        this.actor = Actor.derive(new byte[] {(byte) number}, new byte[16], 0);
        this.clock = new HybridClock(history.now, 0, HybridClock.HARD_BOUND_MS);
    }

    Shown shown() {
        return Shown.of(document.reading(history.ablation));
    }

    boolean visible() {
        return document.visible(hidesHusks);
    }

    // ---- local events

    private Dot nextDot() {
        if (Authorship.needsNewEpoch(document, actor, stub, history.ablation)) {
            actor = Actor.derive(new byte[] {(byte) number}, new byte[16], ++epoch);
            stub = 0;
        }
        long tick = clock.tick(history.now + skewMs);
        return new Dot(HybridClock.timeFor(document.vv(), tick), actor);
    }

    /** Runs the statements in one transaction; those that find no document do nothing. */
    void run(Statement... statements) {
        Document before = document.copy();
        Edit edit = document.edit(nextDot(), history.ablation);
        Event event = new Event(history.events.size(), edit.dot(), (BitSet) known.clone());
        for (Statement statement : statements) {
            run(statement, edit, event);
        }
        if (!edit.isEmpty()) {
            committed(before, edit, event);
        }
    }

    private void run(Statement statement, Edit edit, Event event) {
        boolean visible = visible();
        switch (statement) {
            case Statement.Insert(List<Statement.Write> writes) -> {
                edit.insert(hidesHusks);
                if (!visible) {
                    event.remove(new Event.Removal(null, null)); // an insert where nothing is shown starts afresh
                }
                event.write(SlotKey.EXIST, Value.NULL);
                writes.forEach(write -> write(write, edit, event));
                if (!visible) {
                    requireFresh(writes);
                }
            }
            case Statement.Update(List<Statement.Write> writes) -> {
                if (edit.update(hidesHusks) != visible) {
                    history.violation("an update does not find what is visible");
                }
                if (visible) {
                    writes.forEach(write -> write(write, edit, event));
                }
            }
            case Statement.Delete() -> {
                if (edit.delete(hidesHusks, Hint.of(shown().document())) != visible) {
                    history.violation("a delete does not find what is visible");
                }
                if (visible) {
                    event.remove(new Event.Removal(null, null));
                }
            }
        }
    }

    private void write(Statement.Write write, Edit edit, Event event) {
        switch (write) {
            case Statement.Set(Path path, Value value) -> {
                edit.set(path, value);
                event.write(new SlotKey(path, FieldType.REGISTER), value);
            }
            case Statement.SetMap(Path path) -> {
                edit.map(path);
                event.write(new SlotKey(path, FieldType.MAP), Value.NULL);
            }
            case Statement.SetAttachment(Path path, Value.Struct token) -> {
                edit.attachment(path, token);
                event.write(new SlotKey(path, FieldType.ATTACHMENT), token);
            }
            case Statement.Restart(Path path, long value) -> {
                edit.restart(path, value);
                event.restart(path, value, true);
            }
            case Statement.Increment(Path path, long amount) -> {
                edit.increment(path, amount);
                event.count(path, FieldType.COUNTER, Value.of(amount));
            }
            case Statement.PnIncrement(Path path, Value amount) -> {
                edit.pnIncrement(path, amount);
                event.count(path, FieldType.PN_COUNTER, amount);
            }
            case Statement.PnSet(Path path, Value number) -> {
                Field field = document.reading(history.ablation).field(path);
                Node seen = field == null ? null : field.variant(FieldType.PN_COUNTER);
                edit.pnSet(path, number);
                event.count(
                        path, FieldType.PN_COUNTER, seen == null ? number : Event.sum(number, negated(seen.value())));
            }
            case Statement.Fill(Path path, int count) -> {
                for (int i = 0; i < count; i++) {
                    write(new Statement.Set(path.child(String.valueOf((char) ('a' + i))), Value.of(i)), edit, event);
                }
            }
            case Statement.Unset(Path path, FieldType type) -> {
                edit.unset(path, type);
                event.remove(new Event.Removal(path, type));
            }
        }
    }

    private static Value negated(Value number) {
        return number instanceof Value.Int whole ? Value.of(-whole.value()) : Value.of(-((Value.Float) number).value());
    }

    /** Where nothing was shown, an INSERT reads back what it wrote and nothing else. */
    private void requireFresh(List<Statement.Write> writes) {
        Document alone = new Document();
        Edit edit = alone.edit(new Dot(1, actor), Ablation.NONE);
        writes.forEach(write -> write(write, edit, new Event(0, edit.dot(), new BitSet())));
        if (!shown().document().equals(Shown.of(alone.reading(Ablation.NONE)).document())) {
            history.violation("an insert where nothing was shown reads back " + shown().document());
        }
    }

    private void committed(Document before, Edit edit, Event event) {
        commit++;
        history.events.add(event);
        known.set(event.id);
        seal(before, edit.delta());
    }

    /** Inserts the seed as it was at the beginning of time; the event is the same for all who do. */
    void initial(int seed) {
        Document before = document.copy();
        Edit edit = document.edit(nextDot(), history.ablation);
        InitialContent content = new InitialContent();
        history.seeds.get(seed).forEach(write -> {
            switch (write) {
                case Statement.Set(Path path, Value value) -> content.set(path, value);
                case Statement.Restart(Path path, long value) -> content.restart(path, value);
                default -> throw new AssertionError("no seed holds " + write);
            }
        });
        if (!edit.initial(COLLECTION, ID, content)) {
            return;
        }
        if (!before.isBlank()) {
            history.violation("an initial document was written over what is known: " + before);
        }
        int id = history.initialEvent(
                seed, new Dot(Edit.INITIAL_HLC, Actor.initial(COLLECTION, ID, content.canonicalBytes())));
        known.set(id);
        commit++;
        seal(before, edit.delta());
    }

    /** What a commit does: the change, merged into what was there, must make what was edited. */
    private void seal(Document before, Delta delta) {
        document.stamp(commit);
        if (!before.applicable(delta, Ablation.NONE)) {
            history.violation("a local change does not fit its own base");
        }
        before.merge(history.throughCodec(delta), commit, history.ablation);
        if (!Same.everything(before, document)) {
            history.violation("a change makes " + before + " of what was edited to " + document);
        }
        history.check(this);
    }

    // ---- what else happens to a document

    void evict() {
        stub = Math.max(stub, Authorship.stub(document, actor));
        document = new Document();
        known = new BitSet();
        commit++;
        tokens.clear();
    }

    void reap(int keep) {
        document.reapTombs(Long.MAX_VALUE, keep, history.ablation);
        history.check(this);
    }

    /** Takes all that the other one has, in one of the ways in which it can be asked. */
    void pull(Replica other) {
        if (other.document.isBlank()) {
            return;
        }
        List<Delta> offers = new ArrayList<>();
        offers.add(other.document.extract(new Known.ByVector(document.vv())));
        if (!document.applicable(offers.get(0), Ablation.NONE)) {
            history.violation("the floor of a delta by vector fails");
        }
        if (tokens.containsKey(other.number)) {
            offers.add(other.document.extract(new Known.ByCommit(tokens.get(other.number))));
            if (!document.applicable(offers.get(1), Ablation.NONE)) {
                history.violation("the floor of a delta since a valid token fails");
            }
        }
        offers.add(other.document.extract(Known.NOTHING));
        List<Document> results = new ArrayList<>();
        boolean news = false;
        for (Delta offer : offers) {
            if (document.applicable(offer, history.ablation)) {
                Document result = document.copy();
                MergeOutcome outcome = result.merge(history.throughCodec(offer), commit + 1, history.ablation);
                news |= outcome.changed();
                results.add(result);
                checkOutcome(other, result, outcome);
            }
        }
        if (results.stream().anyMatch(result -> !Same.state(result, results.get(0)))) {
            history.violation("deltas by vector, by commit and complete disagree");
        }
        commit += news ? 1 : 0;
        document = results.get(history.random.nextInt(results.size()));
        known.or(other.known);
        tokens.put(other.number, other.commit);
        history.check(this);
    }

    private void checkOutcome(Replica other, Document result, MergeOutcome outcome) {
        BitSet mine = (BitSet) known.clone();
        mine.andNot(other.known);
        BitSet his = (BitSet) other.known.clone();
        his.andNot(known);
        if (outcome.changed() == his.isEmpty() || outcome.receiverKnewMore() == mine.isEmpty()) {
            history.violation("a merge is wrong about who knew more: " + outcome);
        }
        if (outcome.equivocations() > 0) {
            history.violation("one dot names two cells");
        }
        if (his.isEmpty() && !Same.everything(result, document)) {
            history.violation("nothing new, but the document changed");
        }
    }

    /** Takes one delta that was made at some time for somebody; asks its author again if the floor refuses it. */
    void receive(History.Packet packet) {
        if (!document.applicable(packet.delta(), history.ablation)) {
            history.refusals++;
            pull(packet.sender());
            return;
        }
        if (document.merge(packet.delta(), commit + 1, history.ablation).changed()) {
            commit++;
        }
        known.or(packet.known());
        history.check(this);
    }
}
