package io.ibid.core.store;

import io.ibid.core.index.IndexSet;
import io.ibid.core.storage.Batch;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What applying a change gives: the batch to write or, of a change in parts, the rest, and what the store looks like behind it. Immutable.
 *
 * @param evictions how many entries the table of evicted documents has
 * @param evicts whether documents were forgotten
 * @param touched null: to be read back from the change index
 */
record Applied(
        Batch batch,
        Metadata.Head head,
        Metadata.Identity identity,
        long evictions,
        IndexSet indexes,
        @Nullable List<Touch> touched,
        SortedSet<String> collections,
        boolean evicts,
        List<DocumentKey> echoes) {}
