package io.ibid;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file or directory of a database, with its size. Immutable; equal by everything that it tells. */
public final class DittoDiskUsageItem {
    private final DittoFileSystemType type;
    private final String path;
    private final long sizeInBytes;
    private final @Nullable List<DittoDiskUsageItem> children;

    DittoDiskUsageItem(
            DittoFileSystemType type, String path, long sizeInBytes, @Nullable List<DittoDiskUsageItem> children) {
        this.type = type;
        this.path = path;
        this.sizeInBytes = sizeInBytes;
        this.children = children == null ? null : List.copyOf(children);
    }

    public DittoFileSystemType getType() {
        return type;
    }

    /** Relative to the persistence directory, with slashes; empty for that directory itself. */
    public String getPath() {
        return path;
    }

    /** Of a directory the sum of what is in it. */
    public long getSizeInBytes() {
        return sizeInBytes;
    }

    /** By name; null for anything but a directory. */
    public @Nullable List<? extends DittoDiskUsageItem> getChildren() {
        return children;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoDiskUsageItem that
                && type == that.type
                && path.equals(that.path)
                && sizeInBytes == that.sizeInBytes
                && Objects.equals(children, that.children);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, path, sizeInBytes);
    }

    @Override
    public String toString() {
        return "DittoDiskUsageItem[type=" + type + ", path=" + path + ", sizeInBytes=" + sizeInBytes + "]";
    }
}
