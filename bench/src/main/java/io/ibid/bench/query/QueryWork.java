package io.ibid.bench.query;

import io.ibid.bench.Documents;
import io.ibid.bench.Documents.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a side does in one slice. The same slice asks every side the same; all that is asked is made before the clock starts.
 *
 * @param unit of the rate
 * @param writes whether each operation waits for the disk
 */
record QueryWork(String unit, boolean writes, Slices slices) {

    /** Seed of the documents that are loaded before the first round. */
    private static final int QUANTITIES = 20;

    private static final int RATINGS = 5;
    private static final int PRICES = 90_000;
    private static final int ZIP_BOUND = 10_000;
    private static final String[] CITIES = {"amber", "fjord", "kelp", "quartz", "thistle"};
    private static final String PER_QUERY = "queries/s";
    private static final String PER_DOCUMENT = "docs/s";

    /** Makes the work of a slice. */
    interface Slices {
        Slice of(Random random, int slice);
    }

    /** The work of one slice. */
    interface Slice {
        Done run(QuerySide side);
    }

    /**
     * What came of it.
     *
     * @param operations of the work's unit
     * @param checksum the same on all sides
     */
    record Done(long operations, long checksum) {}

    /** One question, with its arguments. */
    private interface Question {
        long ask(QuerySide side);
    }

    private interface Questions {
        Question next(Random random);
    }

    private static QueryWork asking(int count, Questions questions) {
        return new QueryWork(PER_QUERY, false, (random, slice) -> {
            List<Question> asked = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                asked.add(questions.next(random));
            }
            return side -> {
                long checksum = 0;
                for (Question question : asked) {
                    checksum = checksum * 31 + question.ask(side);
                }
                return new Done(count, checksum);
            };
        });
    }

    static QueryWork byId(List<String> ids, int count) {
        return asking(count, random -> {
            String id = ids.get(random.nextInt(ids.size()));
            return side -> side.byId(id);
        });
    }

    static QueryWork equal(int count) {
        return asking(count, random -> {
            int quantity = random.nextInt(QUANTITIES);
            int rating = random.nextInt(RATINGS);
            return side -> side.equal(quantity, rating);
        });
    }

    static QueryWork covered(int count) {
        return asking(count, random -> {
            int quantity = random.nextInt(QUANTITIES);
            int rating = random.nextInt(RATINGS);
            return side -> side.covered(quantity, rating);
        });
    }

    static QueryWork cheapest(int count) {
        return asking(count, random -> {
            double price = random.nextInt(PRICES) / 100.0;
            return side -> side.cheapest(price);
        });
    }

    static QueryWork filtered(int count) {
        return asking(count, random -> {
            String city = CITIES[random.nextInt(CITIES.length)];
            int zip = ZIP_BOUND + random.nextInt(100);
            return side -> side.filtered(city, zip);
        });
    }

    static QueryWork grouped(int count) {
        return asking(count, random -> QuerySide::grouped);
    }

    static QueryWork joined(int count) {
        return asking(count, random -> {
            int quantity = random.nextInt(QUANTITIES);
            int rating = random.nextInt(RATINGS);
            return side -> side.joined(quantity, rating);
        });
    }

    /** One statement that changes about a hundredth of all documents. */
    static QueryWork update() {
        return new QueryWork(PER_DOCUMENT, true, (random, slice) -> {
            int quantity = random.nextInt(QUANTITIES);
            int rating = random.nextInt(RATINGS);
            String note = "note of slice " + slice;
            return side -> {
                long updated = side.update(quantity, rating, note);
                return new Done(updated, updated);
            };
        });
    }

    /** One statement that inserts so many documents beside those that are there. */
    static QueryWork insert(int count) {
        return new QueryWork(PER_DOCUMENT, true, (random, slice) -> {
            List<Document> documents = new Documents(1_000 + slice).next(count);
            return side -> {
                side.insert(documents);
                return new Done(count, count);
            };
        });
    }

    /** Fills a side with so many documents and makes the indexes. */
    static void load(QuerySide side, int count) {
        Documents.load(count, side::insert);
        side.index();
    }
}
