package io.ibid.cli.terminal;

/** Ends a command with one sentence on stderr. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The command was understood and did not succeed. */
    public static final int FAILURE = 1;

    /** The command cannot be run as it was given. */
    public static final int USAGE = 2;

    private final int exitCode;

    private CommandFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** The command was understood and did not succeed: exit code 1. */
    public static CommandFailure failure(String sentence) {
        return new CommandFailure(FAILURE, sentence);
    }

    /** The command cannot be run as it was given: exit code 2. */
    public static CommandFailure usage(String sentence) {
        return new CommandFailure(USAGE, sentence);
    }

    public int exitCode() {
        return exitCode;
    }
}
