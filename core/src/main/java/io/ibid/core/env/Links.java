package io.ibid.core.env;

/** The network as the core sees it: it asks for a connection and is told of links; it never touches a socket. Loop only. */
public interface Links {

    /**
     * Begins to dial {@code address} ({@code host:port} or a ws/wss URL). The outcome is one call of the dialler: {@code connected}
     * or {@code failed}, on the loop.
     */
    void dial(String address, Dialler dialler);

    /** Receives the outcome of one dial. */
    interface Dialler {
        /** The handler that the core returns is told everything about the link from now on. */
        Link.Handler connected(Link link);

        void failed(String reason);
    }
}
