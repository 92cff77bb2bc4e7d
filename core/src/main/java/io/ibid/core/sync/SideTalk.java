package io.ibid.core.sync;

import io.ibid.core.env.Link;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Limits;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** The conversations of one session on other channels than its own. They come last: documents first. Loop only. */
final class SideTalk {
    private final List<Side> sides = new ArrayList<>();

    private record Side(int number, SideChannel.Conversation conversation) {}

    /** Both sides have said HELLO. */
    void begin(SessionHost host, Session session, Partner partner) {
        for (SideChannel channel : host.sideChannels()) {
            sides.add(new Side(channel.number(), channel.begin(line(host, session, partner))));
        }
    }

    private static SideChannel.Line line(SessionHost host, Session session, Partner partner) {
        Link link = session.link();
        return new SideChannel.Line() {
            @Override
            public Partner partner() {
                return partner;
            }

            @Override
            public void send(byte[] frame) {
                if (!session.isEnded()) {
                    link.send(frame, false);
                }
            }

            @Override
            public long queuedBytes() {
                return link.queuedBytes();
            }

            @Override
            public boolean isInScope(String collection) {
                return host.access().isInScope(partner, collection);
            }

            @Override
            public boolean mayRead(DocumentKey key) {
                return host.access().mayRead(partner, key);
            }

            @Override
            public void blame(String what) {
                host.blamed(partner, what);
            }
        };
    }

    /** Whether the frame is of another channel than the session's. */
    static boolean isAside(byte[] frame) {
        return frame.length > 0 && frame[0] != 0;
    }

    void received(byte[] frame) {
        if (frame.length > Limits.FRAME_BYTES_MAX) {
            throw new ProtocolException(
                    FaultCode.LIMIT,
                    "a frame of " + frame.length + " bytes; " + Limits.FRAME_BYTES_MAX + " are allowed");
        }
        for (Side side : sides) {
            if (side.number() == (frame[0] & 0xff)) {
                side.conversation().received(frame);
                return;
            }
        }
        throw new ProtocolException("a frame on the " + (sides.isEmpty() ? "" : "unknown ") + "channel "
                + (frame[0] & 0xff) + (sides.isEmpty() ? " before HELLO" : ""));
    }

    void drained() {
        sides.forEach(side -> side.conversation().drained());
    }

    void close() {
        List<Side> open = List.copyOf(sides);
        sides.clear();
        open.forEach(side -> side.conversation().closed());
    }
}
