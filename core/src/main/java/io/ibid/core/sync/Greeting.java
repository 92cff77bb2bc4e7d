package io.ibid.core.sync;

import io.ibid.core.crdt.HybridClock;
import io.ibid.core.env.Link;
import io.ibid.core.store.Published;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Limits;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;

/** The first words of a session: what this side says of itself, and whether what the partner says of itself will do. Loop only. */
final class Greeting {
    private static final int PARTNER_FRAME_BYTES_MIN = 512 << 10;

    private final SessionHost host;
    private final Link link;
    private final byte[] nonce = new byte[Message.Hello.NONCE_BYTES];
    private final long hlc;

    Greeting(SessionHost host, Link link) {
        this.host = host;
        this.link = link;
        this.hlc = HybridClock.at(host.env().clock().wallMs());
        host.env().randomness().fill(nonce);
    }

    /** The clock that {@link #hello} tells. */
    long hlc() {
        return hlc;
    }

    /** Random, and of this link alone. */
    byte[] nonce() {
        return nonce;
    }

    Message hello() {
        SyncConfig config = host.config();
        try (Published published = host.published()) {
            return new Message.Hello(
                    Message.Hello.PROTOCOL,
                    config.databaseId(),
                    config.peerKey().bytes(),
                    published.storeId(),
                    config.isServer(),
                    published.commitId(),
                    hlc,
                    nonce,
                    config.compresses() ? Message.Hello.LZ4 : 0,
                    Limits.FRAME_BYTES_MAX,
                    host.tombstones().ownHours(),
                    link.credential());
        }
    }

    /** Who has greeted. */
    Partner partner(Message.Hello hello) {
        if (!hello.databaseId().equals(host.config().databaseId())) {
            throw new ProtocolException(
                    FaultCode.DATABASE,
                    "this is database \"" + host.config().databaseId() + "\", not \"" + hello.databaseId() + "\"");
        }
        if (hello.frameBytesMax() < PARTNER_FRAME_BYTES_MIN) {
            throw new ProtocolException(
                    FaultCode.LIMIT, "HELLO with frames of only " + hello.frameBytesMax() + " bytes");
        }
        String refusal = link.refusal(hello.peerKey(), hello.isServer(), hello.credential());
        if (refusal != null) {
            throw new ProtocolException(FaultCode.AUTH, refusal);
        }
        return new Partner(PeerKey.of(hello.peerKey()), hello.storeId(), hello.isServer(), hello.tombstoneTtlHours());
    }

    SessionKey key(Message.Hello hello, boolean isDialler) {
        return isDialler ? new SessionKey(nonce, hello.nonce()) : new SessionKey(hello.nonce(), nonce);
    }

    /** Whether frames may be compressed. */
    boolean compresses(Message.Hello hello) {
        return host.config().compresses() && (hello.capabilities() & Message.Hello.LZ4) != 0;
    }
}
