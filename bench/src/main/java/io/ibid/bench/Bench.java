package io.ibid.bench;

import io.ibid.bench.observers.ObserversBenchmarks;
import io.ibid.bench.query.QueryBenchmarks;
import io.ibid.bench.sdk.SdkBenchmarks;
import io.ibid.bench.store.StoreBenchmarks;
import io.ibid.bench.sync.SyncBenchmarks;
import io.ibid.bench.wire.WireBenchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The benchmarks as one command: which rows, how they are printed, where they are kept. */
public final class Bench {

    /** Fewer rounds make no median. */
    public static final int ROUNDS_MIN = Settings.ROUNDS_MIN;

    private Bench() {}

    /**
     * What to run and how to print it.
     *
     * @param names rows ({@code store/open}) or suites ({@code store}); empty: all
     * @param json one JSON object a line instead of a table
     * @param large the large sizes
     * @param rounds measured rounds a row, at least 5
     * @param csv a file to which the measurements are appended, or null
     * @param folder where the rows make their files: on the disk that is to be measured; null: the temporary directory
     */
    public record Options(
            List<String> names,
            boolean json,
            boolean large,
            int rounds,
            @Nullable Path csv,
            @Nullable Path folder) {

        /** All rows as a table, with the usual sizes. */
        public static final Options ALL = new Options(List.of(), false, false, Settings.ROUNDS, null, null);

        /** @throws IllegalArgumentException when there are too few rounds */
        public Options {
            if (rounds < Settings.ROUNDS_MIN) {
                throw new IllegalArgumentException("a median needs at least " + Settings.ROUNDS_MIN + " rounds");
            }
            names = List.copyOf(names);
        }
    }

    /** All rows of this version, in the order in which they run. */
    public static List<Benchmark> all() {
        List<Benchmark> rows = new ArrayList<>(StoreBenchmarks.all());
        rows.addAll(SyncBenchmarks.all());
        rows.addAll(WireBenchmarks.all());
        rows.addAll(ObserversBenchmarks.all());
        rows.addAll(QueryBenchmarks.all());
        rows.addAll(SdkBenchmarks.all());
        return List.copyOf(rows);
    }

    /** The rows that the names mean: a row itself, or all of a suite. */
    public static List<Benchmark> named(List<String> names) {
        if (names.isEmpty()) {
            return all();
        }
        return all().stream()
                .filter(row -> names.stream()
                        .anyMatch(name -> row.name().equals(name) || row.name().startsWith(name + "/")))
                .toList();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(List.of(arguments));
        boolean json = names.remove("--json");
        boolean large = names.remove("--long");
        Path folder = null;
        for (String argument : arguments) {
            if (argument.startsWith("--folder=") && names.remove(argument)) {
                folder = Path.of(argument.substring("--folder=".length()));
            }
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new Options(names, json, large, Settings.ROUNDS, null, folder), out, progress));
    }

    /**
     * Runs and prints.
     *
     * @return 0; 1 when a row could not be measured; 2 when a name means no row
     */
    public static int run(Options options, PrintWriter out, PrintWriter progress)
            throws IOException, InterruptedException {
        for (String name : options.names()) {
            if (named(List.of(name)).isEmpty()) {
                progress.println("error: there is no benchmark \"" + name + "\"; there are "
                        + String.join(", ", all().stream().map(Benchmark::name).toList()));
                return 2;
            }
        }
        Path folder = Files.createTempDirectory(place(options), "ibid-bench-");
        List<Measurement> measurements = new ArrayList<>();
        int failed = 0;
        try {
            for (Benchmark row : named(options.names())) {
                progress.println("measuring " + row.name() + " ...");
                Path own = Files.createDirectory(folder.resolve(row.name().replace('/', '-')));
                try {
                    List<Measurement> measured = row.run(new Settings(options.rounds(), options.large(), own));
                    measurements.addAll(measured);
                    measured.forEach(measurement -> progress.println("  " + Report.line(measurement)));
                    if (options.json()) {
                        measured.forEach(measurement -> out.println(measurement.json()));
                        out.flush();
                    }
                } catch (BenchmarkFailure failure) {
                    progress.println("error: " + row.name() + ": " + failure.getMessage());
                    failed++;
                } finally {
                    delete(own);
                }
            }
        } finally {
            delete(folder);
        }
        if (!options.json()) {
            Report.print(measurements, out);
        }
        if (options.csv() != null) {
            ResultsFile.append(options.csv(), measurements);
        }
        return failed == 0 ? 0 : 1;
    }

    /** Where to measure. A temporary directory that is memory would make every sync free; then it is the working directory. */
    private static Path place(Options options) throws IOException {
        Path chosen = options.folder();
        if (chosen != null) {
            return Files.createDirectories(chosen);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return Files.getFileStore(temporary).type().equals("tmpfs")
                ? Path.of("").toAbsolutePath()
                : temporary;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException cause) {
                    throw new UncheckedIOException(cause);
                }
            });
        }
    }
}
