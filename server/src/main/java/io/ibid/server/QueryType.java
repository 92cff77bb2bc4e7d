package io.ibid.server;

/** What a statement does, as answers name it in {@code queryType}. */
enum QueryType {
    SELECT("select"),
    MUTATION("mutation"),
    /** It failed before its kind was known. */
    UNKNOWN("unknown");

    private final String text;

    QueryType(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
