package io.ibid.cli.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what their pages say, started by the commands that stand there. */
@Tag("slow")
@Timeout(180)
class ExamplesTest {
    private static final Path EXAMPLES = root().resolve("examples");
    private static final int LINES_MAX = 200;

    @TempDir
    private Path folder;

    private final List<Example> started = new java.util.ArrayList<>();
    private int firstPort;
    private int secondPort;

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("ibid"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("the tests run inside the project's folder");
            }
        }
        return folder;
    }

    @BeforeEach
    void choosePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0)) {
            firstPort = first.getLocalPort();
            secondPort = second.getLocalPort();
        }
    }

    @AfterEach
    void endAll() {
        started.forEach(Example::close);
    }

    /** The commands of an example's page, with ports that are free. */
    private List<String> commands(String name) throws IOException {
        String page = Files.readString(EXAMPLES.resolve(name).resolve("README.md"));
        List<String> commands = page.lines()
                .filter(line -> line.startsWith("./ibid example " + name + " "))
                .map(line -> line.replaceFirst("406[124]", String.valueOf(firstPort))
                        .replaceFirst("4063", String.valueOf(secondPort)))
                .toList();
        assertThat(commands).as("the commands of %s", name).hasSize(2);
        return commands;
    }

    private Example start(String command) throws IOException {
        Example example = Example.start(EXAMPLES, command, folder);
        started.add(example);
        return example;
    }

    @Test
    void tasks_are_shared_by_terminals() throws Exception {
        Example ann = start(commands("tasks").get(0));
        Example bob = start(commands("tasks").get(1));
        ann.says("(nothing to do)");
        bob.says("(nothing to do)");
        ann.type("add milk");
        bob.says("1 [ ] milk");
        bob.type("done 1");
        ann.says("1 [x] milk");
        ann.type("add eggs");
        bob.says("2 [ ] eggs");
        bob.type("remove 1");
        ann.says("1 [ ] eggs");
        bob.type("done 7");
        bob.says("there is no task 7");
        bob.type("quit");
        assertThat(bob.ended()).isZero();
        ann.type("undo 1");
        ann.type("done 1");
        ann.says("1 [x] eggs");
        Example again = start(commands("tasks").get(1));
        again.says("1 [x] eggs");
        ann.endInput();
        assertThat(ann.ended()).isZero();
    }

    @Test
    void a_chat_passes_through_whoever_stands_between() throws Exception {
        Example ann = start(commands("chat").get(0));
        Example bob = start(commands("chat").get(1));
        Example eve = start("./ibid example chat eve --connect " + secondPort);
        ann.says("You are ann");
        ann.type("hello");
        eve.says("ann: hello");
        eve.type("hello, Ann");
        ann.says("eve: hello, Ann");
        bob.says("(2 neighbours)");
        bob.endInput();
        assertThat(bob.ended()).isZero();
        ann.says("(0 neighbours)");
        ann.type("anybody there?");
        Example back = start(commands("chat").get(1));
        back.says("ann: anybody there?");
        eve.says("ann: anybody there?");
    }

    @Test
    void a_till_sends_orders_to_the_kitchen_keeps_its_drawer_and_evicts_at_night() throws Exception {
        Example till = start(commands("till").get(0));
        Example kitchen = start(commands("till").get(1));
        kitchen.says("open orders:");
        till.type("order soup");
        kitchen.says("[1 soup ordered]");
        kitchen.type("cooked 1");
        till.says("[1 soup cooked]");
        till.type("serve 1 7");
        till.type("order pie");
        kitchen.says("open orders: [2 pie ordered]");
        till.type("serve 2 5");
        till.type("drawer");
        till.says("in the drawer: 12");
        kitchen.says("open orders:\n");
        till.type("close");
        till.says("evicted 2, 2 sales kept");
        kitchen.type("close");
        kitchen.says("evicted 2, 0 sales kept");
        till.type("order tea");
        kitchen.says("[1 tea ordered]");
    }

    @Test
    void an_example_is_short_and_listed_with_a_page() throws IOException {
        String list = Files.readString(EXAMPLES.resolve("README.md"));
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSize(3).allSatisfy(source -> {
                assertThat(lines(source)).isLessThan(LINES_MAX);
                assertThat(list).contains("(" + source.getParent().getFileName() + "/README.md)");
            });
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
