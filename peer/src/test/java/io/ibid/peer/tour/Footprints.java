package io.ibid.peer.tour;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Records, across all threads, in which order watched methods are entered. */
public final class Footprints {
    private static final TreeMap<String, TreeSet<String>> WATCHED = new TreeMap<>();
    private static final ConcurrentLinkedQueue<String> LEFT = new ConcurrentLinkedQueue<>();

    private Footprints() {}

    /** Watches all methods of that name; before {@link #install}. */
    static void watch(String className, String method) {
        WATCHED.computeIfAbsent(className, unused -> new TreeSet<>()).add(method);
    }

    /** Rewrites the watched classes, loaded or not. */
    static void install() {
        AgentBuilder agent = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
        for (String className : WATCHED.keySet()) {
            initialise(className);
            String[] methods = WATCHED.get(className).toArray(new String[0]);
            agent = agent.type(named(className))
                    .transform((builder, type, loader, module, domain) ->
                            builder.visit(Advice.to(OnEnter.class).on(namedOneOf(methods))));
        }
        agent.installOn(ByteBuddyAgent.install());
    }

    /** A class that another test has caused to be loaded, but not used, is not found among those to rewrite. */
    private static void initialise(String className) {
        try {
            Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    static void clear() {
        LEFT.clear();
    }

    static List<String> all() {
        return new ArrayList<>(LEFT);
    }

    /** Called by the rewritten methods, so it must be public. */
    public static void leave(String step) {
        LEFT.add(step);
    }

    /** What the rewritten methods begin with. */
    static final class OnEnter {
        private OnEnter() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t.#m") String step) {
            Footprints.leave(step);
        }
    }
}
