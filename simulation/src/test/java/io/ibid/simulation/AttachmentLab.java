package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.attachment.Attachments;
import io.ibid.core.attachment.Content;
import io.ibid.core.attachment.FetchListener;
import io.ibid.core.attachment.Upload;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.AttachmentToken;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Peers with attachments in a {@link Lab}, and what flows of them on which link. */
final class AttachmentLab {
    static final String PHOTOS = "photos";
    static final String ALL_PHOTOS = "SELECT * FROM photos";
    static final int CHUNK = 64 << 10;

    private static final int CHANNEL = 2;
    private static final int DATA = 8;

    final Lab lab = new Lab();
    /** Bytes of pieces of chunks by "from>to". */
    final SortedMap<String, Long> flowed = new TreeMap<>();

    private final List<Liar> liars = new ArrayList<>();

    /** Spoils what it sends. */
    private record Liar(String from) {}

    AttachmentLab() {
        lab.network.tap((from, to, frame) -> {
            if (frame[0] == CHANNEL && frame[2] == DATA) {
                flowed.merge(from + ">" + to, (long) frame.length, Long::sum);
                if (liars.contains(new Liar(from))) {
                    frame[frame.length - 1] ^= 1;
                }
            }
        });
    }

    void lies(SimulatedPeer peer) {
        liars.add(new Liar(peer.address()));
    }

    long flowedBytes() {
        return flowed.values().stream().mapToLong(Long::longValue).sum();
    }

    long flowedBytes(SimulatedPeer from, SimulatedPeer to) {
        return flowed.getOrDefault(from.address() + ">" + to.address(), 0L);
    }

    /** A peer that wants all photos and dials these. */
    SimulatedPeer peer(SimulatedPeer... dials) {
        SimulatedPeer peer = lab.peer(false);
        lab.start(peer, List.of(dials), ALL_PHOTOS);
        return peer;
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A content that no peer of this lab has. */
    static Content elsewhere(byte[] bytes) {
        AttachmentLab other = new AttachmentLab();
        return other.add(other.peer(), bytes);
    }

    static Attachments attachments(SimulatedPeer peer) {
        return Lab.process(peer).database().attachments();
    }

    /** Takes the content in, and lets go of it again when nobody holds it. */
    Content add(SimulatedPeer peer, byte[] bytes) {
        List<Attachments.Added> outcome = new ArrayList<>();
        try (Upload upload = attachments(peer).upload()) {
            upload.write(bytes, 0, bytes.length);
            upload.finish();
            attachments(peer).add(upload, outcome::add);
            while (outcome.isEmpty()) {
                lab.run(1);
            }
        }
        assertThat(outcome.getFirst()).isInstanceOf(Attachments.Added.Kept.class);
        return ((Attachments.Added.Kept) outcome.getFirst()).content();
    }

    /** A document with the token. */
    void refer(SimulatedPeer peer, String id, Content content) {
        Value.Struct token = AttachmentToken.of(content.id(), content.length(), Value.Struct.EMPTY);
        lab.write(
                peer,
                tx -> tx.insert(
                        PHOTOS,
                        Value.Struct.builder()
                                .put("_id", Value.of(id))
                                .put("image", token)
                                .build(),
                        Typing.FLEXIBLE,
                        Target.Conflict.UPDATE,
                        false));
    }

    /** A content that is on the peer and in its document "p". */
    Content share(SimulatedPeer peer, byte[] bytes) {
        Content content = add(peer, bytes);
        refer(peer, "p", content);
        attachments(peer).unpin(content.id());
        return content;
    }

    Watched fetch(SimulatedPeer peer, Content content) {
        Watched watched = new Watched();
        attachments(peer).fetch(content.id(), content.length(), watched);
        return watched;
    }

    static byte @Nullable [] read(SimulatedPeer peer, AttachmentId id) {
        Content content = attachments(peer).find(id);
        if (content == null) {
            return null;
        }
        attachments(peer).unpin(id);
        return content.read(0, (int) content.length());
    }

    /** What a listener was told. */
    static final class Watched implements FetchListener {
        final List<Long> progress = new ArrayList<>();

        @Nullable
        Content completed;

        boolean deleted;

        @Nullable
        Throwable failed;

        @Override
        public void progress(long bytes, long length) {
            progress.add(bytes);
        }

        @Override
        public void completed(Content content) {
            completed = content;
        }

        @Override
        public void deleted() {
            deleted = true;
        }

        @Override
        public void failed(Throwable cause) {
            failed = cause;
        }
    }
}
