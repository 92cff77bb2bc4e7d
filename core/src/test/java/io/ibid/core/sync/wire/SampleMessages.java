package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import io.ibid.core.sync.reconcile.Fingerprint;
import io.ibid.core.sync.reconcile.HashFilter;
import io.ibid.core.sync.reconcile.Item;
import io.ibid.core.sync.reconcile.Place;
import io.ibid.core.sync.reconcile.Range;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.TreeMap;

/** One of every kind of message, most of them twice: with little and with much in it. */
final class SampleMessages {
    static final long HLC = 0x018bcfe568000000L;

    static final StoreId STORE = new StoreId(0x1122334455667788L, 0x99aabbccddeeff00L);

    private SampleMessages() {}

    static Message.Hello hello() {
        byte[] key = new byte[33];
        key[0] = 2;
        key[32] = 9;
        byte[] nonce = new byte[16];
        nonce[15] = 7;
        return new Message.Hello(
                1, "demo", key, STORE, true, 1234, HLC, nonce, Message.Hello.LZ4, 1 << 20, 168, new byte[] {1, 2});
    }

    static DocumentKey key(String collection, String id) {
        return new DocumentKey(collection, DocumentId.of(Value.of(id)));
    }

    static List<Message> all() {
        TreeMap<String, Long> tags = new TreeMap<>();
        tags.put("cars", 0x0102030405060708L);
        Value.Struct arguments =
                Value.Struct.builder().put("color", Value.of("blue")).build();
        VersionVector vector =
                VersionVector.of(new Actor(1, 2), HLC + 70_000).join(VersionVector.of(new Actor(3, 4), HLC + 5));
        return List.of(
                new Message.Subs(1, List.of(), List.of()),
                new Message.Subs(
                        2,
                        List.of(
                                new Message.Query(0, "", Value.Struct.EMPTY, Message.Place.NONE),
                                new Message.Query(
                                        7,
                                        "SELECT * FROM cars WHERE color = :color",
                                        arguments,
                                        new Message.Place(88, -5, 1))),
                        List.of(3L, 4L)),
                new Message.Resume(new StoreId(0, 0), 0, 0, List.of(), Message.NO_TAGS, List.of()),
                new Message.Resume(STORE, 99, -1, List.of(7L, 0L), tags, List.of(key("cars", "a"), key("bikes", "b"))),
                new Message.ResumeOk(2, 0, List.of(0L, 7L), 99, 1000, 123_456),
                new Message.Reset(Message.Reset.Reason.CHAIN, List.of()),
                new Message.Reset(Message.Reset.Reason.FILTER, List.of("cars", "bikes")),
                new Message.Cut(1300, 0x01020304, 0, 0, 0, 2, 0, Message.NO_TAGS),
                new Message.Cut(1301, -7, 3, 0, 0, 2, 5, tags),
                new Message.Ack(1300),
                new Message.Ack(1301),
                new Message.Need(List.of(
                        new Message.Wanted(key("cars", "a"), VersionVector.EMPTY),
                        new Message.Wanted(key("cars", "c"), vector))),
                new Message.Forget(1, List.of(key("cars", "c"), key("cars", "d"))),
                new Message.Held("cars", new Holding.Ask(10_000)),
                new Message.Held("cars", new Holding.Filter(HashFilter.of(new long[0], 0))),
                new Message.Held("cars", new Holding.Filter(HashFilter.of(new long[] {-1, 0, 1L << 62, 7}, 4))),
                new Message.Held("bikes", new Holding.ListPlease()),
                new Message.Held("bikes", new Holding.Listing(List.of(-1L, 5L, 5L))),
                new Message.Held("bikes", new Holding.Hits(List.of(0, 2))),
                new Message.Held("bikes", new Holding.Hits(List.of())),
                new Message.Recon(0, new Reconciling.Open(Fingerprint.EMPTY)),
                new Message.Recon(7, new Reconciling.Open(new Fingerprint(300, -1, 5))),
                new Message.Recon(7, new Reconciling.Equal()),
                new Message.Recon(7, new Reconciling.Ranges(List.of())),
                new Message.Recon(
                        7,
                        new Reconciling.Ranges(List.of(
                                new Range(new Place(HLC, 1L << 60), new Range.Sum(new Fingerprint(3, 4, 5))),
                                new Range(Place.END, new Range.Settled())))),
                new Message.Recon(
                        7,
                        new Reconciling.Replies(List.of(new Range(
                                Place.END, new Range.Listing(List.of(new Item(new Place(HLC + 9, -3), 6, 7))))))),
                new Message.Recon(7, new Reconciling.Want(List.of(new Reconciling.Wanted(-9, vector)), false)),
                new Message.Recon(
                        7, new Reconciling.Want(List.of(new Reconciling.Wanted(9, VersionVector.EMPTY)), true)),
                new Message.Recon(7, new Reconciling.Plain()),
                new Message.Recon(7, new Reconciling.Declined()),
                new Message.Credit(0, 1 << 20),
                new Message.Mode(true),
                new Message.Ping(false, Long.MIN_VALUE + 3),
                new Message.Ping(true, 5),
                new Message.Fault(FaultCode.STOPPING, "the peer is stopping: bis später", 250));
    }
}
