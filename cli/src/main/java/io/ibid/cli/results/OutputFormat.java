package io.ibid.cli.results;

/** How rows are printed. The lower-case name is what the command line takes. */
public enum OutputFormat {
    /** Columns for people, as wide as the terminal. */
    TABLE,
    /** One JSON object a line, for programs. */
    JSON
}
