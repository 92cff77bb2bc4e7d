package io.ibid.core.sync.reconcile;

import java.util.List;

/**
 * What one side says of the documents from where the range before ended (at first {@link Place#START}) up to a place.
 *
 * @param end behind the last document of the range
 */
public record Range(Place end, Summary summary) {

    /** Three ways to speak of a range. */
    public sealed interface Summary {}

    /** It is settled. */
    public record Settled() implements Summary {}

    /** The sender's documents there come to this. */
    public record Sum(Fingerprint fingerprint) implements Summary {}

    /** The sender's documents there are these, in order. */
    public record Listing(List<Item> items) implements Summary {
        public Listing {
            items = List.copyOf(items);
        }
    }

    static final Settled SETTLED = new Settled();
}
