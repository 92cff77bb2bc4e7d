package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.ResultRow;
import io.ibid.core.store.AttachmentToken;
import io.ibid.core.value.Value;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents and a large content on one link. */
@Timeout(120)
class AttachmentPriorityTest {
    private static final long VIDEO_BYTES = 400L << 20;

    @TempDir
    Path folder;

    @Test
    void documents_pass_a_large_content_on_its_way() throws Exception {
        try (OpenDatabase has = OpenDatabase.open(DatabaseOptions.peer(folder.resolve("has"), "photos"));
                OpenDatabase wants = OpenDatabase.open(DatabaseOptions.peer(folder.resolve("wants"), "photos"));
                HeldContent video = has.attachments().add(endless(VIDEO_BYTES))) {
            wants.subscribe("SELECT * FROM photos", Value.Struct.EMPTY);
            has.startSync(List.of("127.0.0.1:0"), List.of());
            wants.startSync(List.of(), has.listening());
            SynchronousQueue<Long> seen = new SynchronousQueue<>();
            wants.observe("SELECT n FROM photos WHERE n > 0", Value.Struct.EMPTY, ExecuteOptions.STANDARD, result -> {
                long newest = 0;
                for (ResultRow row : result.rest()) {
                    newest = Math.max(newest, row.value().get("n") instanceof Value.Int(long n) ? n : 0);
                }
                if (newest > 0) {
                    try {
                        seen.offer(newest, 5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            insert(has, "video", "image", AttachmentToken.of(video.id(), video.length(), Value.Struct.EMPTY));
            CompletableFuture<Boolean> completed = new CompletableFuture<>();
            FetchTask fetch = wants.attachments().fetch(video.id(), video.length(), new Told(completed));
            List<Long> latenciesMs = new ArrayList<>();
            for (long n = 1; !completed.isDone(); n++) {
                long sentNs = System.nanoTime();
                insert(has, "counter", "n", Value.of(n));
                long last = 0;
                while (last < n) {
                    Long told = seen.poll(20, TimeUnit.SECONDS);
                    assertThat(told).as("document %d arrives", n).isNotNull();
                    last = told;
                }
                if (!completed.isDone()) {
                    latenciesMs.add((System.nanoTime() - sentNs) / 1_000_000);
                }
            }
            completed.join();
            assertThat(fetch.isClosed()).isTrue();
            latenciesMs.sort(null);
            assertThat(latenciesMs).hasSizeGreaterThan(4);
            assertThat(latenciesMs.get(latenciesMs.size() / 2)).isLessThan(500);
        }
    }

    private static void insert(OpenDatabase database, String id, String field, Value value) {
        Value.Struct document = Value.Struct.builder()
                .put("_id", Value.of(id))
                .put(field, value)
                .build();
        database.execute(
                        "INSERT INTO photos DOCUMENTS (:d) ON ID CONFLICT DO UPDATE",
                        Value.Struct.builder().put("d", document).build(),
                        ExecuteOptions.STANDARD)
                .close();
    }

    /** So many bytes that do not repeat from chunk to chunk. */
    private static InputStream endless(long length) {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new AssertionError("read by blocks");
            }

            @Override
            public int read(byte[] into, int offset, int count) {
                if (at == length) {
                    return -1;
                }
                int from = (int) (at % block.length);
                int given = (int) Math.min(length - at, Math.min(count, block.length - from));
                System.arraycopy(block, from, into, offset, given);
                into[offset] = (byte) (at >>> 20);
                at += given;
                return given;
            }
        };
    }

    private record Told(CompletableFuture<Boolean> completed) implements FetchTask.Observer {
        @Override
        public void progress(long bytes, long length) {
            assertThat(bytes).isLessThanOrEqualTo(length);
        }

        @Override
        public void completed(HeldContent content) {
            content.close();
            completed.complete(true);
        }

        @Override
        public void deleted() {
            completed.completeExceptionally(new AssertionError("deleted"));
        }

        @Override
        public void failed(Throwable cause) {
            completed.completeExceptionally(cause);
        }
    }
}
