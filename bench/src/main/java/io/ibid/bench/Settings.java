package io.ibid.bench;

import java.nio.file.Path;

/**
 * What holds for all rows of a run.
 *
 * @param rounds measured rounds of each side, after the warm-up
 * @param large whether the large sizes are taken
 * @param folder an empty directory for the run's files, on the disk that is to be measured
 */
public record Settings(int rounds, boolean large, Path folder) {

    static final int ROUNDS = 7;
    static final int ROUNDS_MIN = 5;

    /** {@code normal}, or {@code large} with the large sizes. */
    public int size(int normal, int large) {
        return this.large ? large : normal;
    }
}
