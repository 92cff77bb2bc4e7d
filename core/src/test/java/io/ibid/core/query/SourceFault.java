package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mistake of indexes, or of the reading of documents. */
enum SourceFault {
    ENTRIES_WITHOUT_THE_FIELD_LOST,
    NULL_TAKEN_FOR_MISSING,
    EXCLUDED_BOUNDS_INCLUDED,
    INCLUDED_BOUNDS_EXCLUDED,
    READ_FROM_THE_WRONG_END,
    DESCENDING_KEYS_NOT_INVERTED,
    KEYS_NOT_CHECKED_ON_THE_ROW,
    ONLY_NUMBERS_OF_THE_SAME_KIND,
    SPAN_ONE_ENTRY_SHORT,
    SPAN_ONE_ENTRY_LONG,
    STALE_KEYS,
    IDS_NOT_RECOGNISED,
    LAST_EQUAL_KEY_IGNORED,
    HIDDEN_VARIANTS_SHOWN,
    ONE_DOCUMENT_TOO_MANY_COUNTED,
    LAST_DOCUMENT_LOST,
    NOT_FOUND_BY_A_COMPOSITE_ID;

    Source in(Source store) {
        return new Faulty(store, this);
    }

    private record Faulty(Source store, SourceFault fault) implements Source {
        private Typing seen(Typing typing) {
            return fault == HIDDEN_VARIANTS_SHOWN ? Typing.FLEXIBLE : typing;
        }

        @Override
        public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
            Rows rows = store.scan(collection, ids, reverse, seen(typing));
            if (fault != LAST_DOCUMENT_LOST) {
                return rows;
            }
            return new Rows() {
                private @Nullable Row ahead = rows.next();

                @Override
                public @Nullable Row next() {
                    Row row = ahead;
                    ahead = row == null ? null : rows.next();
                    return ahead == null ? null : row;
                }

                @Override
                public void close() {
                    rows.close();
                }
            };
        }

        @Override
        public @Nullable Row find(String collection, DocumentId id, Typing typing) {
            boolean lost = fault == NOT_FOUND_BY_A_COMPOSITE_ID && id.value() instanceof Value.Struct;
            return lost ? null : store.find(collection, id, seen(typing));
        }

        @Override
        public long count(String collection) {
            return store.count(collection) + (fault == ONE_DOCUMENT_TOO_MANY_COUNTED ? 1 : 0);
        }

        @Override
        public IndexCatalogue indexes() {
            return store.indexes();
        }

        @Override
        public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
            Span wrong = switch (fault) {
                case EXCLUDED_BOUNDS_INCLUDED -> span(span, true);
                case INCLUDED_BOUNDS_EXCLUDED -> span(span, false);
                case LAST_EQUAL_KEY_IGNORED ->
                    span.equal().isEmpty()
                            ? span
                            : new Span(span.equal().subList(0, span.equal().size() - 1), null, null);
                default -> span;
            };
            boolean inverted = fault == READ_FROM_THE_WRONG_END
                    || (fault == DESCENDING_KEYS_NOT_INVERTED
                            && index.keys().getFirst().descending());
            return new FaultyRows(
                    store.scanIndex(index, wrong, reverse != inverted, typing), index, span, this, typing);
        }

        private static Span span(Span span, boolean included) {
            return new Span(span.equal(), bound(span.low(), included), bound(span.high(), included));
        }

        private static Span.@Nullable Bound bound(Span.@Nullable Bound bound, boolean included) {
            return bound == null ? null : new Span.Bound(bound.value(), included);
        }

        @Override
        public long estimate(String collection, Span ids) {
            return store.estimate(collection, ids);
        }

        @Override
        public long estimate(IndexShape index, Span span) {
            return store.estimate(index, span);
        }

        @Override
        public @Nullable List<Value.Struct> system(String name) {
            return store.system(name);
        }

        @Override
        public List<String> systemNames() {
            return store.systemNames();
        }
    }

    private static final class FaultyRows implements IndexRows {
        private final IndexRows rows;
        private final IndexShape index;
        private final Span span;
        private final Faulty source;
        private final Typing typing;
        private boolean repeats;
        private int met;

        FaultyRows(IndexRows rows, IndexShape index, Span span, Faulty source, Typing typing) {
            this.rows = rows;
            this.index = index;
            this.span = span;
            this.source = source;
            this.typing = typing;
        }

        @Override
        public boolean next() {
            if (repeats) {
                repeats = false;
                return true;
            }
            boolean more;
            do {
                more = rows.next();
            } while (more && isLost());
            repeats = more && met == 1 && source.fault == SPAN_ONE_ENTRY_LONG;
            return more;
        }

        private boolean isLost() {
            met++;
            Value first = rows.key(0);
            return switch (source.fault) {
                case ENTRIES_WITHOUT_THE_FIELD_LOST -> first instanceof Value.Missing;
                case NULL_TAKEN_FOR_MISSING -> first instanceof Value.Null;
                case ONLY_NUMBERS_OF_THE_SAME_KIND ->
                    !span.equal().isEmpty()
                            && ValueOrder.compare(first, span.equal().getFirst()) == 0
                            && !first.equals(span.equal().getFirst());
                case SPAN_ONE_ENTRY_SHORT -> met == 1;
                default -> false;
            };
        }

        @Override
        public Value key(int i) {
            return source.fault == STALE_KEYS && rows.key(i) instanceof Value.Int(long number)
                    ? Value.of(number + 1)
                    : rows.key(i);
        }

        @Override
        public DocumentId id() {
            Value id = rows.id().value();
            return source.fault == IDS_NOT_RECOGNISED
                    ? DocumentId.of(new Value.Array(List.of(id, Value.of(System.identityHashCode(this)))))
                    : rows.id();
        }

        @Override
        public @Nullable Row row() {
            return source.fault == KEYS_NOT_CHECKED_ON_THE_ROW
                    ? source.find(index.collection(), rows.id(), typing)
                    : rows.row();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
