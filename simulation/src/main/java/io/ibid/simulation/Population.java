package io.ibid.simulation;

import io.ibid.simulation.Wish.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The peers of a world: who is linked with whom, and who wants what from the beginning. Immutable.
 *
 * @param parents in a tree the peer that leads towards peer 0
 * @param dials per peer the numbers of the peers it dials; together they connect everybody
 * @param servers per peer whether it takes everything as a server does
 * @param wishes per peer what it subscribes to when the world begins; a server's are what it gets without
 * @param isShrinking whether nobody wants, nor writes, what the peer above it does not want: then everything anybody wants is promised
 */
record Population(
        Shape shape,
        List<Integer> parents,
        List<List<Integer>> dials,
        List<Boolean> servers,
        List<SortedSet<Wish>> wishes,
        boolean isShrinking) {
    private static final int FULL_MESH_MAX = 8;
    private static final List<Form> STABLE = List.of(Form.WHOLE, Form.ID_PREFIX, Form.FIELD);

    int size() {
        return dials.size();
    }

    /** How interests are spread. */
    enum Spread {
        /** Everybody wants everything. */
        EQUAL,
        /** Everybody wants a part that all have in common, and each something of its own. */
        COMMON,
        /** Who is farther from the root wants less. */
        SHRINKING
    }

    static Population draw(SplittableRandom random, int count, List<String> collections, int tenants) {
        Shape[] shapes = Shape.values();
        Shape drawn = shapes[random.nextInt(shapes.length)];
        Shape shape = drawn == Shape.FULL_MESH && count > FULL_MESH_MAX ? Shape.RANDOM : drawn;
        int choice = random.nextInt(4);
        Spread spread = choice == 0 ? Spread.EQUAL : shape.isTree() && choice < 3 ? Spread.SHRINKING : Spread.COMMON;
        return of(random, count, shape, spread, collections, tenants);
    }

    static Population of(
            SplittableRandom random, int count, Shape shape, Spread spread, List<String> collections, int tenants) {
        List<Integer> parents = shape.parents(random, count);
        List<List<Integer>> dials = shape.dials(random, parents);
        List<Boolean> servers = new ArrayList<>();
        List<SortedSet<Wish>> wishes = new ArrayList<>();
        SortedSet<Wish> common = common(random, collections, tenants);
        for (int i = 0; i < count; i++) {
            boolean mayServe = spread != Spread.SHRINKING || i == 0;
            boolean isServer = mayServe && random.nextInt(spread == Spread.EQUAL ? 2 : 4) == 0;
            servers.add(isServer);
            SortedSet<Wish> own = new TreeSet<>();
            if (isServer || spread == Spread.EQUAL || (spread == Spread.SHRINKING && i == 0)) {
                collections.forEach(collection -> own.add(Wish.whole(collection)));
            } else if (spread == Spread.COMMON) {
                own.addAll(common);
                for (int more = random.nextInt(3); more > 0; more--) {
                    own.add(any(random, collections, tenants));
                }
            } else {
                shrink(random, wishes.get(parents.get(i)), tenants, own);
            }
            wishes.add(own);
        }
        if (spread == Spread.SHRINKING) {
            for (int i = 1; i < count; i++) {
                if (!parents.subList(1, count).contains(i)) {
                    wantByKind(random, wishes.get(parents.get(i)), wishes.get(i));
                }
            }
        }
        return new Population(shape, parents, dials, servers, wishes, spread == Spread.SHRINKING);
    }

    /** Everybody has it in one form or another; here it is one. Empty now and then. */
    private static SortedSet<Wish> common(SplittableRandom random, List<String> collections, int tenants) {
        SortedSet<Wish> common = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            common.add(any(random, collections, tenants));
        }
        return common;
    }

    /** A wish out of what there is. */
    static Wish any(SplittableRandom random, List<String> collections, int tenants) {
        String collection = collections.get(random.nextInt(collections.size()));
        Form form = STABLE.get(random.nextInt(STABLE.size()));
        return form == Form.WHOLE ? Wish.whole(collection) : new Wish(collection, random.nextInt(tenants), form);
    }

    /** Who has one supplier and supplies nobody may want by a condition that changes. */
    private static void wantByKind(SplittableRandom random, SortedSet<Wish> parent, SortedSet<Wish> own) {
        for (Wish wish : parent) {
            if (wish.isWhole() && random.nextInt(3) == 0) {
                own.removeIf(mine -> mine.collection().equals(wish.collection()));
                own.add(new Wish(wish.collection(), random.nextInt(Wish.KINDS), Form.MUTABLE));
            }
        }
    }

    private static void shrink(SplittableRandom random, SortedSet<Wish> parent, int tenants, SortedSet<Wish> own) {
        for (Wish wish : parent) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                own.add(wish);
            } else if (choice < 8) {
                own.add(
                        wish.isWhole()
                                ? new Wish(
                                        wish.collection(),
                                        random.nextInt(tenants),
                                        random.nextBoolean() ? Form.ID_PREFIX : Form.FIELD)
                                : wish);
            }
        }
    }
}
