package io.ibid.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The one queue that everything in a simulated world happens in: by time, and at one time in the order in which it was planned. Time
 * passes only by taking the next event, so a minute costs nothing in which nothing happens. One thread.
 */
final class VirtualTime {
    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::atUs).thenComparingLong(Event::order));
    private long nowUs;
    private long planned;
    private long done;

    private record Event(long atUs, long order, Runnable task) {}

    long nowUs() {
        return nowUs;
    }

    /** Events that have happened. */
    long done() {
        return done;
    }

    void after(long delayUs, Runnable task) {
        if (delayUs < 0) {
            throw new IllegalArgumentException("an event cannot be " + delayUs + " us ahead");
        }
        planned++;
        queue.add(new Event(nowUs + delayUs, planned, task));
    }

    /** Lets everything happen that is planned up to this moment, and moves to it. */
    void runUntil(long untilUs) {
        for (Event next = queue.peek(); next != null && next.atUs() <= untilUs; next = queue.peek()) {
            queue.remove();
            nowUs = next.atUs();
            done++;
            next.task().run();
        }
        nowUs = untilUs;
    }
}
