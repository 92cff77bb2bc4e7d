package io.ibid.core.store;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the change index: the newest change of one document. Immutable.
 *
 * @param commit the commit that made it
 * @param evicted true: the document was forgotten on this device, there is no record; false: it was written or deleted
 * @param origin the store whose unit brought it, if that store then had everything that we have of the document; null: changed here
 */
public record ChangeEntry(
        long commit,
        DocumentKey key,
        boolean evicted,
        @Nullable StoreId origin) {}
