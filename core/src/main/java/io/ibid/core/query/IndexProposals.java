package io.ibid.core.query;

import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Thinks of indexes that may help one selection: the fields it compares for equality, then those it sorts by, then one that it compares
 * otherwise, then whatever else it reads if entries could answer it alone. For an OR, one for each branch.
 */
final class IndexProposals {
    /** Longer entries cost every write more than they spare a reader. */
    private static final int COVERING_KEYS_MAX = 6;

    private final Access access;
    private final Demand demand;

    IndexProposals(Access access, Demand demand) {
        this.access = access;
        this.demand = demand;
    }

    /** An index and what it is good for. */
    record Proposal(IndexShape index, String reason) {}

    List<Proposal> list() {
        List<Proposal> proposals = new ArrayList<>();
        List<Restriction> all = new ArrayList<>();
        for (Access.Condition condition : access.conditions()) {
            all.add(condition.restriction());
        }
        add(proposals, all, true);
        for (Restriction restriction : all) {
            if (restriction instanceof Restriction.Any(List<Restriction> branches)
                    && branches.stream().allMatch(IndexProposals::hasTest)) {
                branches.forEach(branch -> add(proposals, List.of(branch), false));
            }
        }
        return proposals;
    }

    private static boolean hasTest(Restriction restriction) {
        return switch (restriction) {
            case Restriction.Test test -> true;
            case Restriction.All(List<Restriction> parts) -> parts.stream().anyMatch(IndexProposals::hasTest);
            case Restriction.Any any -> false;
            case Restriction.Opaque opaque -> false;
        };
    }

    /**
     * @param whole whether these are all conditions, so that the index may also sort and cover
     */
    private void add(List<Proposal> proposals, List<Restriction> restrictions, boolean whole) {
        Set<Path> equal = new LinkedHashSet<>();
        Set<Path> ranges = new LinkedHashSet<>();
        restrictions.forEach(restriction -> sort(restriction, equal, ranges));
        ranges.removeAll(equal);
        List<IndexShape.Key> keys = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        equal.forEach(path -> add(keys, path, false));
        if (!keys.isEmpty()) {
            reasons.add("equality predicates on " + names(keys));
        }
        boolean join = restrictions.stream().anyMatch(IndexProposals::comparesWithOtherTerm);
        List<Demand.OrderKey> order = demand.order();
        int before = keys.size();
        if (whole && order != null) {
            order.forEach(key -> add(keys, key.path(), key.descending()));
        }
        if (keys.size() > before) {
            reasons.add("supports ORDER BY " + names(keys.subList(before, keys.size())));
        }
        if (!ranges.isEmpty()) {
            Path range = ranges.iterator().next();
            add(keys, range, false);
            reasons.add("range predicates on " + range);
        }
        if (whole && !keys.isEmpty() && !access.isInner() && cover(keys)) {
            reasons.add("covers all fields that are read");
        }
        if (join) {
            reasons.add("supports join");
        }
        if (!keys.isEmpty()) {
            proposals.add(
                    new Proposal(new IndexShape(collection(), name(keys), keys, true), String.join("; ", reasons)));
        }
    }

    private static void sort(Restriction restriction, Set<Path> equal, Set<Path> ranges) {
        switch (restriction) {
            case Restriction.Test(FieldTest test) -> (test.kind().namesValues() ? equal : ranges).add(test.path());
            case Restriction.All(List<Restriction> parts) -> parts.forEach(part -> sort(part, equal, ranges));
            case Restriction.Any any -> {
                // One index helps only if all branches test the same field.
                List<Path> paths = new ArrayList<>();
                any.forEachTest(test -> paths.add(test.path()));
                paths.stream().filter(any::restricts).findFirst().ifPresent(equal::add);
            }
            case Restriction.Opaque opaque -> {}
        }
    }

    private static boolean comparesWithOtherTerm(Restriction restriction) {
        boolean[] found = new boolean[1];
        restriction.forEachTest(test -> found[0] |= !test.constant());
        return found[0];
    }

    private static void add(List<IndexShape.Key> keys, Path path, boolean descending) {
        if (!path.equals(SourcePlanner.ID)
                && keys.stream().noneMatch(key -> key.path().equals(path))) {
            keys.add(new IndexShape.Key(path, descending));
        }
    }

    /** Adds what is read besides, if entries can hold all of it and something is added by that. */
    private boolean cover(List<IndexShape.Key> keys) {
        FieldUse use = demand.use();
        for (Access.Condition condition : access.conditions()) {
            use = use.and(condition.use());
        }
        if (use.whole() || !access.term().typing().equals(Typing.FLEXIBLE)) {
            return false;
        }
        List<IndexShape.Key> covering = new ArrayList<>(keys);
        use.paths().forEach(path -> {
            if (!FieldUse.isOfId(path) && covering.stream().noneMatch(key -> path.startsWith(key.path()))) {
                add(covering, path, false);
            }
        });
        if (covering.size() > COVERING_KEYS_MAX) {
            return false;
        }
        keys.clear();
        keys.addAll(covering);
        return true;
    }

    private String collection() {
        return access.term().collection();
    }

    private String name(List<IndexShape.Key> keys) {
        StringBuilder name = new StringBuilder("adv_").append(collection());
        keys.forEach(key -> key.path().keys().forEach(part -> name.append('_').append(part)));
        return name.toString();
    }

    private static String names(List<IndexShape.Key> keys) {
        return String.join(", ", keys.stream().map(key -> key.path().toString()).toList());
    }
}
