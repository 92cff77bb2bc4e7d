package io.ibid.core.sync;

import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.ProtocolException;

/** How many bytes a supplier may have sent on a lane: so many more than were put away here. Loop only. */
final class CreditWindow {
    /** What a supplier may send before it was granted anything. */
    static final long INITIAL_BYTES = 64 << 10;

    private final long windowBytes;
    private long granted = INITIAL_BYTES;
    private long received;

    CreditWindow(long windowBytes) {
        this.windowBytes = windowBytes;
    }

    void received(int bytes) {
        received += bytes;
        if (received > granted) {
            throw new ProtocolException(
                    FaultCode.CREDIT, "CHUNK up to byte " + received + "; " + granted + " were granted");
        }
    }

    /** The total to grant now that so much was put away, or 0 when it is not worth a message yet. */
    long toGrant(long putAway) {
        long total = putAway + windowBytes;
        if (received == 0 || granted - received >= windowBytes / 2 || total <= granted + windowBytes / 4) {
            return 0;
        }
        granted = total;
        return total;
    }
}
