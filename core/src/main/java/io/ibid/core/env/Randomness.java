package io.ibid.core.env;

/** The only source of randomness. Seeded in the simulation, cryptographically strong in production. */
public interface Randomness {

    void fill(byte[] bytes);

    /** Uniform in {@code [0, bound)}; bound > 0. */
    long below(long bound);
}
