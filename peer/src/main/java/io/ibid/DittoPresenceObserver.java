package io.ibid;

/** A registered observer of the presence graph; active until it or its {@link Ditto} is closed. */
public interface DittoPresenceObserver extends DittoAsyncCancellable {}
