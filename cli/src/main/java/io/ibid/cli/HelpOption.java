package io.ibid.cli;

import picocli.CommandLine.Option;

/** {@code --help}, the same for every command. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli prints the help by itself
    private boolean requested;
}
