package io.ibid.bench.query;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/** Ours: whole statements through the blocking call, as an app makes them; every row is decoded. */
final class IbidSide implements QuerySide {
    private static final String OF_QUANTITY = " FROM orders WHERE quantity = :quantity AND rating = :rating";

    private final OpenDatabase database;
    private final long syncsBefore;
    private long acknowledged;

    IbidSide(Path folder) {
        database = OpenDatabase.open(DatabaseOptions.peer(folder, "bench"));
        syncsBefore = database.syncs();
    }

    @Override
    public void insert(List<Document> documents) {
        Value all =
                new Value.Array(documents.stream().<Value>map(Document::struct).toList());
        long written = write("INSERT INTO orders DOCUMENTS (:documents)", arguments("documents", all));
        if (written != documents.size()) {
            throw new BenchmarkFailure("Ibid wrote " + written + " documents of " + documents.size());
        }
    }

    @Override
    public void index() {
        write("CREATE INDEX by_quantity ON orders (quantity, rating, price)", Value.Struct.EMPTY);
        write("CREATE INDEX by_price ON orders (price)", Value.Struct.EMPTY);
    }

    @Override
    public long byId(String id) {
        return sum("SELECT * FROM orders WHERE _id = :id", arguments("id", Value.of(id)), IbidSide::document);
    }

    @Override
    public long equal(int quantity, int rating) {
        return sum("SELECT *" + OF_QUANTITY, ofQuantity(quantity, rating), IbidSide::document);
    }

    @Override
    public long covered(int quantity, int rating) {
        return sum(
                "SELECT _id, price" + OF_QUANTITY,
                ofQuantity(quantity, rating),
                row -> text(row, "_id").hashCode() + QuerySide.cents(number(row, "price")));
    }

    @Override
    public long cheapest(double price) {
        return sum(
                "SELECT * FROM orders WHERE price >= :price ORDER BY price LIMIT 20",
                arguments("price", Value.of(price)),
                row -> QuerySide.document(row.size(), number(row, "price"), 0));
    }

    @Override
    public long filtered(String city, int zip) {
        return sum(
                "SELECT _id FROM orders WHERE address.city = :city AND address.zip < :zip",
                Value.Struct.builder(2)
                        .put("city", Value.of(city))
                        .put("zip", Value.of(zip))
                        .build(),
                row -> text(row, "_id").hashCode());
    }

    @Override
    public long grouped() {
        return sum(
                "SELECT state, COUNT(*) AS count, SUM(price) AS total, AVG(weight) AS mean FROM orders GROUP BY state",
                Value.Struct.EMPTY,
                row -> QuerySide.group(
                        text(row, "state"), (long) number(row, "count"), number(row, "total"), number(row, "mean")));
    }

    @Override
    public long joined(int quantity, int rating) {
        return sum(
                "SELECT a._id, b.price, b.weight FROM orders a JOIN orders b ON b.price = a.price"
                        + " WHERE a.quantity = :quantity AND a.rating = :rating",
                ofQuantity(quantity, rating),
                row -> text(row, "_id").hashCode()
                        + QuerySide.document(0, number(row, "price"), (long) number(row, "weight")));
    }

    @Override
    public long update(int quantity, int rating, String note) {
        return write(
                "UPDATE orders SET note = :note WHERE quantity = :quantity AND rating = :rating",
                Value.Struct.builder(3)
                        .put("note", Value.of(note))
                        .put("quantity", Value.of(quantity))
                        .put("rating", Value.of(rating))
                        .build());
    }

    private static Value.Struct arguments(String name, Value value) {
        return Value.Struct.builder(1).put(name, value).build();
    }

    private static Value.Struct ofQuantity(int quantity, int rating) {
        return Value.Struct.builder(2)
                .put("quantity", Value.of(quantity))
                .put("rating", Value.of(rating))
                .build();
    }

    private static long document(Value.Struct document) {
        int fields = 0;
        for (int i = 0; i < document.size(); i++) {
            fields += document.value(i) == Value.MISSING ? 0 : 1;
        }
        return QuerySide.document(fields, number(document, "price"), (long) number(document, "weight"));
    }

    private static double number(Value.Struct row, String name) {
        return switch (row.get(name)) {
            case Value.Int(long value) -> value;
            case Value.Float(double value) -> value;
            case Value other -> throw new BenchmarkFailure("Ibid answered " + name + " with " + other);
        };
    }

    private static String text(Value.Struct row, String name) {
        if (row.get(name) instanceof Value.Text(String text)) {
            return text;
        }
        throw new BenchmarkFailure("Ibid answered no " + name);
    }

    private long sum(String statement, Value.Struct arguments, ToLongFunction<Value.Struct> each) {
        long sum = 0;
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
            for (ResultRow row = execution.next(); row != null; row = execution.next()) {
                sum += each.applyAsLong(row.value());
            }
        }
        return sum;
    }

    private long write(String statement, Value.Struct arguments) {
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
            acknowledged++;
            return execution.mutatedIds().size();
        }
    }

    @Override
    public void checkDurability() {
        long syncs = database.syncs() - syncsBefore;
        if (syncs < acknowledged) {
            throw new BenchmarkFailure("Ibid acknowledged " + acknowledged + " commits with " + syncs + " syncs");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
