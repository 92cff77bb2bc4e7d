package io.ibid.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** How the peers of a world are linked. Peer 0 is the middle of a star, the root of a tree and the first of a chain. */
enum Shape {
    /** Everybody with everybody. */
    FULL_MESH,
    /** Everybody with the hub. */
    STAR,
    CHAIN,
    TREE,
    /** A tree, and now and then an edge more. */
    RANDOM;

    /** Without a cycle, each peer has one way to each other. */
    boolean isTree() {
        return this != FULL_MESH && this != RANDOM;
    }

    /** The peer that leads towards peer 0; drawn, where the shape leaves a choice. */
    private int parent(SplittableRandom random, int peer) {
        return switch (this) {
            case STAR -> 0;
            case CHAIN -> peer - 1;
            case TREE, RANDOM, FULL_MESH -> random.nextInt(peer);
        };
    }

    /** Per peer but the first the one it hangs on. */
    List<Integer> parents(SplittableRandom random, int count) {
        List<Integer> parents = new ArrayList<>();
        parents.add(0);
        for (int peer = 1; peer < count; peer++) {
            parents.add(parent(random, peer));
        }
        return parents;
    }

    /** Per peer those that it dials, along the tree of parents and beside it. Which of two dials is drawn. */
    List<List<Integer>> dials(SplittableRandom random, List<Integer> parents) {
        int count = parents.size();
        List<TreeSet<Integer>> edges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edges.add(new TreeSet<>());
        }
        for (int i = 1; i < count; i++) {
            link(random, edges, i, parents.get(i));
        }
        if (this == RANDOM) {
            for (int extra = random.nextInt(count); extra > 0; extra--) {
                link(random, edges, random.nextInt(count), random.nextInt(count));
            }
        } else if (this == FULL_MESH) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < i; j++) {
                    link(random, edges, i, j);
                }
            }
        }
        return edges.stream().map(List::copyOf).toList();
    }

    /** Now and then both dial: one of the two links has to give way. */
    private static void link(SplittableRandom random, List<TreeSet<Integer>> edges, int a, int b) {
        if (a != b) {
            int choice = random.nextInt(12);
            if (choice < 7) {
                edges.get(a).add(b);
            }
            if (choice > 5) {
                edges.get(b).add(a);
            }
        }
    }
}
