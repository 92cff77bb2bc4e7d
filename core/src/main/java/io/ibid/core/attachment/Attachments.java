package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.env.Env;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Published;
import io.ibid.core.store.Writer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The contents of attachments of one database: what is here, what comes, what goes. Loop only, but for what says otherwise. */
public final class Attachments {
    private final Env env;
    private final BlobTable table;
    private final Inventory inventory;
    private final Writer writer;
    private final Pins pins = new Pins();
    private final Fetches fetches;
    private final Collector collector;

    /**
     * Deletes the files that no row knows, which an earlier process has left. Blocks; before the loop runs.
     *
     * @param published the newest durable state; each call's result is closed here
     * @param checksPermissions whether a content goes to those only who may read a document with it
     */
    public Attachments(
            Env env, BlobTable table, Supplier<Published> published, Writer writer, BooleanSupplier checksPermissions) {
        this.env = env;
        this.table = table;
        this.writer = writer;
        this.inventory = new Inventory(env, table, published, checksPermissions);
        this.fetches = new Fetches(inventory, writer, pins);
        this.collector = new Collector(inventory, published, writer, pins, fetches);
        env.blobs().retain(name -> is(name, true), name -> is(name, false));
    }

    private boolean is(String name, boolean isWhole) {
        AttachmentId id = AttachmentId.parse(name);
        BlobTable.Head head = id == null ? null : table.head(id);
        return head != null && head.isWhole() == isWhole && head.isFile();
    }

    /** From now on what nobody needs is forgotten. A server keeps everything: a device that is away may still have the token. */
    public void collect() {
        collector.start();
    }

    /** Any thread. A content that is to be taken in. */
    public Upload upload() {
        return new Upload(env.blobs());
    }

    /** Any thread. */
    public Blobs blobs() {
        return env.blobs();
    }

    /** What became of an {@link #add}. */
    public sealed interface Added {
        /** It is durable and pinned. */
        record Kept(Content content) implements Added {}

        record Failed(Throwable cause) implements Added {}
    }

    /**
     * Makes an attachment of an upload that has ended. What is here already is not kept twice. Whoever uploads closes the upload afterwards.
     */
    public void add(Upload upload, Consumer<Added> done) {
        AttachmentId id = upload.id();
        if (collector.isLeaving(id, () -> add(upload, done))) {
            return;
        }
        pins.add(id);
        Content known = inventory.content(id);
        if (known != null) {
            done.accept(new Added.Kept(known));
            return;
        }
        env.offload().run(upload::store, failure -> {
            if (failure == null) {
                writer.submit(head -> head.beside(upload.puts()), decided -> added(id, decided, done));
            } else {
                pins.remove(id);
                done.accept(new Added.Failed(failure));
            }
        });
    }

    private void added(AttachmentId id, Decided decided, Consumer<Added> done) {
        Content content = inventory.content(id);
        if (decided instanceof Decided.Failed(Throwable cause)) {
            pins.remove(id);
            // Its file has no row now, and goes at the next start.
            done.accept(new Added.Failed(cause));
        } else if (content == null) {
            throw new AssertionError("the attachment " + id + " is durable and not here");
        } else {
            fetches.arrived(id);
            done.accept(new Added.Kept(content));
        }
    }

    /** The content, pinned, if all of it is here. */
    public @Nullable Content find(AttachmentId id) {
        if (collector.isLeaving(id, () -> {})) {
            return null;
        }
        Content content = inventory.content(id);
        if (content != null) {
            pins.add(id);
        }
        return content;
    }

    /** One more holder of a content that is pinned already. */
    public void pin(AttachmentId id) {
        pins.add(id);
    }

    public void unpin(AttachmentId id) {
        pins.remove(id);
    }

    /**
     * Wants a content to be here. The listener is told at once when it is, else when it has come, from whichever partner has it, however
     * long that takes.
     *
     * @param length what the token says
     */
    public void fetch(AttachmentId id, long length, FetchListener listener) {
        if (collector.isLeaving(id, () -> fetch(id, length, listener))) {
            return;
        }
        Content content = find(id);
        if (content == null) {
            fetches.fetch(id, length, listener);
        } else if (content.length() == length) {
            listener.completed(content);
        } else {
            pins.remove(id);
            listener.failed(Fetch.wrongLength(id, length, content.length()));
        }
    }

    /** The listener is told nothing more. */
    public void cancel(AttachmentId id, FetchListener listener) {
        fetches.cancel(id, listener);
    }

    /** A partner is there. */
    public Exchange connected(Neighbour neighbour) {
        return fetches.connected(neighbour);
    }

    /** The database closes: what is under way fails with this. */
    public void close(IbidException cause) {
        fetches.close(cause);
    }
}
