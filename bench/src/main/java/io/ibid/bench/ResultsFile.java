package io.ibid.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The measurements of releases, one line each, so that a later one can be compared with an earlier one. */
final class ResultsFile {

    private static final String HEAD =
            "date,java,processors,bench,reference,value,referenceValue,unit,better,ratio,ratioMin,ratioMax,goal,met";

    private ResultsFile() {}

    static void append(Path file, List<Measurement> measurements) throws IOException {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            lines.add(HEAD);
        }
        String run = LocalDate.now(ZoneOffset.UTC) + "," + Runtime.version().feature() + ","
                + Runtime.getRuntime().availableProcessors() + ",";
        for (Measurement one : measurements) {
            lines.add(run + one.bench() + "," + one.reference() + "," + Measurement.number(one.value()) + ","
                    + Measurement.number(one.referenceValue()) + "," + one.unit() + ","
                    + one.better().text() + ","
                    + Measurement.number(one.ratio()) + "," + Measurement.number(one.ratioMin()) + ","
                    + Measurement.number(one.ratioMax()) + ","
                    + (one.goal() == null ? "" : Measurement.number(one.goal())) + ","
                    + (one.met() == null ? "" : one.met()));
        }
        Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
