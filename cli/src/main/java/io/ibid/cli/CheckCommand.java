package io.ibid.cli;

import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Count;
import io.ibid.core.store.Finding;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.Inspection;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid check}: whether what lies in a folder is whole. */
@Command(
        name = "check",
        description = {
            "Check the integrity of a database in a folder and name what is wrong.",
            "It reads everything and changes nothing. The exit code is 1 when something is wrong."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./ibid check --data ./phone")
final class CheckCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
    private String data;

    @Option(
            names = "--database",
            paramLabel = "ID",
            defaultValue = DataFolder.DATABASE,
            description = "The database; a folder of that name in DIR. Default: demo.")
    private String databaseId;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "Lines for people, or one JSON object a line. Default: table.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = DataFolder.of(data, databaseId);
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.failure("there is no database " + databaseId + " in " + data);
        }
        List<Finding> findings = Inspection.run(DatabaseOptions.peer(folder, databaseId));
        for (Finding finding : findings) {
            out.println(format == OutputFormat.TABLE ? finding.toString() : json(finding));
        }
        if (!findings.isEmpty()) {
            throw CommandFailure.failure("the database " + databaseId + " in " + data + " is damaged: "
                    + Count.of(findings.size(), "fault"));
        }
        if (format == OutputFormat.TABLE) {
            out.println("the database " + databaseId + " in " + data + " is whole");
        }
        return 0;
    }

    private static String json(Finding finding) {
        return Json.write(Value.Struct.builder()
                .put("table", Value.of(finding.table()))
                .put("key", Value.of(finding.key()))
                .put("problem", Value.of(finding.problem()))
                .build());
    }
}
