package io.ibid.core.sync.wire;

/** The first byte of every message. */
enum MessageType {
    HELLO(1),
    SUBS(2),
    RESUME(3),
    RESUME_OK(4),
    RESET(5),
    RECON(6),
    HELD(7),
    CHUNK(8),
    CUT(9),
    ACK(10),
    NEED(11),
    FORGET(12),
    CREDIT(13),
    MODE(14),
    PING(15),
    ERROR(16);

    /** From here on a message that is not understood is skipped: its length follows as a varint. */
    static final int SKIPPABLE_FROM = 0x80;

    static final int RESUME_TOKEN = 0x01;
    static final int RESUME_TAGS = 0x02;
    static final int RESUME_FORGOTTEN = 0x04;

    static final int LANE_MASK = 0x07;
    static final int HAS_TAGS = 0x08;
    static final int CHUNK_READ_AT = 0x10;
    static final int CUT_REVISION = 0x10;
    static final int CUT_FORGET = 0x20;

    private static final MessageType[] TYPES = values();

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static MessageType of(int number) {
        if (number < 1 || number > TYPES.length) {
            throw new ProtocolException("a message of the unknown type " + number);
        }
        return TYPES[number - 1];
    }

    static MessageType of(Message message) {
        return switch (message) {
            case Message.Hello m -> HELLO;
            case Message.Subs m -> SUBS;
            case Message.Resume m -> RESUME;
            case Message.ResumeOk m -> RESUME_OK;
            case Message.Reset m -> RESET;
            case Message.Recon m -> RECON;
            case Message.Held m -> HELD;
            case Message.Chunk m -> CHUNK;
            case Message.Cut m -> CUT;
            case Message.Ack m -> ACK;
            case Message.Need m -> NEED;
            case Message.Forget m -> FORGET;
            case Message.Credit m -> CREDIT;
            case Message.Mode m -> MODE;
            case Message.Ping m -> PING;
            case Message.Fault m -> ERROR;
        };
    }
}
