package io.ibid.core.query;

import io.ibid.core.value.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A condition as far as indexes can serve it: tests of single fields of one FROM term under AND and OR. */
sealed interface Restriction {

    /** {@link #share} of a condition that is not looked into. */
    double OPAQUE_SHARE = 0.5;

    record Test(FieldTest test) implements Restriction {}

    record All(List<Restriction> parts) implements Restriction {}

    record Any(List<Restriction> parts) implements Restriction {}

    /** What no index can say anything about. */
    record Opaque() implements Restriction {
        static final Restriction INSTANCE = new Opaque();
    }

    /**
     * The values of the field without which the condition cannot be TRUE; null when any value will do. They are exact when the
     * condition is TRUE for just these values, whatever the other fields are.
     */
    default @Nullable Ranges ranges(Path path, Scope scope, int inListMax) {
        switch (this) {
            case Test(FieldTest test) -> {
                return test.path().equals(path) ? test.ranges(scope, inListMax) : null;
            }
            case Opaque opaque -> {
                return null;
            }
            case All(List<Restriction> parts) -> {
                Ranges all = null;
                boolean exact = true;
                for (Restriction part : parts) {
                    Ranges ranges = part.ranges(path, scope, inListMax);
                    exact &= ranges != null;
                    if (ranges != null) {
                        all = all == null ? ranges : all.intersect(ranges);
                    }
                }
                return all == null || exact ? all : all.inexact();
            }
            case Any(List<Restriction> parts) -> {
                Ranges any = Ranges.NONE;
                for (Restriction part : parts) {
                    Ranges ranges = part.ranges(path, scope, inListMax);
                    if (ranges == null) {
                        return null;
                    }
                    any = any.unite(ranges);
                }
                return any;
            }
        }
    }

    /** Whether {@link #ranges} may give any, which it does whenever this is true. */
    default boolean restricts(Path path) {
        return switch (this) {
            case Test(FieldTest test) -> test.path().equals(path);
            case Opaque opaque -> false;
            case All(List<Restriction> parts) -> parts.stream().anyMatch(part -> part.restricts(path));
            case Any(List<Restriction> parts) -> parts.stream().allMatch(part -> part.restricts(path));
        };
    }

    /** The share of documents that meet it, roughly, as long as nothing is known of them. */
    default double share() {
        return switch (this) {
            case Test(FieldTest test) -> test.kind().share();
            case Opaque opaque -> OPAQUE_SHARE;
            case All(List<Restriction> parts) -> {
                double share = 1;
                for (Restriction part : parts) {
                    share *= part.share();
                }
                yield share;
            }
            case Any(List<Restriction> parts) -> {
                double none = 1;
                for (Restriction part : parts) {
                    none *= 1 - part.share();
                }
                yield 1 - none;
            }
        };
    }

    /** Shows all tests in it. */
    default void forEachTest(Consumer<FieldTest> visitor) {
        switch (this) {
            case Test(FieldTest test) -> visitor.accept(test);
            case Opaque opaque -> {}
            case All(List<Restriction> parts) -> parts.forEach(part -> part.forEachTest(visitor));
            case Any(List<Restriction> parts) -> parts.forEach(part -> part.forEachTest(visitor));
        }
    }
}
