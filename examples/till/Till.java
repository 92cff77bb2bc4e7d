import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import io.ibid.DittoSyncSubscription;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A point of sale: tills take orders and money, the kitchen cooks. Three collections, three rules of what leaves the device:
 *
 * <ul>
 *   <li>{@code orders} go to small peers only, never to a server: they are worth nothing tomorrow;
 *   <li>{@code sales} go to a server only, when there is one: no other till needs them;
 *   <li>{@code drawer}, what is in the cash drawer, never leaves the till.
 * </ul>
 *
 * <p>Everybody wants only the orders of the present day. Closing the day replaces the subscription and evicts the old ones, in this
 * order: what is still subscribed to would come back.
 */
public final class Till {
    private static final String SCOPES = "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES ="
            + " {'orders': 'SmallPeersOnly', 'sales': 'BigPeerOnly', 'drawer': 'LocalPeerOnly'}";

    private final Ditto ditto;
    private final boolean isKitchen;
    private DittoSyncSubscription orders;
    private long day = 1;

    private Till(Ditto ditto, boolean isKitchen) {
        this.ditto = ditto;
        this.isKitchen = isKitchen;
        this.orders = subscribe();
    }

    /** Arguments: {@code till --listen PORT} or {@code kitchen --connect PORT}, and {@code --data FOLDER}. */
    public static void main(String[] args) throws Exception {
        if (args.length < 3 || args.length % 2 == 0) {
            System.err.println("Usage: till --listen PORT | kitchen --connect PORT, and [--data FOLDER]");
            System.exit(2);
        }
        String data = args.length > 4 && args[3].equals("--data") ? args[4] : "./pos-" + args[0];
        try (Ditto ditto = DittoFactory.create(
                new DittoConfig.Builder("pos").persistenceDirectory(data).build())) {
            ditto.updateTransportConfig(config -> {
                if (args[1].equals("--listen")) {
                    config.listen()
                            .tcp()
                            .isEnabled(true)
                            .interfaceIp("127.0.0.1")
                            .port(Integer.parseInt(args[2]));
                } else {
                    config.connect().addTcpServers("127.0.0.1:" + args[2]);
                }
            });
            ditto.store.execute(SCOPES); // before anything can be sent; it is forgotten when the program ends
            new Till(ditto, args[0].equals("kitchen")).run();
        }
    }

    private DittoSyncSubscription subscribe() {
        return ditto.sync.registerSubscription("SELECT * FROM orders WHERE day >= :day", Map.of("day", day));
    }

    private void run() throws Exception {
        ditto.store.registerObserver("SELECT * FROM orders WHERE status != 'served' ORDER BY day, number", this::show);
        ditto.sync.start();
        System.out.println(isKitchen ? "cooked N · close" : "order DISH · serve N PRICE · drawer · close");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split("\\s+");
            switch (words[0] + " " + words.length) {
                case "order 2" -> order(words[1]);
                case "cooked 2" -> update(words[1], "cooked");
                case "serve 3" -> serve(words[1], words[2]);
                case "drawer 1" -> System.out.println("in the drawer: " + one("SELECT SUM(amount) AS n FROM drawer"));
                case "close 1" -> closeDay();
                default -> System.out.println("what?");
            }
        }
    }

    private void show(DittoQueryResult result) {
        StringBuilder text = new StringBuilder("open orders:");
        for (var item : result.getItems()) {
            Map<String, Object> order = item.getValue();
            text.append(" [")
                    .append(order.get("number"))
                    .append(' ')
                    .append(order.get("dish"))
                    .append(' ')
                    .append(order.get("status"))
                    .append(']');
        }
        System.out.println(text);
    }

    private void order(String dish) {
        long number = one("SELECT COUNT(*) AS n FROM orders WHERE day = " + day) + 1;
        Map<String, Object> order = Map.of(
                "_id", Map.of("day", day, "number", number),
                "day", day,
                "number", number,
                "dish", dish,
                "status", "ordered");
        ditto.store.execute("INSERT INTO orders DOCUMENTS (:order)", Map.of("order", order));
    }

    private void update(String number, String status) {
        ditto.store.execute(
                "UPDATE orders SET status = :status WHERE _id = :id", Map.of("status", status, "id", id(number)));
    }

    private Map<String, Object> id(String number) {
        return Map.of("day", day, "number", Long.parseLong(number));
    }

    /** Takes the money: three documents in three collections, each with its own audience. */
    private void serve(String number, String price) {
        update(number, "served");
        Map<String, Object> sale = Map.of("_id", id(number), "amount", Long.parseLong(price));
        ditto.store.execute("INSERT INTO sales DOCUMENTS (:sale)", Map.of("sale", sale));
        ditto.store.execute("INSERT INTO drawer DOCUMENTS (:sale)", Map.of("sale", sale));
    }

    /** The next day begins with a new subscription, and without the old orders. */
    private void closeDay() {
        orders.cancel();
        day++;
        try (DittoQueryResult evicted = ditto.store.execute("EVICT FROM orders WHERE day < :day", Map.of("day", day))) {
            System.out.println("evicted " + evicted.mutatedDocumentIds().size() + ", "
                    + one("SELECT COUNT(*) AS n FROM sales") + " sales kept");
        }
        orders = subscribe();
    }

    private long one(String query) {
        try (DittoQueryResult result = ditto.store.execute(query)) {
            Map<String, Object> row = result.getItems().getFirst().getValue();
            return row.get("n") instanceof Long number ? number : 0;
        }
    }
}
