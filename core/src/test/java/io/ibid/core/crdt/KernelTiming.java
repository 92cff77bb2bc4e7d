package io.ibid.core.crdt;

import io.ibid.core.error.Ablation;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Prints what the kernel costs per document of 20 fields: the median of 15 rounds, after as many to warm up. Run its main method. */
final class KernelTiming {

    private static final int FIELDS = 20;
    private static final int DOCUMENTS = 20_000;
    private static final Actor ACTOR = new Actor(1, 1);
    private static final Path[] PATHS = new Path[FIELDS];

    private KernelTiming() {}

    public static void main(String[] arguments) {
        Arrays.setAll(PATHS, i -> Path.of(String.format("field%02d", i)));
        byte[] encoded = DeltaCodec.encode(inserted(1).extract(Known.NOTHING));
        Document base = inserted(1);
        base.stamp(1);
        print("insert: edit, delta", () -> inserted(5).slots().size());
        print("insert: edit, delta, merge into nothing", () -> applied(new Document(), insert(new Document(), 5)));
        print("update of one field: edit", () -> update(base.copy(), 9).dot().hlc());
        print(
                "update of one field: edit, delta, merge",
                () -> applied(base.copy(), update(base.copy(), 9).delta()));
        print("reading", () -> base.reading(Ablation.NONE).root().size());
        print("delta: encode", () -> DeltaCodec.encode(base.extract(Known.NOTHING)).length);
        print(
                "delta: decode and check",
                () -> DeltaCodec.decode(encoded).slots().size());
    }

    private static Document inserted(long time) {
        Document document = new Document();
        insert(document, time);
        return document;
    }

    private static Delta insert(Document document, long time) {
        Edit edit = document.edit(new Dot(time, ACTOR), Ablation.NONE);
        edit.insert(false);
        for (int i = 0; i < FIELDS; i++) {
            edit.set(PATHS[i], Value.of(i));
        }
        return edit.delta();
    }

    private static Edit update(Document document, long time) {
        Edit edit = document.edit(new Dot(time, ACTOR), Ablation.NONE);
        edit.update(false);
        edit.set(PATHS[7], Value.of(time));
        return edit;
    }

    private static long applied(Document document, Delta delta) {
        document.merge(delta, 7, Ablation.NONE);
        return document.slots().size();
    }

    private static void print(String name, LongSupplier work) {
        double[] rounds = new double[15];
        long sum = 0;
        for (int round = -rounds.length; round < rounds.length; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < DOCUMENTS; i++) {
                sum += work.getAsLong();
            }
            if (round >= 0) {
                rounds[round] = (System.nanoTime() - start) / (double) DOCUMENTS;
            }
        }
        Arrays.sort(rounds);
        System.out.printf("%-42s %7.0f ns   (%d)%n", name, rounds[rounds.length / 2], sum);
    }
}
