package io.ibid.cli;

/** Ends a command with one sentence on stderr. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** The command was understood and did not succeed: exit code 1. */
    public static CommandFailure failure(String sentence) {
        return new CommandFailure(Main.FAILURE, sentence);
    }

    /** The command cannot be run as it was given: exit code 2. */
    public static CommandFailure usage(String sentence) {
        return new CommandFailure(Main.USAGE, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
