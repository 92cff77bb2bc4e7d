package io.ibid.simulation;

import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.Slots;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Record;
import io.ibid.core.store.Touch;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks into every frame for what its sender must not send to its receiver. Values carry marks that occur nowhere else; a mark that comes to a peer
 * while a scope keeps its collection from a partner must not be in any frame to that partner, until the scope opens. One thread.
 */
final class Secrets {
    private static final byte[] MARK = "secret-".getBytes(StandardCharsets.US_ASCII);

    private final Claims claims;
    private final int peers;
    private final List<SortedSet<Long>> known = new ArrayList<>();
    /** By sender, receiver and collection. */
    private final TreeMap<String, TreeMap<String, TreeSet<Long>>> forbidden = new TreeMap<>();

    private long planted;
    private @Nullable Violation leak;

    Secrets(Claims claims, int peers) {
        this.claims = claims;
        this.peers = peers;
        for (int i = 0; i < peers; i++) {
            known.add(new TreeSet<>());
        }
    }

    /** A text that occurs nowhere else. */
    Value plant() {
        planted++;
        return Value.of("secret-" + planted + ".");
    }

    /** A commit was published. */
    void published(int peer, Commit commit) {
        for (Touch touch : commit.touched()) {
            Record record = commit.after().record(touch.key());
            if (record != null) {
                marks(record).forEach(mark -> learn(peer, touch.key().collection(), mark));
            }
        }
    }

    private void learn(int peer, String collection, long mark) {
        if (known.get(peer).add(mark)) {
            for (int other = 0; other < peers; other++) {
                if (!claims.isOpen(peer, other, collection)) {
                    forbidden
                            .computeIfAbsent(way(peer, other), way -> new TreeMap<>())
                            .computeIfAbsent(collection, name -> new TreeSet<>())
                            .add(mark);
                }
            }
        }
    }

    /** The scopes of a peer have changed: what is open now may be sent. */
    void restricted(int peer) {
        for (int other = 0; other < peers; other++) {
            int receiver = other;
            forbidden
                    .getOrDefault(way(peer, other), new TreeMap<>())
                    .keySet()
                    .removeIf(collection -> claims.isOpen(peer, receiver, collection));
        }
    }

    /** Sees a frame. What is wrong with it is told at the next look, out of the way of whoever sends it. */
    void sent(int from, int to, byte[] frame) {
        TreeMap<String, TreeSet<Long>> kept = forbidden.get(way(from, to));
        if (kept == null || kept.isEmpty()) {
            return;
        }
        for (int i = 0; i + MARK.length < frame.length; i++) {
            int at = 0;
            while (at < MARK.length && frame[i + at] == MARK[at]) {
                at++;
            }
            if (at == MARK.length) {
                long mark = number(frame, i + at);
                kept.forEach((collection, marks) -> {
                    if (marks.contains(mark) && leak == null) {
                        leak = new Violation(
                                "I10",
                                "peer " + from + " has sent secret " + mark + " of collection " + collection
                                        + " to peer " + to + ", which its scope forbids");
                    }
                });
            }
        }
    }

    private static long number(byte[] frame, int from) {
        long number = 0;
        for (int i = from; i < frame.length && frame[i] >= '0' && frame[i] <= '9'; i++) {
            number = number * 10 + frame[i] - '0';
        }
        return number;
    }

    /** Nothing has leaked so far. */
    void check() {
        if (leak != null) {
            throw leak;
        }
    }

    private static List<Long> marks(Record record) {
        List<Long> marks = new ArrayList<>();
        Slots slots = record.document().slots();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.slot(i);
            for (int j = 0; j < slot.size(); j++) {
                if (slot.cell(j) instanceof Cell.Register(Value.Text(String text)) && text.startsWith("secret-")) {
                    marks.add(number(text.getBytes(StandardCharsets.US_ASCII), MARK.length));
                }
            }
        }
        return marks;
    }

    private static String way(int from, int to) {
        return from + " " + to;
    }
}
