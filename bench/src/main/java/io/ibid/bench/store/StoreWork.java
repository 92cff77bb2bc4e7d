package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents;
import io.ibid.bench.Documents.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a side does in one slice, in documents per second. The same slice gives every side the same documents, made before
 * the clock starts.
 */
sealed interface StoreWork {

    /** Documents that are in the store before the first round. */
    int loaded();

    int threads();

    /** Whether each operation waits for the disk. */
    default boolean writes() {
        return true;
    }

    /** Documents in one transaction. */
    default int commitDocuments() {
        return 1;
    }

    /** Does one slice's work; returns documents per second. */
    double measure(StoreSide side, int slice) throws InterruptedException;

    /** Inserts new documents, so many a transaction. */
    record Insert(int threads, int transactions, int documentsEach, Map<Integer, List<Document>> made)
            implements StoreWork {

        Insert(int threads, int transactions, int documentsEach) {
            this(threads, transactions, documentsEach, new HashMap<>());
        }

        @Override
        public int loaded() {
            return 0;
        }

        @Override
        public int commitDocuments() {
            return documentsEach;
        }

        @Override
        public double measure(StoreSide side, int slice) throws InterruptedException {
            int total = transactions * documentsEach;
            made.keySet().removeIf(earlier -> earlier < slice);
            List<Document> documents = made.computeIfAbsent(slice, r -> new Documents(1_000 + r).next(total));
            return perSecond(total, threads, thread -> {
                for (int i = thread; i < transactions; i += threads) {
                    side.insert(documents.subList(i * documentsEach, (i + 1) * documentsEach));
                }
            });
        }
    }

    /** Changes one field of one document a transaction. */
    record Update(int threads, int loaded, int updates) implements StoreWork {
        @Override
        public double measure(StoreSide side, int slice) throws InterruptedException {
            List<String> ids = Documents.loadedIds(loaded);
            return perSecond(updates, threads, thread -> {
                Random random = new Random(slice * 100L + thread);
                for (int i = thread; i < updates; i += threads) {
                    side.update(ids.get(random.nextInt(ids.size())), i + 1);
                }
            });
        }
    }

    /** Reads whole documents by id. */
    record Select(int threads, int loaded, int reads) implements StoreWork {
        @Override
        public boolean writes() {
            return false;
        }

        @Override
        public double measure(StoreSide side, int slice) throws InterruptedException {
            List<String> ids = Documents.loadedIds(loaded);
            return perSecond(reads, threads, thread -> {
                Random random = new Random(slice * 100L + thread);
                for (int i = thread; i < reads; i += threads) {
                    int fields = side.select(ids.get(random.nextInt(ids.size())));
                    if (fields != Documents.FIELDS) {
                        throw new BenchmarkFailure(
                                "a document had " + fields + " fields instead of " + Documents.FIELDS);
                    }
                }
            });
        }
    }

    /** One thread's part of the work. */
    @FunctionalInterface
    interface Part {
        void run(int thread);
    }

    private static double perSecond(int operations, int threads, Part part) throws InterruptedException {
        if (threads == 1) {
            long start = System.nanoTime();
            part.run(0);
            return operations * 1e9 / (System.nanoTime() - start);
        }
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            workers.add(Thread.ofPlatform().unstarted(() -> part.run(number)));
        }
        workers.forEach(
                worker -> worker.setUncaughtExceptionHandler((thread, cause) -> failure.compareAndSet(null, cause)));
        long start = System.nanoTime();
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }
        long nanos = System.nanoTime() - start;
        if (failure.get() != null) {
            throw new BenchmarkFailure("a thread failed: " + failure.get().getMessage(), failure.get());
        }
        return operations * 1e9 / nanos;
    }
}
