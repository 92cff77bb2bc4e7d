package io.ibid;

import org.jspecify.annotations.Nullable;

/**
 * Whether this peer is logged in.
 *
 * @param isAuthenticated whether a server has accepted a login that has not expired
 * @param userId the user's name, as the server knows it
 */
public record DittoAuthenticationStatus(
        boolean isAuthenticated, @Nullable String userId) {

    public @Nullable String getUserId() {
        return userId;
    }
}
