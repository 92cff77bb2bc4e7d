import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A to-do list that several terminals share. Each keeps all of it, works alone as well, and shows what the others do as soon as it
 * arrives. What is removed is only marked: a task that somebody else ticks off at the same time stays removed.
 */
public final class Tasks {
    private static final String HELP = "add TEXT · done N · undo N · remove N · list · quit";

    private final Ditto ditto;
    private final LineReader reader;
    /** The tasks as they are numbered on the screen. */
    private List<Task> shown = List.of();

    private record Task(String id, String title, boolean done) {}

    private Tasks(Ditto ditto, LineReader reader) {
        this.ditto = ditto;
        this.reader = reader;
    }

    /** Options: {@code --data FOLDER}, {@code --listen PORT}, {@code --connect PORT}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = options(args);
        try (Ditto ditto = open(options);
                Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new StringsCompleter("add", "done", "undo", "remove", "list", "quit"))
                    .build();
            new Tasks(ditto, reader).run();
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>(Map.of("--data", "./tasks"));
        if (args.length % 2 != 0) {
            System.err.println("Options: --data FOLDER, --listen PORT, --connect PORT");
            System.exit(2);
        }
        for (int i = 0; i < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static Ditto open(Map<String, String> options) {
        Ditto ditto = DittoFactory.create(new DittoConfig.Builder("tasks")
                .persistenceDirectory(options.get("--data"))
                .build());
        ditto.updateTransportConfig(config -> {
            if (options.containsKey("--listen")) {
                int port = Integer.parseInt(options.get("--listen"));
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port);
            }
            if (options.containsKey("--connect")) {
                config.connect().addTcpServers("127.0.0.1:" + options.get("--connect"));
            }
        });
        return ditto;
    }

    private void run() throws Exception {
        reader.printAbove(HELP);
        ditto.sync.registerSubscription("SELECT * FROM tasks");
        ditto.store.registerObserver("SELECT * FROM tasks WHERE deleted = false ORDER BY createdAt, _id", this::show);
        ditto.sync.start();
        while (true) {
            try {
                String line = reader.readLine("> ").strip();
                if (line.equals("quit")) {
                    return;
                }
                if (!line.isEmpty()) {
                    execute(line);
                }
            } catch (UserInterruptException | EndOfFileException end) {
                return;
            } catch (IllegalArgumentException wrong) {
                reader.printAbove(wrong.getMessage());
            }
        }
    }

    /** The list has changed, by us or by somebody else. */
    private void show(DittoQueryResult result) {
        List<Task> tasks = new ArrayList<>();
        for (var item : result.getItems()) {
            Map<String, Object> task = item.getValue();
            tasks.add(new Task(
                    (String) task.get("_id"), (String) task.get("title"), Boolean.TRUE.equals(task.get("done"))));
        }
        synchronized (this) {
            shown = tasks;
        }
        list();
    }

    private synchronized void list() {
        StringBuilder text = new StringBuilder(shown.isEmpty() ? "(nothing to do)" : "");
        for (int i = 0; i < shown.size(); i++) {
            Task task = shown.get(i);
            text.append(i == 0 ? "" : "\n")
                    .append(i + 1)
                    .append(task.done() ? " [x] " : " [ ] ")
                    .append(task.title());
        }
        reader.printAbove(text.toString());
    }

    private void execute(String line) throws IOException {
        String[] words = line.split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        switch (words[0]) {
            case "add" -> add(rest);
            case "done" -> change(rest, "done", true);
            case "undo" -> change(rest, "done", false);
            case "remove" -> change(rest, "deleted", true);
            case "list" -> list();
            default -> throw new IllegalArgumentException(HELP);
        }
    }

    private void add(String title) {
        if (title.isEmpty()) {
            throw new IllegalArgumentException("add what?");
        }
        ditto.store.execute(
                "INSERT INTO tasks DOCUMENTS (:task)",
                Map.of(
                        "task",
                        Map.of(
                                "_id",
                                UUID.randomUUID().toString(),
                                "title",
                                title,
                                "done",
                                false,
                                "deleted",
                                false,
                                "createdAt",
                                System.currentTimeMillis())));
    }

    private void change(String number, String field, boolean value) {
        Task task = task(number);
        ditto.store.execute(
                "UPDATE tasks SET " + field + " = :value WHERE _id = :id", Map.of("value", value, "id", task.id()));
    }

    private synchronized Task task(String number) {
        if (!number.matches("[0-9]{1,6}") || number.equals("0") || Integer.parseInt(number) > shown.size()) {
            throw new IllegalArgumentException("there is no task " + number);
        }
        return shown.get(Integer.parseInt(number) - 1);
    }
}
