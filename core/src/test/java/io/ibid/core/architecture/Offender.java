package io.ibid.core.architecture;

import java.io.File;
import java.net.Socket;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Breaks every rule, so that a test can show that the rules see it. Nothing runs this. */
public final class Offender {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<File> files = List.of();

    synchronized List<Object> offend(Collection<String> names) {
        LongSupplier byReference = System::nanoTime;
        return List.of(
                lock,
                Thread.currentThread(),
                files,
                new Socket(),
                byReference,
                Instant.now(),
                UUID.randomUUID(),
                new HashMap<String, String>(),
                new HashSet<String>(),
                Map.of("one", 1),
                Set.copyOf(names),
                System.identityHashCode(names),
                names.parallelStream(),
                new Random(),
                names.stream().collect(Collectors.toSet()));
    }
}
