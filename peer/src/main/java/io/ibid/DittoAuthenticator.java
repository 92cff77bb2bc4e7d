package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.Watches;
import io.ibid.peer.transport.Logins;
import io.ibid.peer.transport.ServerAddress;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logins at the server of {@link DittoConfig.Connect.Server}. While sync is active and nobody is logged in, and again at half of a login's
 * life, the expiration handler is asked to log in; sync with the server begins when it has. Thread-safe.
 */
public final class DittoAuthenticator {
    private static final long LOOK_MS = 500;
    private static final DittoAuthenticationStatus NOBODY = new DittoAuthenticationStatus(false, null);

    private final OpenDatabase database;
    private final ServerAddress server;
    private final Stages stages;
    private final Watches watches;
    private final LoginWatch watch;
    private final Supplier<Ditto> ditto;
    private volatile @Nullable ExpirationHandler handler;

    DittoAuthenticator(
            OpenDatabase database, ServerAddress server, Stages stages, Watches watches, Supplier<Ditto> ditto) {
        this.database = database;
        this.server = server;
        this.stages = stages;
        this.watches = watches;
        this.ditto = ditto;
        this.watch = new LoginWatch(
                "ibid-" + database.databaseId() + "-login",
                () -> database.logins().current(server),
                this::expires);
    }

    /** Logs in when that is needed. */
    @FunctionalInterface
    public interface ExpirationHandler {

        /** @param timeUntilExpiration zero when nobody is logged in */
        CompletionStage<Void> onExpiration(Ditto ditto, Duration timeUntilExpiration) throws Exception;
    }

    /** Hears how a login ended. */
    @FunctionalInterface
    public interface LoginCallback {
        void onLogin(@Nullable DittoException exception) throws Exception;
    }

    /** Hears how a login ended, and what the server has to say about it as JSON. */
    @FunctionalInterface
    public interface LoginCallbackWithClientInfoJSON {
        void onLogin(@Nullable String clientInfoJson, @Nullable DittoException exception) throws Exception;
    }

    /** Cleans up after a logout, by evicting what the user had, for example. */
    @FunctionalInterface
    public interface LogoutCleanup {
        void onLogout(Ditto ditto) throws Exception;
    }

    /** Hears of another status. */
    @FunctionalInterface
    public interface StatusListener {
        void onStatusChanged(DittoAuthenticationStatus status) throws Exception;
    }

    /**
     * How a login ended.
     *
     * @param clientInfoJson what the server has to say, also about a failure; JSON
     * @param exception null when it succeeded
     */
    public record LoginResult(
            @Nullable String clientInfoJson, @Nullable DittoException exception) {}

    /** Has to be set before sync is started. */
    public void setExpirationHandler(@Nullable ExpirationHandler handler) {
        this.handler = handler;
    }

    public @Nullable ExpirationHandler getExpirationHandler() {
        return handler;
    }

