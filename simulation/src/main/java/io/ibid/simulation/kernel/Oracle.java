package io.ibid.simulation.kernel;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what must be shown to somebody who knows a set of events, from the rules in words:
 *
 * <ul>
 *   <li>A value is live until an event that has seen it overwrites or removes its slot; of several the greatest dot is shown.
 *   <li>Of a counter only the greatest known RESTART counts. An increment counts iff that is also the greatest one in its own past,
 *       and unless the run of increments by its author to which it belongs was removed by somebody who had seen the run's end (that
 *       is the accepted anomaly: who has not seen the end removes nothing of the run).
 *   <li>A map is as late as the last thing in it; of several variants the latest is shown, of equal ones the greater type.
 * </ul>
 */
final class Oracle {

    private record Variant(Dot dot, Value value) {}

    private final List<Event> events;
    private final Map<BitSet, Shown> answers = new HashMap<>();

    int counterReads;
    int anomalies;

    Oracle(List<Event> events) {
        this.events = events;
    }

    Shown shownTo(BitSet known) {
        Shown answer = answers.get(known);
        if (answer == null) {
            answer = compute(known);
            answers.put((BitSet) known.clone(), answer);
        }
        return answer;
    }

    private Shown compute(BitSet known) {
        List<Event> heard = known.stream().mapToObj(events::get).toList();
        SortedMap<SlotKey, List<Event>> writers = new TreeMap<>();
        for (Event event : heard) {
            event.effects
                    .keySet()
                    .forEach(key ->
                            writers.computeIfAbsent(key, k -> new ArrayList<>()).add(event));
        }
        SortedMap<SlotKey, Variant> live = new TreeMap<>();
        writers.forEach((key, authors) -> {
            boolean counts = key.type() == FieldType.COUNTER || key.type() == FieldType.PN_COUNTER;
            Variant variant = counts ? counter(key, authors, heard) : register(key, authors, heard);
            if (variant != null) {
                live.put(key, variant);
            }
        });
        boolean exists = live.remove(SlotKey.EXIST) != null;
        Shown shown = new Shown(exists, new TreeMap<>(), new TreeMap<>());
        addFields(Path.ROOT, live, shown);
        return shown;
    }

    private static @Nullable Variant register(SlotKey key, List<Event> authors, List<Event> heard) {
        List<Event> later = heard.stream()
                .filter(event -> event.effects.containsKey(key) || event.removes(key))
                .toList();
        Variant latest = null;
        for (Event author : authors) {
            boolean superseded = later.stream().anyMatch(event -> event.past.get(author.id));
            if (!superseded && (latest == null || author.dot.compareTo(latest.dot()) > 0)) {
                latest = new Variant(author.dot, ((Event.Effect.Value) author.effect(key)).value());
            }
        }
        return latest;
    }

    private @Nullable Variant counter(SlotKey key, List<Event> authors, List<Event> heard) {
        Dot epoch = authors.stream()
                .filter(event -> count(event, key).restarted())
                .map(event -> event.dot)
                .reduce(Dot.ZERO, Dot::max);
        SortedMap<Actor, List<Event>> runs = new TreeMap<>();
        for (Event event : authors) {
            if (count(event, key).amount() != null
                    && epochSeenBy(event, key, authors).equals(epoch)) {
                runs.computeIfAbsent(event.dot.actor(), actor -> new ArrayList<>())
                        .add(event);
            }
        }
        List<Event> removers =
                heard.stream().filter(event -> event.removes(key)).toList();
        Value sum = null;
        Value withoutAnomaly = null;
        Dot last = null;
        for (List<Event> run : runs.values()) {
            run.sort((a, b) -> a.dot.compareTo(b.dot));
            Event end = run.get(run.size() - 1);
            boolean removed = removers.stream().anyMatch(event -> event.past.get(end.id));
            for (Event event : removed ? List.<Event>of() : sinceRemoval(run, removers)) {
                sum = Event.sum(sum, amount(event, key));
            }
            last = removed || (last != null && last.compareTo(end.dot) > 0) ? last : end.dot;
            for (Event event : run) {
                if (removers.stream().noneMatch(remover -> remover.past.get(event.id))) {
                    withoutAnomaly = Event.sum(withoutAnomaly, amount(event, key));
                }
            }
        }
        counterReads++;
        anomalies += sum != null && !sum.equals(withoutAnomaly) ? 1 : 0;
        return last == null || sum == null ? null : new Variant(last, sum);
    }

    /** The run's end, back to where its author had seen a removal of what it had until then. */
    private static List<Event> sinceRemoval(List<Event> run, List<Event> removers) {
        int start = 0;
        for (int i = 0; i < run.size(); i++) {
            Event event = run.get(i);
            Event before = i == 0 ? null : run.get(i - 1);
            boolean seen = before != null
                    && removers.stream().anyMatch(remover -> event.past.get(remover.id) && remover.past.get(before.id));
            start = seen || removers.contains(event) ? i : start;
        }
        return run.subList(start, run.size());
    }

    private static Dot epochSeenBy(Event event, SlotKey key, List<Event> authors) {
        return authors.stream()
                .filter(author -> count(author, key).restarted())
                .filter(author -> author.id == event.id || event.past.get(author.id))
                .map(author -> author.dot)
                .reduce(Dot.ZERO, Dot::max);
    }

    private static Value amount(Event event, SlotKey key) {
        return Objects.requireNonNull(count(event, key).amount());
    }

    private static Event.Effect.Count count(Event event, SlotKey key) {
        return (Event.Effect.Count) event.effect(key);
    }

    /** Adds what is below the path, and returns the greatest dot there. */
    private static @Nullable Dot addFields(Path path, SortedMap<SlotKey, Variant> live, Shown shown) {
        SortedSet<String> names = new TreeSet<>(io.ibid.core.value.ValueOrder.KEYS);
        for (SlotKey key : live.keySet()) {
            if (key.path().depth() > path.depth() && key.path().startsWith(path)) {
                names.add(key.path().keys().get(path.depth()));
            }
        }
        Dot greatest = null;
        for (String name : names) {
            Path child = path.child(name);
            FieldType winner = null;
            Dot latest = null;
            for (FieldType type : FieldType.values()) { // by ascending rank, so that the greater one wins a tie
                SlotKey key = new SlotKey(child, type);
                Variant own = live.get(key);
                Dot dot = own == null ? null : own.dot();
                if (type == FieldType.MAP) {
                    Dot below = addFields(child, live, shown);
                    dot = dot == null || (below != null && below.compareTo(dot) > 0) ? below : dot;
                }
                if (dot != null) {
                    shown.variants()
                            .put(key, own == null || type == FieldType.MAP ? struct(child, shown) : own.value());
                    if (latest == null || dot.compareTo(latest) >= 0) {
                        latest = dot;
                        winner = type;
                    }
                }
            }
            if (winner != null && latest != null) {
                shown.types().put(child, winner);
                greatest = greatest == null || latest.compareTo(greatest) > 0 ? latest : greatest;
            }
        }
        return greatest;
    }

    private static Value.Struct struct(Path path, Shown shown) {
        Value.Struct.Builder struct = Value.Struct.builder();
        shown.types().forEach((child, type) -> {
            if (child.depth() == path.depth() + 1 && child.startsWith(path)) {
                struct.put(
                        child.keys().get(path.depth()),
                        Objects.requireNonNull(shown.variants().get(new SlotKey(child, type))));
            }
        });
        return struct.build();
    }
}
