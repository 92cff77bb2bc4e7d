package io.ibid.core.database;

import io.ibid.core.attachment.Attachments;
import io.ibid.core.attachment.BlobProtocolException;
import io.ibid.core.attachment.Exchange;
import io.ibid.core.attachment.Neighbour;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.SideChannel;
import io.ibid.core.sync.wire.ProtocolException;

/** Lets attachments travel on the links of sessions: what either side calls the other's things. Loop only. */
record AttachmentChannel(Attachments attachments) implements SideChannel {
    private static final int NUMBER = 2;

    @Override
    public int number() {
        return NUMBER;
    }

    @Override
    public Conversation begin(Line line) {
        Exchange exchange = attachments.connected(neighbour(line));
        return new Conversation() {
            @Override
            public void received(byte[] frame) {
                try {
                    exchange.received(frame);
                } catch (BlobProtocolException e) {
                    throw new ProtocolException("on the channel of attachments: " + e.getMessage());
                }
            }

            @Override
            public void drained() {
                exchange.drained();
            }

            @Override
            public void closed() {
                exchange.closed();
            }
        };
    }

    private static Neighbour neighbour(Line line) {
        return new Neighbour() {
            @Override
            public String name() {
                return line.partner().peerKey().toString();
            }

            @Override
            public void send(byte[] frame) {
                line.send(frame);
            }

            @Override
            public long queuedBytes() {
                return line.queuedBytes();
            }

            @Override
            public boolean isInScope(String collection) {
                return line.isInScope(collection);
            }

            @Override
            public boolean mayRead(DocumentKey key) {
                return line.mayRead(key);
            }

            @Override
            public void blame(String what) {
                line.blame(what);
            }
        };
    }
}
