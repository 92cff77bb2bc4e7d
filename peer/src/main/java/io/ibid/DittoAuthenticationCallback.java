package io.ibid;

/** What an application does about logins, in the style of version 4; {@link DittoAuthenticator#setExpirationHandler} replaces it. */
public interface DittoAuthenticationCallback {

    /** A login is needed before sync can go on. */
    void onAuthenticationRequired(DittoAuthenticator authenticator);

    /** The login ends soon. */
    void onAuthenticationExpiringSoon(DittoAuthenticator authenticator, long secondsRemaining);

    /** {@link DittoAuthenticator#getStatus} has changed. */
    default void onAuthenticationStatusDidChange(DittoAuthenticator authenticator) {}
}
