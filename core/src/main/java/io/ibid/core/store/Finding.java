package io.ibid.core.store;

/**
 * One thing that is wrong with a store.
 *
 * @param table what the entry belongs to, for instance {@code documents}
 * @param key the entry: the table's letter and the rest in hexadecimal, with the document it belongs to where that can be told
 * @param problem what is wrong with it
 */
public record Finding(String table, String key, String problem) {

    @Override
    public String toString() {
        return table + ": " + key + ": " + problem;
    }
}
