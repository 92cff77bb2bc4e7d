package io.ibid.core.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.regex.Pattern;

/** Types and calls that the core may not use. */
public final class Forbidden {
    private static final Pattern EFFECTS = Pattern.compile("java\\.net\\..*"
            + "|java\\.nio\\.(file|channels)\\..*"
            + "|java\\.io\\.(File|RandomAccessFile).*"
            + "|javax\\..*"
            + "|java\\.sql\\..*"
            + "|java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal|ThreadGroup|Process|ProcessBuilder|Runtime)(\\$.*)?"
            + "|java\\.util\\.(Timer|TimerTask)"
            + "|java\\.util\\.concurrent\\..*");

    /** Shared data structures without blocking and without time. */
    private static final Pattern HARMLESS = Pattern.compile("java\\.util\\.concurrent\\.(atomic\\..*"
            + "|ConcurrentHashMap(\\$.*)?|ConcurrentMap|ConcurrentSkipListMap|ConcurrentSkipListSet"
            + "|ConcurrentNavigableMap|ConcurrentLinkedQueue|CopyOnWriteArrayList|TimeUnit)");

    private static final Set<String> CALLS_BY_NAME = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.identityHashCode",
            "java.lang.System.getenv",
            "java.lang.System.exit",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.HashMap.<init>",
            "java.util.HashMap.newHashMap",
            "java.util.HashSet.<init>",
            "java.util.HashSet.newHashSet",
            "java.util.IdentityHashMap.<init>",
            "java.util.WeakHashMap.<init>",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.util.Collection.parallelStream",
            "java.util.List.parallelStream",
            "java.util.Date.<init>",
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll");

    private static final Pattern NOW =
            Pattern.compile("java\\.time\\..*\\.now|java\\.time\\.(Clock|InstantSource)\\..*");
    private static final Pattern RANDOM = Pattern.compile(
            "java\\.(util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)|security\\.SecureRandom|util\\.random\\..*)\\..*");
    private static final Pattern PARALLEL =
            Pattern.compile("java\\.util\\.stream\\..*\\.parallel|java\\.util\\..*\\.parallelStream");

    /** Map collectors make a HashMap unless they are told which map to make. */
    private static final Set<String> COLLECTORS_WITH_A_MAP =
            Set.of("java.util.stream.Collectors.toMap", "java.util.stream.Collectors.groupingBy");

    /** Sockets, files, threads, locks, executors, timers. */
    public static final DescribedPredicate<JavaClass> TYPES =
            DescribedPredicate.describe("have effects", Forbidden::hasEffects);

    /** Time, randomness, and whatever depends on the salt or the addresses of this JVM. */
    public static final DescribedPredicate<AccessTarget> CALLS =
            DescribedPredicate.describe("differ from run to run", Forbidden::differs);

    private Forbidden() {}

    private static boolean hasEffects(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return EFFECTS.matcher(name).matches() && !HARMLESS.matcher(name).matches();
    }

    private static boolean differs(AccessTarget target) {
        String name = target.getOwner().getName() + "." + target.getName();
        if (COLLECTORS_WITH_A_MAP.contains(name)) {
            return target instanceof AccessTarget.CodeUnitAccessTarget call
                    && call.getRawParameterTypes().stream()
                            .noneMatch(type -> type.isEquivalentTo(java.util.function.Supplier.class));
        }
        return CALLS_BY_NAME.contains(name)
                || NOW.matcher(name).matches()
                || RANDOM.matcher(name).matches()
                || PARALLEL.matcher(name).matches();
    }
}
