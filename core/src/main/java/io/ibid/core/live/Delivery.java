package io.ibid.core.live;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a listener waits for news. It hears of one thing at a time, and of what happened meanwhile when it is ready again, as one
 * piece of news. Any thread, without locks: that a listener is ready shall not cost the loop anything.
 */
final class Delivery {
    private enum State {
        /** The listener waits. */
        WAITING,
        /** It was told and is not ready again. */
        TOLD,
        /** Likewise, and there is something newer. */
        OVERTAKEN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** There is news. True: tell the listener, now. */
    boolean offer() {
        while (true) {
            if (state.compareAndSet(State.WAITING, State.TOLD)) {
                return true;
            }
            if (state.compareAndSet(State.TOLD, State.OVERTAKEN) || state.get() == State.OVERTAKEN) {
                return false;
            }
        }
    }

    /** The listener is about to look: what was offered until now, it will see. */
    void begin() {
        state.compareAndSet(State.OVERTAKEN, State.TOLD);
    }

    /** The listener is ready. True: there is something newer, tell it again, now. Has no effect when it is ready already. */
    boolean ready() {
        while (true) {
            if (state.compareAndSet(State.OVERTAKEN, State.TOLD)) {
                return true;
            }
            if (state.compareAndSet(State.TOLD, State.WAITING) || state.get() == State.WAITING) {
                return false;
            }
        }
    }

    boolean isWaiting() {
        return state.get() == State.WAITING;
    }
}
