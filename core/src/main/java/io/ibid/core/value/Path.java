package io.ibid.core.value;

import java.util.ArrayList;
import java.util.List;

/** The keys that lead from a document's root to a field; the empty path is the root itself. Ordered key by key by code point. */
public record Path(List<String> keys) implements Comparable<Path> {

    public static final Path ROOT = new Path(List.of());

    public Path {
        keys = List.copyOf(keys);
    }

    public static Path of(String... keys) {
        return new Path(List.of(keys));
    }

    public Path child(String key) {
        List<String> extended = new ArrayList<>(keys.size() + 1);
        extended.addAll(keys);
        extended.add(key);
        return new Path(extended);
    }

    public int depth() {
        return keys.size();
    }

    /** The key at a depth, from 0. */
    public String key(int index) {
        return keys.get(index);
    }

    public boolean startsWith(Path prefix) {
        int depth = prefix.keys.size();
        if (keys.size() < depth) {
            return false;
        }
        for (int i = 0; i < depth; i++) {
            if (!keys.get(i).equals(prefix.keys.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Path other) {
        int depth = Math.min(keys.size(), other.keys.size());
        for (int i = 0; i < depth; i++) {
            int order = ValueOrder.KEYS.compare(keys.get(i), other.keys.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(keys.size(), other.keys.size());
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
