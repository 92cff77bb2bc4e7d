package io.ibid.cli.processes;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Servers and peers as processes of their own, each with a folder that outlives it. Confined to one thread. */
final class Team implements AutoCloseable {
    private static final long LIMIT_MS = 20_000;

    private final Path folder;
    private final SequencedMap<String, Child> members = new LinkedHashMap<>();
    private final List<SlowCable> cables = new ArrayList<>();

    Team(Path folder) {
        this.folder = folder;
    }

    /** Starts a server, or starts it again in its folder. */
    Child server(String name, String... more) throws IOException {
        return start(name, "serve", "--peer", more);
    }

    /** Starts a small peer, or starts it again in its folder. */
    Child peer(String name, String... more) throws IOException {
        return start(name, "peer", "--listen", more);
    }

    private Child start(String name, String command, String listen, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--data", data(name).toString()));
        arguments.addAll(List.of("--http", "127.0.0.1:0", "--api-key", Child.API_KEY, listen, "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        Child member = Child.start(name, folder, arguments.toArray(String[]::new));
        members.put(name, member);
        return member;
    }

    Path data(String name) {
        return folder.resolve(name + "-data");
    }

    /** A cable that leads to the member and works. */
    SlowCable cableTo(Child member) {
        SlowCable cable = new SlowCable("to-" + member.name());
        cables.add(cable);
        cable.leadTo(member.peerAddress());
        cable.mend();
        return cable;
    }

    /** Runs a command against a member, which must succeed; gives what it prints. */
    String command(Child member, String command, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--url", member.http().uri("/").toString(), "--api-key", Child.API_KEY));
        arguments.addAll(List.of(more));
        Child.Ended ended = Child.run(folder, arguments.toArray(String[]::new));
        if (ended.code() != 0) {
            throw new AssertionError(arguments + " failed: " + ended.err());
        }
        return ended.out();
    }

    /** Waits until the rows of a query are as wanted, and gives them. */
    List<Value.Struct> await(Child member, String query, Predicate<List<Value.Struct>> wanted)
            throws IOException, InterruptedException {
        return await(member, query, wanted, LIMIT_MS);
    }

    List<Value.Struct> await(Child member, String query, Predicate<List<Value.Struct>> wanted, long limitMs)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (true) {
            List<Value.Struct> rows = member.http().require(query).items();
            if (wanted.test(rows)) {
                return rows;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(query + " at " + member.name() + " is not as wanted within " + limitMs
                        + " ms, but " + shown(rows) + "\n" + logs());
            }
            Thread.sleep(20);
        }
    }

    private static List<String> shown(List<Value.Struct> rows) {
        return rows.stream().limit(5).map(Json::write).toList();
    }

    /** Waits until a query finds so many rows. */
    void awaitCount(Child member, String query, int count) throws IOException, InterruptedException {
        await(member, query, rows -> rows.size() == count);
    }

    /** What all processes have said since their last start. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (Child member : members.values()) {
            logs.append(member.name()).append(": ").append(member.log()).append('\n');
        }
        return logs.toString();
    }

    /** The whole number at a path of a row, names separated by dots. */
    static long number(Value.Struct row, String path) {
        Value value = row;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Value.Struct fields ? fields.get(name) : Value.MISSING;
        }
        if (value instanceof Value.Int(long number)) {
            return number;
        }
        throw new AssertionError("no number " + path + " in " + Json.write(row));
    }

    @Override
    public void close() {
        members.values().forEach(Child::close);
        cables.forEach(SlowCable::close);
    }
}
