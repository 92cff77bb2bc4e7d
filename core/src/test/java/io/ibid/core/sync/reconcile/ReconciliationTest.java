package io.ibid.core.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two sides find out what they differ in, over the bytes that would travel. */
class ReconciliationTest {
    private static final int MAX = 20_000;

    /** How a run between two sides went. */
    private record Run(TreeSet<Long> wanted, TreeSet<Long> surplus, int messages, int bytes) {}

    private static Run run(ItemSet receiver, ItemSet supplier) {
        Reconciliation mine = new Reconciliation(receiver, true);
        Reconciliation theirs = new Reconciliation(supplier, false);
        int messages = 0;
        int bytes = 0;
        if (!receiver.fingerprint().equals(supplier.fingerprint())) {
            List<Range> said = theirs.open();
            for (boolean receiverSpeaks = true; !said.isEmpty(); receiverSpeaks = !receiverSpeaks) {
                ByteWriter out = new ByteWriter(1024);
                RangeCodec.write(out, said);
                byte[] frame = out.toByteArray();
                messages++;
                bytes += frame.length;
                List<Range> heard = RangeCodec.read(new ByteReader(frame, 0, frame.length), MAX);
                assertThat(heard).isEqualTo(said);
                said = (receiverSpeaks ? mine : theirs).answer(heard);
                assertThat(messages).isLessThan(200);
            }
        }
        return new Run(new TreeSet<>(mine.wanted()), new TreeSet<>(mine.surplus()), messages, bytes);
    }

    private static Item item(SplittableRandom random, long time) {
        return new Item(new Place(time, random.nextLong()), random.nextLong(), random.nextLong());
    }

    private static ItemSet set(List<Item> items, SplittableRandom random) {
        List<Item> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, new java.util.Random(random.nextLong()));
        ItemSet.Builder builder = new ItemSet.Builder();
        shuffled.forEach(builder::add);
        return builder.build();
    }

    private static TreeSet<Long> hashes(List<Item> items) {
        TreeSet<Long> hashes = new TreeSet<>();
        items.forEach(item -> hashes.add(item.place().hash()));
        return hashes;
    }

    @Test
    void the_receiver_learns_exactly_what_differs() {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int times = 1 + random.nextInt(random.nextBoolean() ? 3 : 100_000);
            List<Item> common = new ArrayList<>();
            List<Item> mine = new ArrayList<>();
            List<Item> theirs = new ArrayList<>();
            for (int i = random.nextInt(random.nextInt(8) == 0 ? 3_000 : 60); i > 0; i--) {
                common.add(item(random, 1 + random.nextInt(times)));
            }
            for (int i = random.nextInt(random.nextBoolean() ? 4 : 300); i > 0; i--) {
                mine.add(item(random, 1 + random.nextInt(times)));
            }
            for (int i = random.nextInt(random.nextBoolean() ? 4 : 300); i > 0; i--) {
                theirs.add(item(random, 1 + random.nextInt(times)));
            }
            List<Item> receiver = new ArrayList<>(common);
            receiver.addAll(mine);
            List<Item> supplier = new ArrayList<>(common);
            supplier.addAll(theirs);
            Run run = run(set(receiver, random), set(supplier, random));
            assertThat(run.wanted).as("seed %s", seed).isEqualTo(hashes(theirs));
            assertThat(run.surplus).as("seed %s", seed).isEqualTo(hashes(mine));
        }
    }

    @Test
    void documents_of_one_time_and_even_of_one_place_are_told_apart() {
        SplittableRandom random = new SplittableRandom(1);
        ItemSet.Builder mine = new ItemSet.Builder();
        ItemSet.Builder theirs = new ItemSet.Builder();
        for (int i = 0; i < 500; i++) {
            Item item = new Item(new Place(7, 42), i, random.nextLong());
            mine.add(item);
            theirs.add(i == 250 ? new Item(item.place(), i, item.low() + 1) : item);
        }
        Run run = run(mine.build(), theirs.build());
        assertThat(run.wanted).containsExactly(42L);
    }

    @Test
    void a_side_with_nothing_and_a_side_with_much_settle_it_in_few_messages() {
        SplittableRandom random = new SplittableRandom(3);
        List<Item> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(item(random, i));
        }
        ItemSet all = set(many, random);
        ItemSet none = new ItemSet.Builder().build();
        assertThat(run(none, all).wanted).hasSize(20_000);
        assertThat(run(all, none).surplus).hasSize(20_000);
        assertThat(run(none, all).messages).isLessThan(40);
    }

    @Test
    void the_bytes_follow_the_differences_and_not_the_documents() {
        SplittableRandom random = new SplittableRandom(4);
        List<Item> common = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            common.add(item(random, (1_700_000_000_000L + i * 17L) << 16));
        }
        // An update is two differences, the old version and the new one.
        int[] differences = {1, 10, 100};
        int[] bytesMax = {2_500, 14_000, 110_000};
        for (int round = 0; round < differences.length; round++) {
            List<Item> supplier = new ArrayList<>(common);
            for (int i = 0; i < differences[round]; i++) {
                supplier.set(random.nextInt(common.size()), item(random, (1_700_000_000_000L + i * 1_000L) << 16));
            }
            Run run = run(set(common, random), set(supplier, random));
            assertThat(run.bytes).isLessThan(bytesMax[round]);
            assertThat(run.messages).isLessThan(9);
        }
    }

    @Test
    void whatever_bytes_come_they_are_ranges_or_malformed_and_ranges_out_of_order_are_refused() {
        SplittableRandom random = new SplittableRandom(5);
        ItemSet.Builder builder = new ItemSet.Builder();
        for (int i = 0; i < 100; i++) {
            builder.add(item(random, i));
        }
        ItemSet own = builder.build();
        ByteWriter out = new ByteWriter(1024);
        RangeCodec.write(out, new Reconciliation(own, false).open());
        byte[] good = out.toByteArray();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                List<Range> ranges = RangeCodec.read(new ByteReader(bytes, 0, bytes.length), MAX);
                new Reconciliation(own, true).answer(ranges);
                read++;
            } catch (MalformedException | IllegalArgumentException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
        assertThat(read).isBetween(1, 19_999);
        List<Range> backwards = List.of(new Range(Place.END, Range.SETTLED), new Range(Place.START, Range.SETTLED));
        assertThatThrownBy(() -> new Reconciliation(own, true).answer(backwards))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