    /** Use {@link #setExpirationHandler}. */
    @Deprecated
    public void setCallback(DittoAuthenticationCallback callback) {
        Objects.requireNonNull(callback, "callback");
        setExpirationHandler((instance, left) -> {
            if (left.isZero()) {
                callback.onAuthenticationRequired(this);
            } else {
                callback.onAuthenticationExpiringSoon(this, left.toSeconds());
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Logs in. A refusal is the value of the stage, not its failure. */
    public CompletionStage<LoginResult> login(String token, DittoAuthenticationProvider provider) {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(provider, "provider");
        return stages.submitBeside(() -> attempt(token, provider), result -> result);
    }

    /** {@link #login(String, DittoAuthenticationProvider)} at the provider of this name. */
    public CompletionStage<LoginResult> login(String token, String provider) {
        return login(token, new DittoAuthenticationProvider(provider));
    }

    /** {@link #login(String, DittoAuthenticationProvider)}; the callback is called on a thread of the SDK. */
    public void login(String token, DittoAuthenticationProvider provider, LoginCallback callback) {
        Objects.requireNonNull(callback, "callback");
        tell(login(token, provider), result -> {
            try {
                callback.onLogin(result.exception());
            } catch (Exception e) {
                SdkLog.LOG.error("A login callback failed", e);
            }
        });
    }

    /** {@link #login(String, DittoAuthenticationProvider, LoginCallback)}. */
    public void login(String token, String provider, LoginCallback callback) {
        login(token, new DittoAuthenticationProvider(provider), callback);
    }

    /** {@link #login(String, DittoAuthenticationProvider)}; the callback is called on a thread of the SDK. */
    public void login(String token, DittoAuthenticationProvider provider, LoginCallbackWithClientInfoJSON callback) {
        Objects.requireNonNull(callback, "callback");
        tell(login(token, provider), result -> {
            try {
                callback.onLogin(result.clientInfoJson(), result.exception());
            } catch (Exception e) {
                SdkLog.LOG.error("A login callback failed", e);
            }
        });
    }

    /** {@link #login(String, DittoAuthenticationProvider, LoginCallbackWithClientInfoJSON)}. */
    public void login(String token, String provider, LoginCallbackWithClientInfoJSON callback) {
        login(token, new DittoAuthenticationProvider(provider), callback);
    }

    private static void tell(CompletionStage<LoginResult> login, Consumer<LoginResult> callback) {
        login.whenComplete((result, failure) -> {
            DittoException error = failure instanceof DittoException known ? known : null;
            callback.accept(result == null ? new LoginResult(null, error) : result);
        });
    }

    private LoginResult attempt(String token, DittoAuthenticationProvider provider) {
        try {
            Logins.Login login = database.logins().login(server, provider.rawValue(), token);
            watch.look();
            return new LoginResult(login.clientInfo(), null);
        } catch (IbidException e) {
            return new LoginResult(null, DittoException.of(e));
        } catch (IOException e) {
            return new LoginResult(
                    null,
                    DittoException.of(
                            ErrorCode.AUTHENTICATION_FAILED.text(),
                            "The server " + server + " cannot be asked: " + e.getMessage(),
                            e));
        }
    }

    /** Asks the handler to log in, and waits until it says that it has tried. */
    private void expires(Duration left) throws Exception {
        ExpirationHandler asked = handler;
        if (asked != null) {
            asked.onExpiration(ditto.get(), left).toCompletableFuture().get();
        }
    }

    /**
     * What is dialled while sync is active.
     *
     * @throws DittoException when nobody could log in, or when the server may not be reached like this
     */
    String start() throws DittoException {
        if (handler == null) {
            throw DittoException.of(
                    "authentication/expiration-handler-missing",
                    "The expiration handler must be set before starting sync.",
                    null);
        }
        try {
            server.requireSafe();
        } catch (IbidException e) {
            throw DittoException.of(e);
        } catch (UnknownHostException e) {
            SdkLog.LOG.warn("{} has no address now; it is tried again", server);
        }
        return server.toString();
    }

    /** The server as it is dialled. */
    String server() {
        return server.toString();
    }

    /** Sync is active. */
    void started() {
        watch.start();
    }

    /** Sync is not active any more. */
    void stopped() {
        watch.stop();
    }

    /** Stops sync and forgets the login. */
    public void logout() {
        logout(null);
    }

    /** Likewise, then runs the cleanup on this thread. */
    public void logout(@Nullable LogoutCleanup cleanup) {
        Ditto instance = ditto.get();
        instance.getSync().stop();
        database.logins().forget(server);
        if (cleanup != null) {
            try {
                cleanup.onLogout(instance);
            } catch (Exception e) {
                SdkLog.LOG.error("The cleanup after a logout failed", e);
            }
        }
    }

    public DittoAuthenticationStatus getStatus() {
        Logins.Login login = database.logins().current(server);
        return login == null ? NOBODY : new DittoAuthenticationStatus(true, login.userId());
    }

    /** Calls the listener with the status soon, and when it has changed. */
    public DittoAsyncCancellable observeStatus(StatusListener listener) {
        Objects.requireNonNull(listener, "listener");
        return watches.watch(LOOK_MS, this::getStatus, listener::onStatusChanged)::cancel;
    }

    /** The statuses as a reactive stream. */
    public Flow.Publisher<DittoAuthenticationStatus> observeStatus() {
        return watches.publisher(LOOK_MS, this::getStatus);
    }
}
