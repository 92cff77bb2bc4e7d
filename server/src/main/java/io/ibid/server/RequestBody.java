package io.ibid.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the body of a request, up to a limit. */
final class RequestBody {
    /** How much of a body that is too long is read and thrown away, so that the client gets to see the answer. */
    private static final long DISCARD_BYTES_MAX = 64L * Limits.MIB;

    private RequestBody() {}

    /** @throws Refusal 413 above the limit, 400 when the body breaks off, 503 when there is no memory for it */
    static byte[] read(ServerRequest request, int bytesMax, BodyBudget.Share memory) throws InterruptedException {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        long declared = request.headers().contentLength().orElse(-1);
        // Not closed: its close would read on, to an end that may never come.
        InputStream in = request.content().inputStream();
        try {
            if (declared <= bytesMax) {
                byte[] body = read(in, declared, bytesMax, memory);
                if (body.length <= bytesMax) {
                    return body;
                }
                discard(in);
            } else if (!request.headers().contains(HeaderValues.EXPECT_100)) {
                discard(in);
            }
        } catch (IOException
                | RuntimeException e) { // the web server reports a broken chunk by whatever its parser threw
            throw new Failure(400, "http/bad-request", "the body breaks off or its chunks are malformed")
                    .with(HeaderNames.CONNECTION.defaultCase(), "close")
                    .refusal();
        }
        throw tooLarge(bytesMax).refusal();
    }

    /** The whole body, or one byte more than there may be. */
    private static byte[] read(InputStream in, long declared, int bytesMax, BodyBudget.Share memory)
            throws IOException, InterruptedException {
        int length = declared >= 0 ? (int) declared + 1 : 8192;
        memory.cover(length);
        byte[] body = new byte[length];
        int size = 0;
        // One byte more than there should be is asked for, so that the end is seen and nothing of the body is left
        // unread.
        for (int count = in.read(body); count >= 0; count = in.read(body, size, body.length - size)) {
            size += count;
            if (size > bytesMax) {
                break;
            }
            if (size == body.length) {
                memory.cover(Math.min(2 * size, bytesMax + 1));
                body = Arrays.copyOf(body, Math.min(2 * size, bytesMax + 1));
            }
        }
        return size == body.length ? body : Arrays.copyOf(body, size);
    }

    private static void discard(InputStream in) throws IOException {
        byte[] piece = new byte[16 * 1024];
        long discarded = 0;
        for (int count = in.read(piece); count >= 0 && discarded < DISCARD_BYTES_MAX; count = in.read(piece)) {
            discarded += count;
        }
    }

    static Failure tooLarge(int bytesMax) {
        return new Failure(
                        413,
                        "http/body-too-large",
                        "the body is larger than the limit of " + bytesMax / Limits.MIB + " MiB")
                .with(HeaderNames.CONNECTION.defaultCase(), "close");
    }
}
