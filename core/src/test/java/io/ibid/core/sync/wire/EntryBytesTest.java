package io.ibid.core.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes cost on an established session, byte for byte. */
class EntryBytesTest {
    private static final int LENGTH_PREFIX = 4;
    private static final long HOUR = HybridClock.at(3_600_000);

    private final FrameWriter supplier = FrameTest.greeting();
    private final FrameWriter receiver = FrameTest.greeting();
    private final DocumentKey key = SampleMessages.key("vehicles", "0f8fad5b-d9cb-469f-a165");
    private final Document document = new Document();
    private final Actor actor = new Actor(77, 78);
    private long hlc = SampleMessages.HLC + HOUR;
    private long commit = 1234;

    private void edit(int fields, String value) {
        hlc += HybridClock.at(5_000);
        commit++;
        Edit edit = document.edit(new Dot(hlc, actor), Ablation.NONE);
        if (fields > 1) {
            edit.exist();
        }
        for (int i = 0; i < fields; i++) {
            edit.set(Path.of("field" + i), Value.of(value));
        }
        document.stamp(commit);
    }

    private int unit() {
        int length = supplier.lane(0).append(key, document.extract(new Known.ByCommit(commit - 1)));
        supplier.add(new Message.Chunk(0, 1, commit, Message.NO_TAGS, length, List.of()));
        supplier.add(new Message.Cut(commit, 0x01020304, 0, 1, 0, 1, 0, Message.NO_TAGS));
        receiver.add(new Message.Ack(commit));
        return 2 * LENGTH_PREFIX + supplier.take().length + receiver.take().length;
    }

    @Test
    void one_field_of_twenty_costs_its_value_and_at_most_64_bytes() {
        edit(20, "abcde");
        unit();
        for (int i = 0; i < 100; i++) {
            edit(1, "abcde");
            int value = 6;
            assertThat(unit()).isLessThanOrEqualTo(value + 48);
        }
    }

    @Test
    void a_new_document_of_an_import_costs_little_more_than_its_values() {
        edit(20, "abcde");
        unit();
        int before = supplier.lane(0).pending();
        for (int i = 0; i < 100; i++) {
            supplier.lane(0).append(SampleMessages.key("vehicles", "id-" + i), document.extract(Known.NOTHING));
        }
        int perDocument = (supplier.lane(0).pending() - before) / 100;
        int values = 20 * 6;
        assertThat(perDocument).isLessThanOrEqualTo(values + 20 * 2 + 2 + 16);
    }
}
