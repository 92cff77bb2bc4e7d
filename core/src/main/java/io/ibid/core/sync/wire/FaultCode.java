package io.ibid.core.sync.wire;

/** Why a session ended, as an ERROR says it. The number on the wire is the place in this list, from 1. */
public enum FaultCode {
    /** The partner broke the protocol. */
    PROTOCOL,
    /** Another version of the protocol. */
    VERSION,
    /** Another database. */
    DATABASE,
    /** It was ourselves. */
    SELF,
    /** There is another link between the two. */
    DUPLICATE,
    /** A copy of our own folder is running. */
    COPY,
    /** The credential does not do. */
    AUTH,
    /** Refused by a rule of this peer. */
    DENIED,
    /** Too many partners. */
    CAPACITY,
    /** Something was too large. */
    LIMIT,
    /** More was sent than granted. */
    CREDIT,
    /** The same document was needed again and again. */
    NEED,
    /** Come back later. */
    BUSY,
    /** This peer is stopping. */
    STOPPING;

    private static final FaultCode[] CODES = values();

    /** Whether it will go on like this until somebody changes a setting, so that a log should say it. */
    public boolean needsSomebody() {
        return switch (this) {
            case VERSION, DATABASE, SELF, COPY, AUTH -> true;
            case PROTOCOL, DUPLICATE, DENIED, CAPACITY, LIMIT, CREDIT, NEED, BUSY, STOPPING -> false;
        };
    }

    /** Whether only a partner that breaks the rules can have caused it. */
    public boolean isViolation() {
        return switch (this) {
            case PROTOCOL, LIMIT, CREDIT, NEED -> true;
            case VERSION, DATABASE, SELF, DUPLICATE, COPY, AUTH, DENIED, CAPACITY, BUSY, STOPPING -> false;
        };
    }

    int number() {
        return ordinal() + 1;
    }

    static FaultCode of(int number) {
        if (number < 1 || number > CODES.length) {
            throw new ProtocolException("ERROR with the unknown code " + number);
        }
        return CODES[number - 1];
    }
}
