package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.DittoLog;
import io.ibid.DittoLogLevel;
import io.ibid.DittoLogger;
import io.ibid.serialization.DittoCborSerializable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoggerAcceptanceTest {
    @TempDir
    Path directory;

    private Peers peers;
    private Ditto ditto;

    @BeforeEach
    void open() {
        peers = new Peers(directory);
        ditto = peers.open("a");
        DittoLogger.setMinimumLogLevel(DittoLogLevel.ERROR);
    }

    @AfterEach
    void close() {
        DittoLogger.setMinimumLogLevel(DittoLogLevel.INFO);
        DittoLogger.setEnabled(true);
        DittoLogger.setLogFile(null);
        peers.close();
    }

    private static String unpacked(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_export_is_gzip_of_json_lines_from_debug_on_and_tells_its_size() throws Exception {
        DittoLog.d("app", "a \"debug\" line");
        DittoLog.v("app", "too little to keep");
        DittoLog.e("app", "an error");
        Path target = directory.resolve("log.gz");
        assertThat(DittoLogger.exportToFileBlocking(target.toString()).longValue())
                .isEqualTo(Files.size(target));
        List<String> lines = unpacked(target).lines().toList();
        assertThat(lines).anyMatch(line -> line.contains("debug")).noneMatch(line -> line.contains("too little"));
        for (String line : lines) {
            assertThat(DittoCborSerializable.fromJsonString(line).asDictionary().keySet())
                    .contains("time", "level", "target", "message");
        }
        assertThat(Peers.await(DittoLogger.exportToFile(
                                directory.resolve("other.gz").toString()))
                        .longValue())
                .isPositive();
    }

    @Test
    void the_export_refuses_an_existing_target_and_a_folder_that_is_not_there() throws Exception {
        Path target = Files.createFile(directory.resolve("log.gz"));
        assertThatThrownBy(() -> DittoLogger.exportToFileBlocking(target.toString()))
                .isInstanceOfSatisfying(
                        DittoException.IoException.class,
                        e -> assertThat(e.getCode()).isEqualTo("io/already-exists"));
        assertThatThrownBy(() -> DittoLogger.exportToFileBlocking(directory + "/absent/log.gz"))
                .isInstanceOfSatisfying(
                        DittoException.IoException.class,
                        e -> assertThat(e.getCode()).isEqualTo("io/not-found"));
    }

    @Test
    void files_rotate_at_a_megabyte_and_the_oldest_of_fifteen_goes() throws Exception {
        String line = "x".repeat(200_000);
        for (int i = 0; i < 90; i++) {
            DittoLog.d("app", line + i);
        }
        try (var files = Files.list(directory.resolve("a").resolve("ditto_logs"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(15);
            assertThat(all.stream().filter(file -> file.toString().endsWith(".gz")))
                    .hasSize(14);
        }
        Path target = directory.resolve("log.gz");
        DittoLogger.exportToFileBlocking(target.toString());
        List<String> lines =
                unpacked(target).lines().filter(it -> it.contains("xxx")).toList();
        assertThat(lines.getLast()).contains("x89\"");
        assertThat(lines).hasSizeLessThan(90).hasSizeGreaterThan(60);
    }

    @Test
    void a_callback_hears_what_passes_the_level_in_order_until_close() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        DittoLogger.setMinimumLogLevel(DittoLogLevel.WARNING);
        DittoLogger.setCustomLogCallback((level, message) -> {
            heard.add(level + " " + message);
            throw new IllegalStateException("the callback's own");
        });
        DittoLog.i("app", "below");
        DittoLog.w("app", "one");
        DittoLog.e("app", "two");
        Peers.eventually(() -> heard.size() == 2);
        assertThat(heard).containsExactly("WARNING one", "ERROR two");
        DittoLogger.setEnabled(false);
        DittoLog.e("app", "off");
        DittoLogger.setEnabled(true);
        ditto.close();
        DittoLog.e("app", "after close");
        Thread.sleep(100);
        assertThat(heard).hasSize(2);
    }

    @Test
    void lines_that_pass_can_go_to_a_text_file_too() throws Exception {
        Path file = directory.resolve("app.log");
        DittoLogger.setLogFile(file.toString());
        DittoLog.e("app.till", "no paper");
        assertThat(Files.readString(file))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+-]\\d\\d:\\d\\d ERROR app\\.till: no paper\\R");
    }

    @Test
    void the_log_goes_to_the_instance_that_was_opened_last() throws Exception {
        peers.open("b").close();
        DittoLog.e("app", "back again");
        assertThat(Files.readString(directory.resolve("a/ditto_logs/ibid.log"))).contains("back again");
    }

    @Test
    void without_a_provider_lines_go_to_stderr_and_slf4j_does_not_complain() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback") && !entry.contains("slf4j-jdk-platform-logging"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        LoggerAcceptanceTest.class.getName(),
                        directory.resolve("other").toString())
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(errors).isZero();
        assertThat(errors)
                .contains("WARNING app: paper is low")
                .doesNotContain("SLF4J")
                .doesNotContain("a detail");
    }

    /** The process without a provider. */
    public static void main(String[] args) {
        try (Ditto ditto = DittoFactory.create(
                new DittoConfig.Builder("shop").persistenceDirectory(args[0]).build())) {
            DittoLog.w("app", "paper is low");
            DittoLog.d("app", "a detail");
            ditto.store.execute("SELECT * FROM orders").close();
        }
    }
}
