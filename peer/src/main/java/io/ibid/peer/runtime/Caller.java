package io.ibid.peer.runtime;

/** On whose behalf a statement runs. */
public enum Caller {
    /** This process. */
    SDK("SDK"),
    /** A client of HTTP with a key of the role {@code admin}: everything that this process may. */
    HTTP_ADMIN("http_api"),
    /** One with a key of the role {@code readwrite}: reads and writes documents. */
    HTTP_READWRITE("http_api"),
    /** One with a key of the role {@code readonly}: reads documents. */
    HTTP_READONLY("http_api");

    private final String requestType;

    Caller(String requestType) {
        this.requestType = requestType;
    }

    /** How {@code system:active_requests} calls it. */
    public String requestType() {
        return requestType;
    }

    boolean isRemote() {
        return this != SDK;
    }
}
