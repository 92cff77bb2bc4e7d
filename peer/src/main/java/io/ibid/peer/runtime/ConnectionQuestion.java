package io.ibid.peer.runtime;

import java.util.function.Consumer;

/** Asked about each connection. Must not block; the answer may come on any thread, and none within 10 s is a denial. */
@FunctionalInterface
public interface ConnectionQuestion {

    /** @param transport as in {@link io.ibid.core.env.Link#transport} */
    void ask(String peerKey, String transport, Consumer<Boolean> answer);
}
