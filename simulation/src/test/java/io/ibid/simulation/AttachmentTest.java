package io.ibid.simulation;

import static io.ibid.simulation.AttachmentLab.CHUNK;
import static io.ibid.simulation.AttachmentLab.PHOTOS;
import static io.ibid.simulation.AttachmentLab.attachments;
import static io.ibid.simulation.AttachmentLab.bytes;
import static io.ibid.simulation.AttachmentLab.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.attachment.Attachments;
import io.ibid.core.attachment.Content;
import io.ibid.core.attachment.Upload;
import io.ibid.core.error.IbidException;
import io.ibid.core.settings.SyncScope;
import io.ibid.core.settings.SyncScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of attachments on their way between peers, with what goes wrong there. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttachmentTest {
    /** Sixteen chunks, the last one short. */
    private static final byte[] PHOTO = bytes(15 * CHUNK + 123);

    private final AttachmentLab scene = new AttachmentLab();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1, 4 * CHUNK, 4 * CHUNK + 1, 20 * CHUNK})
    void a_content_of_any_length_comes_over_one_link_byte_for_byte(int length) {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        byte[] photo = bytes(length);
        Content content = scene.share(has, photo);
        scene.lab.run(1_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(3_000);
        assertThat(fetch.completed).isNotNull();
        assertThat(read(wants, content.id())).isEqualTo(photo);
        assertThat(fetch.progress).isSorted();
    }

    @Test
    void what_is_here_is_there_at_once_and_without_progress() {
        SimulatedPeer peer = scene.peer();
        Content content = scene.share(peer, PHOTO);
        AttachmentLab.Watched fetch = scene.fetch(peer, content);
        assertThat(fetch.completed).isNotNull();
        assertThat(fetch.progress).isEmpty();
    }

    @Test
    void the_same_content_is_kept_once() {
        SimulatedPeer peer = scene.peer();
        Content first = scene.add(peer, PHOTO);
        Content second = scene.add(peer, PHOTO);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(peer.blobs().names()).containsExactly(first.id().toString());
    }

    @Test
    void a_fetch_waits_until_somebody_has_it() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        Content content = AttachmentLab.elsewhere(PHOTO);
        scene.refer(wants, "p", content);
        scene.lab.run(1_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(20_000);
        assertThat(fetch.completed).isNull();
        assertThat(fetch.failed).isNull();
        scene.add(has, PHOTO);
        scene.lab.run(10_000);
        assertThat(fetch.completed).isNotNull();
        assertThat(read(wants, content.id())).isEqualTo(PHOTO);
    }

    @Test
    void it_comes_over_four_hops_and_those_between_keep_it() {
        List<SimulatedPeer> chain = new ArrayList<>();
        chain.add(scene.peer());
        for (int i = 0; i < 4; i++) {
            chain.add(scene.peer(chain.getLast()));
        }
        Content content = scene.share(chain.getFirst(), PHOTO);
        scene.lab.run(3_000);
        AttachmentLab.Watched fetch = scene.fetch(chain.getLast(), content);
        scene.lab.run(10_000);
        assertThat(fetch.completed).isNotNull();
        for (SimulatedPeer peer : chain) {
            assertThat(read(peer, content.id())).isEqualTo(PHOTO);
        }
        assertThat(scene.flowedBytes()).isLessThan(4 * (PHOTO.length + 100 * 64L));
    }

    @Test
    void two_sources_share_the_work_and_nothing_is_sent_twice() {
        SimulatedPeer first = scene.peer();
        SimulatedPeer second = scene.peer(first);
        byte[] video = bytes(60 * CHUNK);
        Content content = scene.share(first, video);
        scene.add(second, video);
        SimulatedPeer wants = scene.peer(first, second);
        scene.lab.run(2_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(5_000);
        assertThat(fetch.completed).isNotNull();
        assertThat(scene.flowedBytes(first, wants)).isGreaterThan(10 * CHUNK);
        assertThat(scene.flowedBytes(second, wants)).isGreaterThan(10 * CHUNK);
        assertThat(scene.flowedBytes()).isLessThan(video.length + 6 * CHUNK);
    }

    @Test
    void a_lying_source_costs_what_it_was_asked_for_and_is_named() {
        SimulatedPeer honest = scene.peer();
        SimulatedPeer liar = scene.peer(honest);
        scene.lies(liar);
        byte[] video = bytes(60 * CHUNK);
        Content content = scene.share(honest, video);
        scene.add(liar, video);
        SimulatedPeer wants = scene.peer(honest, liar);
        scene.lab.run(2_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(10_000);
        assertThat(fetch.completed).isNotNull();
        assertThat(read(wants, content.id())).isEqualTo(video);
        // What was under way when the first chunk was found out: two windows of four.
        assertThat(scene.flowedBytes(liar, wants)).isLessThan(8 * CHUNK);
        assertThat(Lab.row(wants, "sync_peers", liar.peerKey().toString()).get("last_error"))
                .asString()
                .contains("wrong chunk", content.id().toString());
    }

    @Test
    void cut_links_cost_little_and_it_goes_on_where_it_was() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        byte[] video = bytes(200 * CHUNK);
        Content content = scene.share(has, video);
        scene.lab.run(1_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        int cuts = 0;
        long cutAt = 20L * CHUNK;
        for (int ms = 0; ms < 60_000 && fetch.completed == null; ms++) {
            scene.lab.run(1);
            if (scene.flowedBytes() > cutAt) {
                scene.lab.network.resetOne();
                cuts++;
                cutAt = scene.flowedBytes() + 40L * CHUNK;
            }
        }
        assertThat(cuts).isBetween(2, 12);
        assertThat(read(wants, content.id())).isEqualTo(video);
        assertThat(scene.flowedBytes()).isLessThan(video.length + cuts * 33L * CHUNK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_fetch_goes_on_after_a_death_where_it_was_saved(boolean isPowerCut) {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        byte[] video = bytes(200 * CHUNK);
        Content content = scene.share(has, video);
        scene.lab.run(1_000);
        scene.fetch(wants, content);
        while (scene.flowedBytes() < 100L * CHUNK) {
            scene.lab.run(1);
        }
        scene.lab.network.cut(has.address(), wants.address());
        scene.lab.run(20_000);
        wants.die(isPowerCut);
        scene.lab.network.healAll();
        scene.lab.start(wants, List.of(has), AttachmentLab.ALL_PHOTOS);
        scene.lab.run(1_000);
        AttachmentLab.Watched again = scene.fetch(wants, content);
        scene.lab.run(10_000);
        assertThat(again.completed).isNotNull();
        assertThat(again.progress.getFirst()).isGreaterThan(50L * CHUNK);
        assertThat(read(wants, content.id())).isEqualTo(video);
        assertThat(scene.flowedBytes()).isLessThan(video.length + 40L * CHUNK);
    }

    @Test
    void what_no_document_refers_to_is_served_to_nobody() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        Content content = scene.add(has, PHOTO);
        scene.lab.run(500);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(20_000);
        assertThat(fetch.completed).isNull();
        assertThat(scene.flowedBytes()).isZero();
        scene.refer(has, "p", content);
        scene.lab.run(10_000);
        assertThat(fetch.completed).isNotNull();
    }

    @Test
    void what_only_documents_refer_to_that_stay_here_stays_here_too() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        TreeMap<String, SyncScope> scopes = new TreeMap<>();
        scopes.put(PHOTOS, SyncScope.LOCAL_PEER_ONLY);
        Lab.process(has).database().sync().restrictTo(new SyncScopes(scopes));
        Content content = scene.share(has, PHOTO);
        scene.lab.run(500);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(20_000);
        assertThat(fetch.completed).isNull();
        assertThat(scene.flowedBytes()).isZero();
    }

    @Test
    void a_fetch_ends_when_the_last_document_with_the_token_is_deleted() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        Content content = AttachmentLab.elsewhere(PHOTO);
        scene.refer(has, "p", content);
        scene.lab.run(1_000);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(2_000);
        scene.lab.write(has, tx -> Lab.delete(tx, PHOTOS, "p"));
        scene.lab.run(3_000);
        assertThat(fetch.deleted).isTrue();
        assertThat(fetch.completed).isNull();
    }

    @Test
    void a_token_with_another_length_is_refused() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        Content content = scene.share(has, PHOTO);
        scene.lab.run(1_000);
        AttachmentLab.Watched fetch = new AttachmentLab.Watched();
        attachments(wants).fetch(content.id(), PHOTO.length + 1, fetch);
        scene.lab.run(2_000);
        assertThat(fetch.failed)
                .isInstanceOf(IbidException.class)
                .hasMessageContaining(content.id().toString());
    }

    @Test
    void what_nobody_needs_is_forgotten_after_ten_minutes_of_grace_unless_it_is_held() {
        SimulatedPeer peer = scene.peer();
        Content referred = scene.share(peer, bytes(300_000));
        Content held = scene.add(peer, bytes(300_001));
        Content loose = scene.add(peer, bytes(300_002));
        Content small = scene.add(peer, bytes(10));
        attachments(peer).unpin(loose.id());
        attachments(peer).unpin(small.id());
        scene.lab.run(15 * 60_000);
        assertThat(peer.blobs().names()).hasSize(3);
        scene.lab.run(10 * 60_000);
        assertThat(peer.blobs().names())
                .containsExactlyInAnyOrder(referred.id().toString(), held.id().toString());
        assertThat(read(peer, small.id())).isNull();
        attachments(peer).unpin(held.id());
        scene.lab.write(peer, tx -> Lab.delete(tx, PHOTOS, "p"));
        scene.lab.run(25 * 60_000);
        assertThat(peer.blobs().names()).isEmpty();
    }

    @Test
    void a_full_disk_fails_an_upload_and_leaves_nothing_behind() {
        SimulatedPeer peer = scene.peer();
        peer.blobs().fill(true);
        try (Upload upload = attachments(peer).upload()) {
            assertThatThrownBy(() -> upload.write(PHOTO, 0, PHOTO.length))
                    .isInstanceOf(IbidException.class)
                    .hasMessageContaining("No space left");
        }
        assertThat(peer.blobs().names()).isEmpty();
        peer.blobs().fill(false);
        assertThat(scene.add(peer, PHOTO).length()).isEqualTo(PHOTO.length);
    }

    @Test
    void a_full_disk_fails_a_fetch_which_can_be_tried_again() {
        SimulatedPeer has = scene.peer();
        SimulatedPeer wants = scene.peer(has);
        Content content = scene.share(has, PHOTO);
        scene.lab.run(1_000);
        wants.blobs().fill(true);
        AttachmentLab.Watched fetch = scene.fetch(wants, content);
        scene.lab.run(2_000);
        assertThat(fetch.failed).hasMessageContaining("No space left");
        wants.blobs().fill(false);
        AttachmentLab.Watched again = scene.fetch(wants, content);
        scene.lab.run(2_000);
        assertThat(again.completed).isNotNull();
    }

    @Test
    void a_death_between_file_and_row_leaves_nothing_behind() {
        SimulatedPeer peer = scene.peer();
        List<Attachments.Added> outcome = new ArrayList<>();
        try (Upload upload = attachments(peer).upload()) {
            upload.write(PHOTO, 0, PHOTO.length);
            upload.finish();
            attachments(peer).add(upload, outcome::add);
            while (peer.blobs().names().isEmpty()) {
                scene.lab.time.runUntil(scene.lab.time.nowUs() + 10);
            }
        }
        assertThat(outcome).isEmpty();
        peer.die(true);
        scene.lab.start(peer, List.of(), AttachmentLab.ALL_PHOTOS);
        assertThat(peer.blobs().names()).isEmpty();
    }
}
