package io.ibid.peer.runtime;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Asks the application about each connection before it is used, in both directions. Holds back what the partner says until there is an
 * answer, and then hands it on or closes the link. Sessions know nothing of it. Loop, but for {@link #ask}.
 */
final class ConnectionGate implements Links {
    private static final Logger log = Logs.of(ConnectionGate.class);

    private static final long ANSWER_MS_MAX = 10_000;

    /** A partner says a few small things before it has heard from us. */
    private static final int HELD_FRAMES_MAX = 64;

    private final Links links;
    private final Timers timers;
    private final Loop loop;
    private volatile @Nullable ConnectionQuestion question;

    ConnectionGate(Links links, Timers timers, Loop loop) {
        this.links = links;
        this.timers = timers;
        this.loop = loop;
    }

    /** Any thread. Asks about connections from now on; null: allows all. */
    void ask(@Nullable ConnectionQuestion question) {
        this.question = question;
    }

    @Override
    public void dial(String address, Dialler dialler) {
        links.dial(address, new Dialler() {
            @Override
            public Link.Handler connected(Link link) {
                return admit(link, dialler::connected);
            }

            @Override
            public void failed(String reason) {
                dialler.failed(reason);
            }
        });
    }

    /** A link that is new, and what is to handle it once it is allowed. */
    Link.Handler admit(Link link, Function<Link, Link.Handler> handler) {
        Link.Handler session = handler.apply(link);
        ConnectionQuestion asked = question;
        return asked == null ? session : new Held(link, session, asked);
    }

    /** A link that waits for the answer. */
    private final class Held implements Link.Handler {
        private final Link link;
        private final Link.Handler session;
        private final ConnectionQuestion question;
        private final List<byte[]> frames = new ArrayList<>();
        private Timers.@Nullable Timer patience;
        private String peerKey = "";
        private boolean answered;

        Held(Link link, Link.Handler session, ConnectionQuestion question) {
            this.link = link;
            this.session = session;
            this.question = question;
        }

        @Override
        public void received(byte[] frame) {
            if (answered) {
                session.received(frame);
                return;
            }
            frames.add(frame);
            if (frames.size() > HELD_FRAMES_MAX) {
                answer(false, "it says too much before it was answered");
            } else if (frames.size() == 1) {
                ask(frame);
            }
        }

        private void ask(byte[] frame) {
            String key = keyOf(frame);
            if (key == null) { // the session has the words for whatever this is
                answer(true, "");
                return;
            }
            peerKey = key;
            patience =
                    timers.after(ANSWER_MS_MAX, () -> answer(false, "the connection request handler did not answer"));
            question.ask(
                    key,
                    link.transport(),
                    allowed -> loop.execute(() -> answer(allowed, "the connection request handler denied it")));
        }

        private static @Nullable String keyOf(byte[] frame) {
            try {
                FrameReader reader = new FrameReader();
                reader.open(frame);
                return reader.next() instanceof Message.Hello hello
                        ? PeerKey.of(hello.peerKey()).toString()
                        : null;
            } catch (MalformedException e) {
                log.debug("the first frame of {} says nothing", e.getMessage());
                return null;
            }
        }

        private void answer(boolean allowed, String why) {
            if (answered) {
                return;
            }
            answered = true;
            if (patience != null) {
                patience.cancel();
            }
            if (allowed) {
                frames.forEach(session::received);
            } else {
                log.info("{} ({}) is not connected with: {}", peerKey, link.remoteAddress(), why);
                link.close(why);
            }
            frames.clear();
        }

        @Override
        public void drained() {
            session.drained();
        }

        @Override
        public void closed(String reason) {
            answered = true;
            frames.clear();
            session.closed(reason);
        }
    }
}
