package io.ibid.peer.runtime;

import io.ibid.core.env.Randomness;
import java.security.SecureRandom;

/** Randomness that nobody can guess: ids, nonces and jitter all come from here. */
final class SecureRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public long below(long bound) {
        return random.nextLong(bound);
    }
}
