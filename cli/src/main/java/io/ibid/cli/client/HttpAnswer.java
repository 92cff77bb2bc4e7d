package io.ibid.cli.client;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is read from the connection row by row. */
final class HttpAnswer implements Answer {
    private final Envelope envelope;

    HttpAnswer(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    public boolean isMutation() {
        return envelope.get("queryType") instanceof Value.Text type
                && type.value().equals("mutation");
    }

    @Override
    public Value.@Nullable Struct next() {
        Value.Struct row = envelope.next();
        if (row == null) {
            requireSuccess();
        }
        return row;
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

    /** A server may also say with status 200 that something is wrong, behind the rows. */
    void requireSuccess() {
        if (envelope.get("error") instanceof Value.Struct error
                && error.get("description") instanceof Value.Text description) {
            throw CommandFailure.failure(description.value());
        }
    }

    private List<Value> elements(String name) {
        return envelope.get(name) instanceof Value.Array array ? array.elements() : List.of();
    }

    private long number(String name) {
        return envelope.get(name) instanceof Value.Int number ? number.value() : 0;
    }

    @Override
    public void close() {
        envelope.close();
    }
}
