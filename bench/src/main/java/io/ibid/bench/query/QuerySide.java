package io.ibid.bench.query;

import io.ibid.bench.Documents.Document;
import java.util.List;

/**
 * A store of orders under measurement, open on a folder of its own, with two indexes: on {@code quantity}, {@code rating}, {@code price},
 * and on {@code price}. What reads returns a checksum of all that was answered. One thread.
 */
interface QuerySide extends AutoCloseable {

    /** Inserts new documents in one durable transaction. */
    void insert(List<Document> documents);

    /** Makes both indexes. */
    void index();

    /** One whole document. */
    long byId(String id);

    /** The whole documents of one quantity and rating, about a hundredth of all. */
    long equal(int quantity, int rating);

    /** Ids and prices of one quantity and rating, all of which the index has. */
    long covered(int quantity, int rating);

    /** The 20 whole documents with the lowest prices from one on. */
    long cheapest(double price);

    /** The ids of the documents of a city whose zip is below a bound: no index helps. */
    long filtered(String city, int zip);

    /** Count, total of the prices and mean weight of the documents of each state. */
    long grouped();

    /** Each id of one quantity and rating with the price and weight of every document of the same price. */
    long joined(int quantity, int rating);

    /** Gives the documents of one quantity and rating another note, in one durable transaction; returns how many. */
    long update(int quantity, int rating, String note);

    /** Fails when something acknowledged so far was not made durable. */
    void checkDurability();

    @Override
    void close();

    /** What one whole document adds to a checksum. */
    static long document(int fields, double price, long weight) {
        return fields * 1_000_000_000L + weight * 100_000 + cents(price);
    }

    /** Prices are exact in cents; sums of them are not exact beyond. */
    static long cents(double amount) {
        return Math.round(amount * 100);
    }

    /** What one group adds to a checksum. */
    static long group(String state, long count, double total, double mean) {
        return state.hashCode() + 31 * (count + cents(total) + Math.round(mean * 1000));
    }
}
