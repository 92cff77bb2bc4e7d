import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A chat without a server. Everybody keeps the messages and passes them on, so two people who are not connected hear each other as long as
 * somebody stands between them, and who was away reads later what was said.
 */
public final class Chat {
    private static final String USAGE = "Usage: NAME [--listen PORT] [--connect PORT] ... [--data FOLDER]";

    /** What has been printed; the list of messages only grows, and messages may arrive late. */
    private final Set<Object> printed = new HashSet<>();

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args[0].startsWith("-") || args.length % 2 == 0) {
            System.err.println(USAGE);
            System.exit(2);
        }
        String name = args[0];
        try (Ditto ditto = DittoFactory.create(new DittoConfig.Builder("chat")
                .persistenceDirectory(option(args, "--data", "./chat-" + name))
                .build())) {
            ditto.updateTransportConfig(config -> {
                String listen = option(args, "--listen", "");
                if (!listen.isEmpty()) {
                    config.listen()
                            .tcp()
                            .isEnabled(true)
                            .interfaceIp("127.0.0.1")
                            .port(Integer.parseInt(listen));
                }
                for (int i = 1; i < args.length; i += 2) {
                    if (args[i].equals("--connect")) {
                        config.connect().addTcpServers("127.0.0.1:" + args[i + 1]);
                    }
                }
            });
            new Chat().run(ditto, name);
        }
    }

    private static String option(String[] args, String option, String otherwise) {
        for (int i = 1; i < args.length; i += 2) {
            if (args[i].equals(option)) {
                return args[i + 1];
            }
        }
        return otherwise;
    }

    private void run(Ditto ditto, String name) throws Exception {
        // Who wants all messages also relays all messages.
        ditto.sync.registerSubscription("SELECT * FROM messages");
        ditto.store.registerObserver("SELECT * FROM messages ORDER BY at, _id", this::print);
        ditto.store.registerObserver(
                "SELECT * FROM system:data_sync_info WHERE documents.sync_session_status = 'Connected'",
                this::countNeighbours);
        ditto.sync.start();
        System.out.println("You are " + name + ". Write a line and press Enter; the end of the input ends the chat.");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                say(ditto, name, line.strip());
            }
        }
    }

    private static void say(Ditto ditto, String name, String text) {
        Map<String, Object> message = Map.of(
                "_id", UUID.randomUUID().toString(), "from", name, "text", text, "at", System.currentTimeMillis());
        ditto.store.execute("INSERT INTO messages DOCUMENTS (:message)", Map.of("message", message));
    }

    private void print(DittoQueryResult result) {
        for (var item : result.getItems()) {
            Map<String, Object> message = item.getValue();
            if (printed.add(message.get("_id"))) {
                String time = Instant.ofEpochMilli((Long) message.get("at"))
                        .toString()
                        .substring(11, 16);
                System.out.println(time + " " + message.get("from") + ": " + message.get("text"));
            }
        }
    }

    private int neighbours;

    /** Called now and then, also when nothing has changed. */
    private void countNeighbours(DittoQueryResult result) {
        int now = result.getItems().size();
        if (now != neighbours) {
            neighbours = now;
            System.out.println("(" + (now == 1 ? "1 neighbour" : now + " neighbours") + ")");
        }
    }
}
