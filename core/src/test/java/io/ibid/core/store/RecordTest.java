package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Node;
import io.ibid.core.crdt.Reading;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.index.IndexSet;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordTest {

    private static final DocumentKey KEY = TestStore.key("x");
    private final Names names = new Names();
    private final RecordWriter writer = new RecordWriter(names, Ablation.NONE);

    private Record record(byte[] bytes) {
        Snapshot none = new MemoryStorage().snapshot();
        Metadata.Identity identity = new Metadata.Identity("test", new byte[33], new StoreId(1, 2), 0);
        Image image = new Image(
                none, names, Metadata.Head.NONE, identity, 0, 1, 0, Recent.NONE, IndexSet.NONE, Ablation.NONE);
        return Record.read(image, Keys.document(1, KEY.id()), KEY, bytes);
    }

    @Test
    void a_document_of_any_kind_survives_encoding_whole() {
        int tombstones = 0;
        int hidden = 0;
        int plain = 0;
        for (int seed = 0; seed < 2000; seed++) {
            RandomReplicas replicas = new RandomReplicas(seed, 3);
            replicas.steps(1 + seed % 12);
            for (int i = 0; i < 3; i++) {
                Document document = replicas.documents().get(i);
                if (document.isBlank()) {
                    continue;
                }
                long commit = replicas.commit(i);
                Encoded encoded = writer.encode(document, commit, Long.MAX_VALUE);
                Record record = record(encoded.at(commit));
                assertSame(record, document, commit);
                tombstones += record.isTombstone() ? 1 : 0;
                hidden += RecordFlags.has(record.flags(), RecordFlags.HIDDEN) ? 1 : 0;
                plain += record.flags() == (RecordFlags.EXISTS | RecordFlags.FIELDS) ? 1 : 0;
            }
        }
        assertThat(tombstones).isGreaterThan(50);
        assertThat(hidden).isGreaterThan(50);
        assertThat(plain).isGreaterThan(50);
    }

    private static void assertSame(Record record, Document document, long commit) {
        assertThat(record.commit()).isEqualTo(commit);
        assertThat(record.vv()).isEqualTo(document.vv());
        Document again = record.document();
        assertThat(again.vv()).isEqualTo(document.vv());
        assertThat(again.reap()).isEqualTo(document.reap());
        assertThat(again.reapCommit()).isEqualTo(document.reapCommit());
        assertThat(again.epochs()).isEqualTo(document.epochs());
        assertThat(again.slots()).isEqualTo(document.slots());
        assertThat(again.arrivals()).isEqualTo(document.arrivals());
        assertThat(again.hint()).isEqualTo(document.hint());
        Reading reading = document.reading(Ablation.NONE);
        assertThat(record.isTombstone()).isEqualTo(document.isTombstone());
        assertThat(record.isVisible(false)).isEqualTo(document.visible(false));
        assertThat(record.isVisible(true)).isEqualTo(document.visible(true));
        assertThat(record.view().toValue()).isEqualTo(reading.root().value());
        assertThat(record.hint()).isEqualTo(document.hint());
        assertThat(TestStore.json(record.row())).contains("\"_id\":\"x\"");
    }

    @Test
    void a_record_does_not_depend_on_the_number_of_its_commit_before_it_has_one() {
        for (int seed = 0; seed < 500; seed++) {
            RandomReplicas replicas = new RandomReplicas(seed, 2);
            replicas.steps(6);
            Document document = replicas.documents().get(0);
            if (document.isBlank()) {
                continue;
            }
            Document decided = document.copy();
            Document applied = document.copy();
            Dot dot = new Dot(document.vv().maxHlc() + 1, new Actor(1, 7));
            decided.edit(dot, Ablation.NONE).set(Path.of("a"), Value.of(seed));
            applied.edit(dot, Ablation.NONE).set(Path.of("a"), Value.of(seed));
            applied.stamp(99);
            byte[] early =
                    writer.encode(decided, Arrivals.PENDING, Long.MAX_VALUE).at(99);
            assertThat(early)
                    .isEqualTo(writer.encode(applied, 99, Long.MAX_VALUE).at(99));
        }
    }

    @Test
    void the_tail_of_a_document_written_at_once_is_short_however_many_fields_it_has() {
        Document document = new Document();
        Edit edit = document.edit(new Dot(1L << 57, new Actor(1, 7)), Ablation.NONE);
        edit.insert(false);
        for (int i = 0; i < 20; i++) {
            edit.set(Path.of("field" + i), Value.of(i));
        }
        Encoded whole = writer.encode(document, Arrivals.PENDING, 0);
        assertThat(whole.body().length - whole.valueBytes()).isEqualTo(16);
        document.stamp(1000);
        document.edit(new Dot((1L << 57) + (60_000L << 16), new Actor(1, 7)), Ablation.NONE)
                .set(Path.of("field3"), Value.of(99));
        Encoded updated = writer.encode(document, Arrivals.PENDING, 0);
        assertThat(updated.body().length - updated.valueBytes()).isLessThanOrEqualTo(16 + 9 + 21);
    }

    @Test
    void damaged_records_are_refused_by_name_or_read_but_never_worse() {
        Random random = new Random(1);
        for (int seed = 0; seed < 400; seed++) {
            RandomReplicas replicas = new RandomReplicas(seed, 3);
            replicas.steps(10);
            Document document = replicas.documents().get(0);
            if (document.isBlank()) {
                continue;
            }
            byte[] bytes = writer.encode(document, 10, Long.MAX_VALUE).at(10);
            for (int i = 0; i < 20; i++) {
                byte[] damaged =
                        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                readAll(damaged);
            }
        }
    }

    private void readAll(byte[] damaged) {
        try {
            Record record = record(damaged);
            record.vv();
            record.document();
            record.row().appendJson(new StringBuilder());
            record.row().document();
        } catch (IbidException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
            assertThat(e).isNotInstanceOf(MalformedException.class).hasMessageContaining("D 01");
        }
    }

    @Test
    void a_record_that_is_cut_off_names_its_key() {
        assertThatThrownBy(() -> record(new byte[] {1}))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("D 01");
    }

    @Test
    void a_statement_sees_the_variants_that_it_asks_for() {
        for (int seed = 0; seed < 300; seed++) {
            RandomReplicas replicas = new RandomReplicas(seed, 2);
            replicas.steps(8);
            Document document = replicas.documents().get(0);
            if (document.isBlank()) {
                continue;
            }
            Record record = record(writer.encode(document, 10, Long.MAX_VALUE).at(10));
            for (FieldType type : FieldType.values()) {
                TreeMap<Path, FieldType> declared = new TreeMap<>();
                declared.put(Path.of("a"), type);
                declared.put(Path.of("m"), FieldType.MAP);
                declared.put(Path.of("m", "b"), type);
                for (Typing typing :
                        new Typing[] {new Typing(declared, true), new Typing(declared, false), Typing.STRICT}) {
                    Value.Struct expected = Seen.of(document, typing);
                    Value.Struct row = record.row(typing).document();
                    assertThat(without(row)).isEqualTo(expected);
                    TestStore.json(record.row(typing));
                    for (Path path :
                            new Path[] {Path.of("a"), Path.of("m", "b"), Path.of("m", "b", "c"), Path.of("m")}) {
                        assertThat(record.row(typing).field(path)).isEqualTo(Seen.at(expected, path));
                    }
                }
            }
        }
    }

    private static Value.Struct without(Value.Struct row) {
        Value.Struct.Builder fields = Value.Struct.builder();
        for (int i = 0; i < row.size(); i++) {
            if (!row.name(i).equals("_id")) {
                fields.put(row.name(i), row.value(i));
            }
        }
        return fields.build();
    }

    /** What a statement sees, worked out from the reading by the words of the specification. */
    private static final class Seen {
        static Value.Struct of(Document document, Typing typing) {
            return branch(document.reading(Ablation.NONE).root(), Path.ROOT, typing);
        }

        private static Value.Struct branch(Node.Branch branch, Path path, Typing typing) {
            Value.Struct.Builder fields = Value.Struct.builder();
            for (int i = 0; i < branch.size(); i++) {
                Path at = path.child(branch.name(i));
                FieldType declared = typing.declared().get(at);
                Node node = declared != null
                        ? branch.field(i).variant(declared)
                        : typing.strict()
                                ? branch.field(i).variant(FieldType.REGISTER)
                                : branch.field(i).shown();
                if (node instanceof Node.Branch map) {
                    fields.put(branch.name(i), branch(map, at, typing));
                } else if (node != null) {
                    fields.put(branch.name(i), node.value());
                }
            }
            return fields.build();
        }

        static Value at(Value value, Path path) {
            Value at = value;
            for (String key : path.keys()) {
                at = at instanceof Value.Struct struct ? struct.get(key) : Value.MISSING;
            }
            return at;
        }
    }
}
