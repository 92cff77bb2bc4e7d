package io.ibid.core.attachment;

import io.ibid.core.store.AttachmentId;
import java.util.List;

/** What is said on the channel of attachments with one neighbour: its wishes go to {@link Serving}, its gifts to {@link Fetches}. Loop only. */
public final class Exchange {
    private final Neighbour neighbour;
    private final Fetches fetches;
    private final Serving serving;

    Exchange(Neighbour neighbour, Fetches fetches, Inventory inventory) {
        this.neighbour = neighbour;
        this.fetches = fetches;
        this.serving = new Serving(neighbour, fetches, inventory);
    }

    String name() {
        return neighbour.name();
    }

    void send(BlobMessage message) {
        neighbour.send(BlobCodec.frame(message));
    }

    void blame(String what) {
        neighbour.blame(what);
    }

    /** A frame has come. Throws {@link BlobProtocolException} when the partner must not have sent it. */
    public void received(byte[] frame) {
        List<BlobMessage> messages = BlobCodec.messages(frame);
        for (BlobMessage message : messages) {
            switch (message) {
                case BlobMessage.Want want -> serving.on(want);
                case BlobMessage.Drop drop -> serving.on(drop);
                case BlobMessage.AskHashes ask -> serving.on(ask);
                case BlobMessage.Ask ask -> serving.on(ask);
                case BlobMessage.None none -> fetches.on(this, none);
                case BlobMessage.Have have -> fetches.on(this, have);
                case BlobMessage.Hashes hashes -> fetches.on(this, hashes);
                case BlobMessage.Data data -> fetches.on(this, data);
            }
        }
    }

    /** Everything that was queued for the neighbour has left. */
    public void drained() {
        serving.drained();
    }

    /** The link is gone; last call. */
    public void closed() {
        serving.close();
        fetches.left(this);
    }

    /** What is here of the content has changed: the neighbour is told, if it wants it. */
    void tell(AttachmentId id) {
        serving.tell(id);
    }

    /** How many hops further the neighbour wants the content to be looked for; negative when it does not want it. */
    int wantedTtl(AttachmentId id) {
        return serving.wantedTtl(id);
    }

    void forgetOldWants() {
        serving.forgetOldWants();
    }
}
