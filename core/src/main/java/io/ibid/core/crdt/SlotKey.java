package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where cells live: a path together with a type, so that a register and a map under one name do not touch each other. The root has
 * one slot of its own, {@link #EXIST}; every other slot has a path of at least one key. Ordered by path, then type rank, so that
 * what stands below a path follows it at once.
 *
 * @param type null only for {@link #EXIST}
 */
public record SlotKey(Path path, @Nullable FieldType type) implements Comparable<SlotKey> {

    /** Greatest number of keys in a path. */
    public static final int DEPTH_MAX = 64;

    /** Live while somebody's INSERT of the document is not deleted. */
    public static final SlotKey EXIST = new SlotKey(Path.ROOT, null);

    public SlotKey {
        if ((path.depth() == 0) != (type == null)) {
            throw new IllegalArgumentException("only the root has a slot without a type: '" + path + "' " + type);
        }
    }

    /** 0 for EXIST, else {@link FieldType#rank()}; also the slot's number in encodings. */
    public int rank() {
        return type == null ? 0 : type.rank();
    }

    @Override
    public int compareTo(SlotKey other) {
        int order = path.compareTo(other.path);
        return order != 0 ? order : Integer.compare(rank(), other.rank());
    }
}
