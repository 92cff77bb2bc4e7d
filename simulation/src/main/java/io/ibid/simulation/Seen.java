package io.ibid.simulation;

import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.Message;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads all frames of a world and keeps which kinds of messages there were. One thread. */
final class Seen {
    /** What peers can say to each other, and of RESET and HELD the kinds. */
    static final List<String> ALL = List.of(
            "HELLO",
            "SUBS",
            "RESUME",
            "RESUME_OK",
            "RESET STORE",
            "RESET CHAIN",
            "RESET AHEAD",
            "RESET REAPED",
            "RESET OLD",
            "RESET ECHO",
            "RESET FILTER",
            "RECON",
            "HELD",
            "CHUNK",
            "CUT",
            "ACK",
            "NEED",
            "FORGET",
            "CREDIT",
            "MODE",
            "PING",
            "ERROR");

    private static final int TYPE_AT = 2;
    private static final int HELLO = 1;

    private final TreeMap<String, FrameReader> readers = new TreeMap<>();
    private final TreeSet<String> labels = new TreeSet<>();

    void sent(String from, String to, byte[] frame) {
        String way = from + " " + to;
        if (frame[TYPE_AT] == HELLO) {
            readers.put(way, new FrameReader());
        }
        FrameReader reader = readers.get(way);
        if (reader != null) {
            reader.open(frame);
            for (Message message = reader.next(); message != null; message = reader.next()) {
                labels.add(message instanceof Message.Reset reset ? "RESET " + reset.reason() : message.label());
            }
        }
    }

    SortedSet<String> labels() {
        return Collections.unmodifiableSortedSet(labels);
    }
}
