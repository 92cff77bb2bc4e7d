package io.ibid.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints measurements for people: a table whose columns are as wide as their contents. */
final class Report {

    private static final List<String> HEAD =
            List.of("row", "ours", "reference", "", "unit", "ratio", "spread", "goal", "met");

    private Report() {}

    /** One measurement for the impatient, while others are still taken. */
    static String line(Measurement measurement) {
        return String.join(" ", cells(measurement)).replaceAll(" +", " ");
    }

    static void print(List<Measurement> measurements, PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        measurements.forEach(measurement -> lines.add(cells(measurement)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                boolean isNumber = i == 1 || i == 2 || i == 5;
                text.append(isNumber ? padding + line.get(i) : line.get(i) + padding)
                        .append("  ");
            }
            out.println(text.toString().stripTrailing());
        }
        out.flush();
    }

    private static List<String> cells(Measurement measurement) {
        Boolean met = measurement.met();
        Double goal = measurement.goal();
        String bound = measurement.better() == Better.HIGHER ? ">= " : "<= ";
        return List.of(
                measurement.bench(),
                amount(measurement.value()),
                amount(measurement.referenceValue()),
                measurement.reference(),
                measurement.unit(),
                String.format(Locale.ROOT, "%.2fx", measurement.ratio()),
                String.format(Locale.ROOT, "%.2f..%.2f", measurement.ratioMin(), measurement.ratioMax()),
                goal == null
                        ? ""
                        : bound
                                + Measurement.number(goal)
                                + (measurement.goalIsBound() ? " " + measurement.unit() : "x"),
                met == null ? "" : met ? "yes" : "NO");
    }

    private static String amount(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
