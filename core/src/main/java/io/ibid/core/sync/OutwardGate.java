package io.ibid.core.sync;

import io.ibid.core.error.Ablation;
import io.ibid.core.store.DocumentKey;

/** Which documents a partner may have, and the count of those kept away. Loop only. */
final class OutwardGate {
    private final SessionHost host;
    private final Partner partner;
    private final SupplyTally tally;
    private final boolean ignoresScopes;

    OutwardGate(SessionHost host, Partner partner, SupplyTally tally) {
        this.host = host;
        this.partner = partner;
        this.tally = tally;
        this.ignoresScopes = host.ablation().has(Ablation.Switch.NOSCOPE);
    }

    /** Whether the document may be sent; counted where it may not. */
    boolean admits(DocumentKey key) {
        if (ignoresScopes) {
            return true;
        }
        if (!host.access().isInScope(partner, key.collection())) {
            if (tally.withheldByScope(key.collection())) {
                host.withheld(partner, key.collection());
            }
            return false;
        }
        if (!host.access().mayRead(partner, key)) {
            tally.withheldByPermission(key.collection());
            return false;
        }
        return true;
    }

    /** Whether the partner may as much as be asked about the document. */
    boolean wouldAdmit(DocumentKey key) {
        return host.access().isInScope(partner, key.collection())
                && host.access().mayRead(partner, key);
    }
}
