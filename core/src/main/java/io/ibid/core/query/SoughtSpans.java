package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be said of the spans of an index that depend on the row of an earlier FROM term before there is such a row.
 *
 * @param keys how many keys are used
 * @param equalKeys how many of the first keys are compared for equality
 * @param covered by number of the condition, whether the spans will say all of it
 * @param includeMissing whether the first key may be MISSING in them
 */
record SoughtSpans(int keys, int equalKeys, boolean[] covered, boolean includeMissing) {
    private static final int SAMPLED_MAX = 8;

    static SoughtSpans of(IndexShape index, List<Restriction> conditions) {
        boolean[] covered = new boolean[conditions.size()];
        int keys = 0;
        int equal = 0;
        boolean missing = true;
        for (IndexShape.Key key : index.keys()) {
            List<Integer> restricting = restricting(key.path(), conditions);
            if (restricting.isEmpty()) {
                break;
            }
            if (keys == 0) {
                missing = restricting.stream().allMatch(number -> allowsMissing(conditions.get(number), key.path()));
            }
            boolean exact =
                    equal == keys && restricting.stream().allMatch(number -> isOneRange(conditions.get(number)));
            boolean point = restricting.stream().anyMatch(number -> isEquality(conditions.get(number)));
            if (exact) {
                restricting.forEach(number -> covered[number] = true);
            }
            equal += point && equal == keys ? 1 : 0;
            keys++;
        }
        return new SoughtSpans(keys, equal, covered, missing);
    }

    private static List<Integer> restricting(Path path, List<Restriction> conditions) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).restricts(path)) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    private static boolean isEquality(Restriction restriction) {
        return restriction instanceof Restriction.Test(FieldTest test) && test.kind() == FieldTest.Kind.EQUAL;
    }

    /** Whether the values for which it is TRUE are always one range, so that no limit on ranges blurs them. */
    private static boolean isOneRange(Restriction restriction) {
        return restriction instanceof Restriction.Test(FieldTest test)
                && switch (test.kind()) {
                    case EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, BETWEEN -> true;
                    default -> false;
                };
    }

    private static boolean allowsMissing(Restriction restriction, Path path) {
        boolean[] allows = new boolean[1];
        restriction.forEachTest(test -> allows[0] |= test.path().equals(path)
                && (test.kind() == FieldTest.Kind.MISSING || test.kind() == FieldTest.Kind.NOT_NULL));
        return allows[0];
    }

    /**
     * How many entries the spans have on average.
     *
     * @param sample some documents of the collection: the values that are sought are taken to be theirs; empty: nothing is known of them
     * @param total how many entries the index has
     */
    double entries(IndexShape index, List<Restriction> conditions, List<Row> sample, double total, Source source) {
        boolean sampled = equalKeys > 0 && !sample.isEmpty();
        double entries = sampled ? sampledEntries(index, sample, source) : total;
        for (int key = sampled ? equalKeys : 0; key < keys; key++) {
            for (int number : restricting(index.keys().get(key).path(), conditions)) {
                entries *= conditions.get(number).share();
            }
        }
        return Math.max(1, entries);
    }

    private double sampledEntries(IndexShape index, List<Row> sample, Source source) {
        double entries = 0;
        for (Row row : sample) {
            List<Value> values = new ArrayList<>(equalKeys);
            for (int i = 0; i < equalKeys; i++) {
                values.add(IndexSpans.key(row, index, i));
            }
            entries += source.estimate(index, new Span(values, null, null));
        }
        return entries / sample.size();
    }

    /** A few documents, to tell a key that is nearly unique from one with three values. */
    static List<Row> sample(String collection, Source source) {
        List<Row> sample = new ArrayList<>();
        try (Rows rows = source.scan(collection, Typing.FLEXIBLE)) {
            for (Row row = rows.next(); row != null && sample.size() < SAMPLED_MAX; row = rows.next()) {
                sample.add(row);
            }
        }
        return sample;
    }
}
