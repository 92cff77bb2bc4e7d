package io.ibid.core.sync;

import io.ibid.core.env.Env;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.Published;
import io.ibid.core.store.Writer;
import io.ibid.core.sync.wire.FaultCode;
import java.util.List;

/** What a session needs of the database around it. Loop only. */
interface SessionHost {

    SyncConfig config();

    Env env();

    Ablation ablation();

    Access access();

    /** The newest durable state; the caller closes it. */
    Published published();

    Writer writer();

    Scratch scratch();

    /** Where we stand with each supplier. */
    KnownTokens tokens();

    /** What this database wants of its partners now. */
    List<SubscriptionQuery> wanted();

    /** Both sides have said HELLO. Fails the session when it shall not go on. */
    void greeted(Session session, byte[] nonce);

    /** How long tombstones are kept here. */
    TombstoneLife tombstones();

    /** Something that the status rows show has changed. */
    void changed(Session session);

    /** The partner has everything up to this commit of ours. */
    void acknowledged(Session session, long commit);

    /** For the first time in this session a document of the collection is kept from the partner, who subscribes to it, by its scope. */
    void withheld(Partner partner, String collection);

    /** What sessions leave for the next one. */
    OwedDocuments owed();

    /** What else is talked about on the links of sessions. */
    List<SideChannel> sideChannels();

    /** The partner has done wrong in something that does not end the session. */
    void blamed(Partner partner, String what);

    /** The partner broke the protocol. */
    void violated(Session session, String what);

    /** Our own store could not be read for the partner: ends the session, or throws what is no fault of the store. */
    void unreadable(Session session, IbidException cause);

    /** Another history goes by the id of our store. */
    void forked(String why);

    /** The partner ended the session with an ERROR. */
    void refused(Session session, FaultCode code, String text);

    /** The link broke, and neither side has said why. */
    void broken(Session session, String reason);

    /** The link is gone; last call. */
    void ended(Session session, String reason);
}
