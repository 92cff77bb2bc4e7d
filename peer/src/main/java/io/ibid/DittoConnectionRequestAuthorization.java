package io.ibid;

/** Whether a connection may be made. */
public enum DittoConnectionRequestAuthorization {
    ALLOW,
    DENY
}
