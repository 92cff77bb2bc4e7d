package io.ibid.core.sync;

import io.ibid.core.store.Commit;
import io.ibid.core.sync.wire.Holding;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import io.ibid.core.sync.wire.Reconciling;

/**
 * The two directions of a session, once both sides have said HELLO. A message's number alone decides who may send it: what only a
 * supplier says goes to our {@link ReceiveSide}, the rest to our {@link SupplySide}, and each knows when it may come. Loop only.
 */
record Directions(SupplySide supply, ReceiveSide receive) {

    void on(Message message) {
        switch (message) {
            case Message.Subs m -> supply.on(m);
            case Message.Resume m -> supply.on(m);
            case Message.Ack m -> supply.on(m);
            case Message.Need m -> supply.on(m);
            case Message.Forget m -> supply.on(m);
            case Message.Credit m -> supply.on(m);
            case Message.Mode m -> {
                if (m.isLazy()) {
                    throw new ProtocolException("MODE lazy, which this version does not serve");
                }
            }
            case Message.ResumeOk m -> receive.on(m);
            case Message.Reset m -> receive.on(m);
            case Message.Chunk m -> receive.on(m);
            case Message.Cut m -> receive.on(m);
            case Message.Recon m -> {
                switch (m.step()) {
                    case Reconciling.Equal equal -> receive.on(m);
                    case Reconciling.Ranges ranges -> receive.on(m);
                    case Reconciling.Declined declined -> receive.on(m);
                    case Reconciling.Open open -> supply.on(m);
                    case Reconciling.Replies replies -> supply.on(m);
                    case Reconciling.Want want -> supply.on(m);
                    case Reconciling.Plain plain -> supply.on(m);
                }
            }
            case Message.Held m -> {
                switch (m.holding()) {
                    case Holding.Ask asked -> receive.on(m);
                    case Holding.Listing listing -> receive.on(m);
                    case Holding.Filter filter -> supply.on(m);
                    case Holding.ListPlease please -> supply.on(m);
                    case Holding.Hits hits -> supply.on(m);
                }
            }
            case Message.Hello m -> throw new AssertionError(m);
            case Message.Ping m -> throw new AssertionError(m);
            case Message.Fault m -> throw new AssertionError(m);
        }
    }

    void onCommit(Commit commit) {
        supply.onCommit(commit);
        receive.onCommit(commit);
    }

    void close() {
        supply.close();
        receive.close();
    }
}
