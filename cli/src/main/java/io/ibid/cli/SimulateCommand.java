package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.error.Ablation;
import io.ibid.simulation.Rule;
import io.ibid.simulation.Shrinking;
import io.ibid.simulation.World;
import io.ibid.simulation.Worlds;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid simulate}: the unmodified core in a seeded world of lossy links, partitions, crashes and power cuts. */
@Command(
        name = "simulate",
        description = {
            "Run peers in a simulated world of lost links, crashes and power cuts, and check what they promise.",
            "A seed says everything that happens, so a run can be repeated. The exit code is 1 when a promise was broken;"
                    + " seed, promise and the last lines of the trace are printed then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ibid simulate --seeds 1..100",
            "  ./ibid simulate --seed 42 --peers 5 --trace",
            "  ./ibid simulate --seeds 1..100 --break nofloor     must fail: it leaves a rule out"
        })
final class SimulateCommand implements Callable<Integer> {
    /** Histories of a single document before each world: they show what is wrong although all agree on it. */
    private static final int HISTORIES = 50;

    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
    private static final long FIRST = 1;
    private static final long LAST = 20;
    private static final int PEERS_MAX = 1_000;
    private static final int PROMISE_CHARACTERS_MAX = 120;

    @Option(names = "--seed", paramLabel = "N", description = "Run one seed.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "FROM..TO", description = "Run all seeds of a range. Default: 1..20.")
    private @Nullable String seeds;

    @Option(
            names = "--peers",
            paramLabel = "N",
            defaultValue = "0",
            description = "So many peers, 2 to 1000. Default: as many as the seed says.")
    private int peers;

    @Option(
            names = "--break",
            paramLabel = "SWITCH",
            description = "Leave one rule of the design out, which must be noticed; --break list names the rules.")
    private @Nullable String broken;

    @Option(names = "--trace", description = "Print everything that happens. Only with --seed.")
    private boolean traced;

    @Option(
            names = "--shrink",
            description = "Look for the fewest steps and peers with which it goes wrong as well. Only with --seed.")
    private boolean shrunk;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if ("list".equals(broken)) {
            Rule.table().forEach(out::println);
            return 0;
        }
        if (peers != 0 && (peers < 2 || peers > PEERS_MAX)) {
            throw CommandFailure.usage("--peers " + peers + " is out of range: 2 to " + PEERS_MAX);
        }
        Ablation ablation = broken == null ? Ablation.NONE : ablation(broken);
        long[] range = range();
        if (System.getProperty("ibid.log") == null) {
            // Simulated disks fail all the time; that the databases say so is no news here. Read when logging starts.
            System.setProperty("ibid.log", "OFF");
        }
        if (traced || shrunk) {
            return single(range[0], ablation);
        }
        TreeSet<String> messages = new TreeSet<>();
        Worlds.run(range[0], range[1], peers, HISTORIES, ablation, report -> {
            if (report.violation() != null) {
                report.trace().forEach(out::println);
                out.println(report);
                throw broken(report.seed(), String.valueOf(report.violation().getMessage()));
            }
            messages.addAll(report.messages());
            out.println(report);
            out.flush();
        });
        if (range[1] > range[0]) {
            out.println("messages seen: " + String.join(", ", messages));
            out.println("messages never seen: " + String.join(", ", Worlds.unseen(messages)));
        }
        return 0;
    }

    /** One seed, with everything that happens. */
    private int single(long only, Ablation ablation) {
        if (seed == null) {
            throw CommandFailure.usage("--trace and --shrink go with --seed");
        }
        PrintWriter out = spec.commandLine().getOut();
        World.Report report = shrunk
                ? Shrinking.shrink(only, peers, ablation, out::println)
                : World.run(only, peers, ablation, out::println);
        if (report == null) {
            out.println("seed " + only + " keeps every promise");
            return 0;
        }
        out.println(report);
        if (report.violation() != null) {
            throw broken(only, String.valueOf(report.violation().getMessage()));
        }
        return 0;
    }

    private CommandFailure broken(long found, String promise) {
        return CommandFailure.failure("seed " + found + " broke a promise: " + shortened(promise)
                + "; repeat it with ./ibid simulate --seed " + found + (peers == 0 ? "" : " --peers " + peers)
                + (broken == null ? "" : " --break " + broken));
    }

    private static String shortened(String promise) {
        return promise.length() <= PROMISE_CHARACTERS_MAX
                ? promise
                : promise.substring(0, PROMISE_CHARACTERS_MAX) + " …";
    }

    private long[] range() {
        if (seed != null && seeds != null) {
            throw CommandFailure.usage("--seed and --seeds exclude each other");
        }
        if (seed != null) {
            return new long[] {seed, seed};
        }
        if (seeds == null) {
            return new long[] {FIRST, LAST};
        }
        Matcher range = RANGE.matcher(seeds);
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw CommandFailure.usage("--seeds " + seeds + " is no range like 1..100");
        }
        return new long[] {Long.parseLong(range.group(1)), Long.parseLong(range.group(2))};
    }

    private static Ablation ablation(String name) {
        Rule rule = Rule.of(name).orElseThrow(() -> {
            String known = Arrays.stream(Rule.values()).map(Rule::text).collect(Collectors.joining(", "));
            return CommandFailure.usage("--break " + name + " is no rule; the rules are " + known);
        });
        if (rule.obstacle() != null) {
            throw CommandFailure.usage("--break " + name + " cannot be shown yet: " + rule.obstacle());
        }
        return rule.ablation();
    }
}
