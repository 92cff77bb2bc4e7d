package io.ibid.peer.hostile;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.error.Ablation;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.FrameWriter;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.Reconciling;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A partner that knows the protocol and says whatever a test makes it say, over a socket. Confined to one thread. */
final class HostilePartner implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final FrameReader reader = new FrameReader();
    private final Queue<Message> fresh = new ArrayDeque<>();
    private final List<Message> heard = new ArrayList<>();
    private final byte[] key = new byte[Message.Hello.PEER_KEY_BYTES];
    private final StoreId storeId;
    private final long hlc = HybridClock.at(System.currentTimeMillis());
    private final FrameWriter writer = new FrameWriter(hlc);
    private long lane;

    /** @param number tells partners apart */
    HostilePartner(String address, int number) throws IOException {
        int colon = address.lastIndexOf(':');
        socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout(READ_TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        Arrays.fill(key, (byte) number);
        key[0] = 2;
        storeId = new StoreId(number, number);
    }

    String peerKey() {
        return PeerKey.of(key).toString();
    }

    /** Greets as an honest peer would. */
    HostilePartner greet() throws IOException {
        say(new Message.Hello(
                Message.Hello.PROTOCOL,
                HostilePeersTest.DATABASE,
                key,
                storeId,
                false,
                1,
                hlc,
                new byte[Message.Hello.NONCE_BYTES],
                0,
                1 << 20,
                0,
                new byte[0]));
        return this;
    }

    /** Greets, wants everything in the collection, and opens its own lane. */
    HostilePartner open() throws IOException {
        greet();
        Message.Query all = new Message.Query(
                1, "SELECT * FROM `" + HostilePeersTest.COLLECTION + "`", Value.Struct.EMPTY, Message.Place.NONE);
        say(new Message.Subs(1, List.of(all), List.of()));
        say(new Message.Resume(storeId, 0, 0, List.of(), Message.NO_TAGS, List.of()));
        Message.Subs theirs = await(Message.Subs.class);
        say(new Message.ResumeOk(theirs.revision(), 0, List.of(), 0, 0, 0));
        await(Message.ResumeOk.class);
        say(new Message.Recon(1, new Reconciling.Plain())); // it has nothing to compare
        return this;
    }

    void say(Message... messages) throws IOException {
        for (Message message : messages) {
            writer.add(message);
        }
        raw(writer.take());
    }

    /** Sends a frame of any bytes. */
    void raw(byte[] frame) throws IOException {
        try {
            out.writeInt(frame.length);
            out.write(frame);
            out.flush();
        } catch (SocketException cutOff) { // what the victim said before can still be read
            lane = -1;
        }
    }

    /** Sends one document's change as a piece of lane 0; gives its length. */
    int entry(DocumentKey document, Delta delta) throws IOException {
        int length = writer.lane(0).append(document, delta);
        say(new Message.Chunk(0, ++lane, 1, Message.NO_TAGS, length, List.of()));
        return length;
    }

    /** Closes what was sent so far into a unit. */
    void cut(long commit) throws IOException {
        say(new Message.Cut(commit, 7, 0, lane, 0, 1, 0, Message.NO_TAGS));
    }

    /** The next message of a kind; others before it are kept for later. */
    <M extends Message> M await(Class<M> kind) throws IOException {
        while (true) {
            for (Message earlier : heard) {
                if (kind.isInstance(earlier)) {
                    heard.remove(earlier);
                    return kind.cast(earlier);
                }
            }
            Message next = next();
            if (next == null) {
                throw new EOFException("the link ended without " + kind.getSimpleName());
            }
            if (next instanceof Message.Fault fault && kind != Message.Fault.class) {
                throw new IOException("ended: " + fault);
            }
            heard.add(next);
        }
    }

    private @Nullable Message next() throws IOException {
        while (fresh.isEmpty()) {
            try {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                reader.open(frame);
            } catch (EOFException | SocketException ended) {
                return null;
            }
            for (Message message = reader.next(); message != null; message = reader.next()) {
                fresh.add(message);
            }
        }
        return fresh.remove();
    }

    static DocumentKey document(String id) {
        return new DocumentKey(HostilePeersTest.COLLECTION, DocumentId.of(Value.of(id)));
    }

    /** An actor of nobody else. */
    static Actor actor(int number) {
        byte[] bytes = new byte[Actor.LENGTH];
        bytes[0] = 1;
        bytes[1] = (byte) number;
        return Actor.of(bytes);
    }

    /** A new document with one field, written by the actor at that time. */
    static Delta insert(long hlc, Actor actor, Value value) {
        Document blank = new Document();
        Edit edit = blank.edit(new Dot(hlc, actor), Ablation.NONE);
        edit.insert(false);
        edit.set(Path.of("v"), value);
        return edit.delta();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
