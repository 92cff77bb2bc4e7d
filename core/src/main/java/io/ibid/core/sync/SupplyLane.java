package io.ibid.core.sync;

import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Record;
import io.ibid.core.sync.wire.LaneWriter;
import io.ibid.core.sync.wire.Message;
import java.util.List;
import java.util.SortedMap;

/**
 * One stream of entries to a partner, in CHUNKs, as far as the partner's credit goes. What the partner may not have does not get into it.
 * Loop only.
 */
final class SupplyLane implements ChangeCursor.Sink {
    private static final int CHUNK_BYTES = 16 << 10;

    private final int number;
    private final Session session;
    private final LaneWriter stream;
    private final OutwardGate gate;
    private final EchoQueue echoes;
    private final SupplyTally tally;
    private final SupplyCredit credit;
    private final Ablation ablation;
    private long sequence;

    SupplyLane(
            int number,
            Session session,
            LaneWriter stream,
            OutwardGate gate,
            EchoQueue echoes,
            SupplyTally tally,
            Ablation ablation) {
        this.number = number;
        this.session = session;
        this.stream = stream;
        this.gate = gate;
        this.echoes = echoes;
        this.tally = tally;
        this.credit = new SupplyCredit(number);
        this.ablation = ablation;
    }

    int number() {
        return number;
    }

    /** CHUNKs sent so far. */
    long sequence() {
        return sequence;
    }

    void on(Message.Credit more) {
        credit.on(more);
    }

    boolean hasCredit() {
        return creditLeft() > 0;
    }

    private long creditLeft() {
        return ablation.has(Ablation.Switch.NOCREDIT) ? Long.MAX_VALUE : credit.left();
    }

    /** Bytes of the stream that were sent in this session. */
    long sentBytes() {
        return credit.sentBytes();
    }

    boolean isEmpty() {
        return stream.pending() == 0;
    }

    @Override
    public boolean isFull() {
        return stream.pending() >= CHUNK_BYTES;
    }

    @Override
    public void append(DocumentKey key, Record record, Known known) {
        boolean isEcho = echoes.dealtWith(key);
        if (gate.admits(key) || (isEcho && ablation.has(Ablation.Switch.ECHOLEAK))) {
            stream.append(key, record.document().extract(known));
            tally.documents++;
        }
    }

    /** Sends the next piece, which needs credit. */
    void send(long readAt, SortedMap<String, Long> tags) {
        int length = (int) Math.min(Math.min(stream.pending(), session.chunkBytesMax()), creditLeft());
        sequence++;
        credit.sent(length);
        session.send(new Message.Chunk(number, sequence, readAt, tags, length, List.of()));
    }
}
