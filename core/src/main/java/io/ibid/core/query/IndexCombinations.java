package io.ibid.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ways to find rows by several scans at once: one for each branch of an OR, or several whose ids are intersected. */
final class IndexCombinations {
    private static final double DEDUPLICATED_ROW = 0.3;

    private final AccessChooser chooser;
    private final Access access;
    private final List<IndexShape> indexes;
    private final List<Restriction> conditions;

    IndexCombinations(AccessChooser chooser, Access access, List<IndexShape> indexes, List<Restriction> conditions) {
        this.chooser = chooser;
        this.access = access;
        this.indexes = indexes;
        this.conditions = conditions;
    }

    /** A lookup for each condition that names ids. */
    List<AccessChooser.Option> lookups() {
        List<AccessChooser.Option> lookups = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            AccessChooser.Option option = byId(i, conditions.get(i));
            if (option != null) {
                lookups.add(option);
            }
        }
        return lookups;
    }

    /** A union for each condition that is an OR all of whose branches can be found by an index or by id. */
    List<AccessChooser.Option> unions() {
        List<AccessChooser.Option> unions = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Restriction.Any(List<Restriction> branches)) {
                AccessChooser.Option union = union(i, branches);
                if (union != null) {
                    unions.add(union);
                }
            }
        }
        return unions;
    }

    /** Each branch is narrowed by the other conditions too; what all branches cover needs no test afterwards. */
    private AccessChooser.@Nullable Option union(int number, List<Restriction> branches) {
        List<Plan> scans = new ArrayList<>();
        boolean[] covered = new boolean[conditions.size()];
        Arrays.fill(covered, true);
        double entries = 0;
        double cost = 0;
        int indexScans = 0;
        for (Restriction branch : branches) {
            AccessChooser.Option option = byId(number, branch);
            if (option == null) {
                option = byIndex(number, branch);
                indexScans++;
            }
            if (option == null || indexScans > access.directives().scansMax()) {
                return null;
            }
            scans.add(option.scan());
            entries += option.entries();
            cost += option.cost();
            for (int i = 0; i < covered.length; i++) {
                covered[i] &= option.covered()[i];
            }
        }
        Plan union = new Plan.UnionScan(access.term(), access.index(), scans);
        double sorting = chooser.cost(entries, 0, 0, covered, false);
        return new AccessChooser.Option(union, covered, entries, false, cost + sorting + entries * DEDUPLICATED_ROW);
    }

    private AccessChooser.@Nullable Option byId(int number, Restriction branch) {
        Plan.Ids ids = branch instanceof Restriction.Test(FieldTest test)
                ? SourcePlanner.ids(test, UnaryOperator.identity())
                : null;
        if (ids == null) {
            return null;
        }
        boolean[] covered = new boolean[conditions.size()];
        covered[number] = true;
        double count = chooser.count(ids);
        Plan scan = new Plan.IdScan(access.term(), access.index(), ids);
        return new AccessChooser.Option(scan, covered, count, false, count * chooser.fetchCost());
    }

    private AccessChooser.@Nullable Option byIndex(int number, Restriction branch) {
        List<Restriction> narrowed = new ArrayList<>(conditions);
        narrowed.set(number, branch);
        Demand demand = new Demand(List.of(), FieldUse.WHOLE, null, chooser.changed());
        AccessChooser.Option best = null;
        for (IndexShape index : indexes) {
            AccessChooser.Option option = chooser.single(index, narrowed, demand);
            if (option != null && (best == null || option.cost() < best.cost())) {
                best = option;
            }
        }
        return best;
    }

    /**
     * The best intersection of two or more indexes that each cover a condition that the others do not. The ids of all but one are held in
     * memory; that one, the largest, is read against them.
     */
    List<AccessChooser.Option> intersections(List<AccessChooser.Option> singles) {
        Directives directives = access.directives();
        int most = directives.intersectsMax() == 0
                ? directives.scansMax()
                : Math.min(directives.intersectsMax(), directives.scansMax());
        List<AccessChooser.Option> candidates = new ArrayList<>(singles);
        candidates.removeIf(option -> !(option.scan() instanceof Plan.IndexScan scan)
                || !(scan.spans() instanceof Plan.Spans.Known)
                || AccessChooser.uncovered(option.covered()).size() == conditions.size());
        candidates.sort(Comparator.comparingDouble(AccessChooser.Option::entries));
        List<AccessChooser.Option> chosen = new ArrayList<>();
        List<AccessChooser.Option> intersections = new ArrayList<>();
        boolean[] covered = new boolean[conditions.size()];
        double kept = chooser.total();
        double read = 0;
        for (AccessChooser.Option option : candidates) {
            if (chosen.size() == most || !adds(option, covered)) {
                continue;
            }
            chosen.add(option);
            for (int i = 0; i < covered.length; i++) {
                covered[i] |= option.covered()[i];
            }
            kept *= option.entries() / Math.max(1, chooser.total());
            read += option.entries();
            if (chosen.size() > 1) {
                intersections.add(intersection(chosen, covered, read, kept));
            }
        }
        return intersections;
    }

    private static boolean adds(AccessChooser.Option option, boolean[] covered) {
        for (int i = 0; i < covered.length; i++) {
            if (option.covered()[i] && !covered[i]) {
                return true;
            }
        }
        return false;
    }

    /** Under a typing that hides variants only the last scan, which reads documents, is sure of its conditions. */
    private AccessChooser.Option intersection(
            List<AccessChooser.Option> chosen, boolean[] covered, double read, double kept) {
        boolean flexible = access.term().typing().equals(Typing.FLEXIBLE);
        boolean[] sure = flexible ? covered.clone() : chosen.getLast().covered();
        List<Plan.IndexScan> scans = new ArrayList<>();
        for (AccessChooser.Option option : chosen) {
            Plan.IndexScan scan = (Plan.IndexScan) option.scan();
            scans.add(new Plan.IndexScan(
                    scan.term(), scan.index(), scan.shape(), scan.spans(), false, null, scan.once(), scan.entries()));
        }
        double each = chooser.entryCost() + DEDUPLICATED_ROW;
        double cost = read * each + chooser.cost(kept, 2 * chosen.size(), chooser.fetchCost(), sure, false);
        Plan scan = new Plan.IntersectScan(access.term(), access.index(), scans, kept);
        return new AccessChooser.Option(scan, sure, kept, false, cost);
    }
}
