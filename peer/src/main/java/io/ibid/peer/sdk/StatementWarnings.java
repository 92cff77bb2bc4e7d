package io.ibid.peer.sdk;

import io.ibid.core.env.Logs;
import io.ibid.core.query.Warning;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Tells the log what a statement warns about, once per text: a program runs the same statements all the time. When too many texts are known
 * it forgets them all. Any thread.
 */
public final class StatementWarnings {
    private static final Logger LOG = Logs.of("io.ibid.statements");
    private static final int KNOWN_MAX = 4096;
    private static final int SHOWN_MAX = 500;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** What a run of the statement warned about. */
    public void tell(String text, List<Warning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        if (known.add(text)) {
            String shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
            warnings.forEach(warning -> LOG.warn("{}, in: {}", warning.description(), shown));
        }
    }
}
