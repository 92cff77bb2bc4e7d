package io.ibid.core.store;

import io.ibid.core.index.EntryFormat;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Row;
import io.ibid.core.query.Typing;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A document as a statement sees it that reads an index.
 *
 * @param row the document under the statement's typing
 * @param values of the keys of the index
 * @param wholeKey where it belongs in the index
 */
@SuppressWarnings("ArrayRecordComponent")
record Found(Record record, Row row, List<Value> values, byte[] wholeKey) {

    static Found of(EntryFormat format, Record record, Typing typing) {
        Row row = record.row(typing);
        List<Value> values = new ArrayList<>(format.size());
        for (IndexShape.Key key : format.shape().keys()) {
            Path path = key.path();
            values.add(DocumentEntries.isOfId(path) ? DocumentEntries.ofId(record, path) : row.field(path));
        }
        return new Found(record, row, values, format.wholeKey(values, record.id()));
    }
}
