package io.ibid;

/** What an entry of a directory is. */
public enum DittoFileSystemType {
    DIRECTORY,
    FILE,
    SYMLINK
}
