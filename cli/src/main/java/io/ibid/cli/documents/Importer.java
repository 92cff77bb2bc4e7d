package io.ibid.cli.documents;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.Names;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Count;
import io.ibid.cli.terminal.ProgressBar;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the documents of a file in batches. Each batch is one transaction: a failure undoes its own batch and keeps those before, and
 * says how far they reach.
 */
public final class Importer {
    public static final int BATCH_DOCUMENTS_MAX = 500;
    public static final long BATCH_BYTES_MAX = 4L * 1024 * 1024;

    private final StatementClient client;
    private final String statement;
    private final String collection;
    private final ProgressBar progress;
    private long read;
    private long written;

    /** What happens to a document whose id is taken. The lower-case name is what the command line takes. */
    public enum Conflict {
        FAIL(""),
        NOTHING(" ON ID CONFLICT DO NOTHING"),
        UPDATE(" ON ID CONFLICT DO UPDATE");

        private final String clause;

        Conflict(String clause) {
            this.clause = clause;
        }
    }

    public Importer(StatementClient client, String collection, Conflict conflict, ProgressBar progress) {
        this.client = client;
        this.collection = collection;
        this.statement = "INSERT INTO " + Names.quoted(collection) + " DOCUMENTS (:documents)" + conflict.clause;
        this.progress = progress;
    }

    /**
     * Inserts all documents.
     *
     * @param cancellation ends the work before the next batch
     * @return what was done, as a sentence
     * @throws CommandFailure naming file and line of what was refused, and how much was imported before
     */
    public String run(DocumentSource documents, Cancellation cancellation) {
        List<Value> batch = new ArrayList<>();
        long bytes = 0;
        int firstLine = 0;
        Value.Struct document;
        while ((document = next(documents)) != null) {
            boolean isFull = batch.size() == BATCH_DOCUMENTS_MAX
                    || (!batch.isEmpty() && bytes + documents.bytesOfLast() > BATCH_BYTES_MAX);
            if (isFull) {
                write(documents.name(), firstLine, batch);
                progress.update(documents.position(), documents.size(), read);
                bytes = 0;
                if (cancellation.isRequested()) {
                    throw CommandFailure.failure("stopped before line " + documents.line() + kept());
                }
            }
            if (batch.isEmpty()) {
                firstLine = documents.line();
            }
            batch.add(document);
            bytes += documents.bytesOfLast();
        }
        if (!batch.isEmpty()) {
            write(documents.name(), firstLine, batch);
        }
        progress.clear();
        return summary();
    }

    private Value.@Nullable Struct next(DocumentSource documents) {
        try {
            return documents.next();
        } catch (CommandFailure broken) {
            throw CommandFailure.failure(broken.getMessage() + kept());
        }
    }

    private void write(String file, int firstLine, List<Value> batch) {
        Value.Struct arguments =
                Value.Struct.builder().put("documents", new Value.Array(batch)).build();
        try (Answer answer = client.execute(statement, arguments)) {
            read += batch.size();
            written += answer.mutatedIds().size();
            batch.clear();
        } catch (IbidException | CommandFailure refused) {
            throw CommandFailure.failure(file + ", the " + Count.of(batch.size(), "document") + " from line "
                    + firstLine + " on: " + refused.getMessage() + kept());
        }
    }

    /** What stays when the work ends here. */
    private String kept() {
        if (read == 0) {
            return "\nNothing was imported.";
        }
        String existed = read == written ? "" : " (" + Count.number(read - written) + " of them existed already)";
        return "\nThe " + Count.of(read, "document") + " before are in " + collection + existed
                + ", nothing from there on.";
    }

    private String summary() {
        long skipped = read - written;
        return "imported " + Count.of(written, "document") + " into " + collection
                + (skipped == 0 ? "" : ", " + Count.number(skipped) + " existed already")
                + " in " + Count.duration(progress.elapsedMs())
                + " (" + Count.number(Count.rate(read, progress.elapsedMs())) + "/s)";
    }
}
