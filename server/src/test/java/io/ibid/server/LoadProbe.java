package io.ibid.server;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a server under load and measures what its clients see. */
final class LoadProbe implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    LoadProbe(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Latencies in microseconds, sorted. */
    record Latencies(long[] micros) {
        double quantileMs(double q) {
            return micros.length == 0
                    ? Double.NaN
                    : micros[(int) Math.min(micros.length - 1, q * micros.length)] / 1000.0;
        }
    }

    /** Runs the statement on so many connections at once, each {@code rounds} times, while {@code /health} is asked every 5 ms. */
    Latencies healthWhile(String statement, int connections, int rounds, List<Long> answerBytes)
            throws InterruptedException, ExecutionException {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Latencies> health = threads.submit(() -> pollHealth(done));
            List<Future<Long>> scans = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                scans.add(threads.submit(() -> scan(statement, rounds)));
            }
            for (Future<Long> scan : scans) {
                answerBytes.add(scan.get());
            }
            done.set(true);
            return health.get();
        }
    }

    private long scan(String statement, int rounds) throws IOException, InterruptedException {
        long bytes = 0;
        for (int i = 0; i < rounds; i++) {
            HttpResponse<Long> response = client.send(execute(statement), info -> counting());
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            bytes += response.body();
        }
        return bytes;
    }

    private static BodySubscriber<Long> counting() {
        AtomicLong bytes = new AtomicLong();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(
                        piece -> piece.ifPresent(content -> bytes.addAndGet(content.length))),
                end -> bytes.get());
    }

    private Latencies pollHealth(AtomicBoolean done) throws IOException, InterruptedException {
        List<Long> micros = new ArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/health")).build();
        while (!done.get()) {
            micros.add(timed(() -> client.send(request, BodyHandlers.discarding())));
            Thread.sleep(5);
        }
        return sorted(micros);
    }

    /** Requests per second of one statement on so many connections. */
    double requestsPerSecond(String statement, int connections, Duration duration)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + duration.toNanos();
        HttpRequest request = execute(statement);
        long started = System.nanoTime();
        long count = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                loops.add(threads.submit(() -> {
                    long sent = 0;
                    while (System.nanoTime() < end) {
                        HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
                        if (response.statusCode() != 200) {
                            throw new IOException("status " + response.statusCode());
                        }
                        sent++;
                    }
                    return sent;
                }));
            }
            for (Future<Long> loop : loops) {
                count += loop.get();
            }
        }
        return count * 1e9 / (System.nanoTime() - started);
    }

    private HttpRequest execute(String statement) {
        Value.Struct body =
                Value.Struct.builder().put("statement", Value.of(statement)).build();
        return HttpRequest.newBuilder(base.resolve("/api/v5/store/execute"))
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    private static long timed(Callable<?> call) throws IOException, InterruptedException {
        long started = System.nanoTime();
        try {
            call.call();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return (System.nanoTime() - started) / 1000;
    }

    private static Latencies sorted(List<Long> micros) {
        long[] array = micros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(array);
        return new Latencies(array);
    }

    @Override
    public void close() {
        client.close();
    }
}
