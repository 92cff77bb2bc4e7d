package io.ibid.cli;

import io.ibid.core.value.Value;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer that a response body holds as a whole. */
final class HttpAnswer implements Answer {
    private final Value.Struct envelope;
    private final Iterator<Value> rows;

    private HttpAnswer(Value.Struct envelope) {
        this.envelope = envelope;
        this.rows = elements("items").iterator();
    }

    static HttpAnswer of(Value.Struct envelope) {
        return new HttpAnswer(envelope);
    }

    @Override
    public boolean isMutation() {
        return envelope.get("queryType") instanceof Value.Text type
                && type.value().equals("mutation");
    }

    @Override
    public Value.@Nullable Struct next() {
        if (!rows.hasNext()) {
            return null;
        }
        if (rows.next() instanceof Value.Struct row) {
            return row;
        }
        throw CommandFailure.failure("the server's answer holds a row that is no object");
    }

    @Override
    public List<Value> mutatedIds() {
        return elements("mutatedDocumentIds");
    }

    @Override
    public long commitId() {
        return number("transactionId");
    }

    @Override
    public List<String> warnings() {
        return elements("warnings").stream()
                .map(warning -> warning instanceof Value.Struct fields
                                && fields.get("description") instanceof Value.Text description
                        ? description.value()
                        : warning.toString())
                .toList();
    }

    @Override
    public long warningsTotal() {
        return number("totalWarningsCount");
    }

    private List<Value> elements(String name) {
        return envelope.get(name) instanceof Value.Array array ? array.elements() : List.of();
    }

    private long number(String name) {
        return envelope.get(name) instanceof Value.Int number ? number.value() : 0;
    }

    @Override
    public void close() {}
}
