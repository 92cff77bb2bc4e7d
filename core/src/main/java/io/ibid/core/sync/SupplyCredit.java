package io.ibid.core.sync;

import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;

/** How much of a lane's stream the partner lets a supplier send. Loop only. */
final class SupplyCredit {
    private final int lane;
    private long granted = CreditWindow.INITIAL_BYTES;
    private long sent;

    SupplyCredit(int lane) {
        this.lane = lane;
    }

    void on(Message.Credit credit) {
        if (credit.lane() != lane || credit.total() < granted) {
            throw new ProtocolException(
                    "CREDIT of " + credit.total() + " on lane " + credit.lane() + " after " + granted);
        }
        granted = credit.total();
    }

    void sent(int bytes) {
        sent += bytes;
    }

    long left() {
        return granted - sent;
    }

    /** Bytes of the stream that were sent in this session. */
    long sentBytes() {
        return sent;
    }
}
