package io.ibid.core.sync;

import io.ibid.core.store.Token;

/** What may be known of stored resume tokens beyond the sessions. Stateless. */
public final class StoredTokens {
    private StoredTokens() {}

    /** Our own commit up to which the supplier of a resume token was told of evictions. */
    public static long evictionsToldUpTo(Token token) {
        return ResumeToken.decode(token.bytes()).asOf();
    }

    /**
     * The supplier's commit that a stored resume token stands at.
     *
     * @throws io.ibid.core.value.MalformedException when it is no token
     */
    public static long commitOf(Token token) {
        return ResumeToken.decode(token.bytes()).commit();
    }
}
