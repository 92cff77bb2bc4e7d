package io.ibid.simulation;

import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.settings.SyncScope;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.sync.Subscriptions;
import io.ibid.core.value.Value;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * People change their minds: they subscribe to more and to less, and they change to whom a device sends what, while it runs and while it does
 * not. One thread.
 */
final class Turnover {
    private final World world;
    private final SplittableRandom random;
    private final WorldPlan plan;
    private final Claims claims;

    Turnover(World world, Claims claims, SplittableRandom random) {
        this.world = world;
        this.random = random;
        this.plan = world.plan();
        this.claims = claims;
    }

    /** Some peer that is no server wants something more or less. */
    void changeWish() {
        SimulatedPeer peer = any();
        int number = peer.number();
        if (plan.population().servers().get(number)) {
            return;
        }
        Wish wish = Population.any(
                random, plan.traffic().collections(), plan.traffic().tenants());
        if (claims.wished(number).contains(wish)) {
            if (!isReliedOn(number, wish)) {
                claims.cancelled(number, wish);
                world.trace(peer.address(), "cancel", wish);
                SimulatedPeer.Process process = peer.process();
                if (process != null) {
                    subscriptions(process).remove(query(wish));
                }
            }
        } else if (isAllowed(number, wish)) {
            claims.added(number, wish);
            world.trace(peer.address(), "subscribe", wish);
            SimulatedPeer.Process process = peer.process();
            if (process != null) {
                subscriptions(process).add(query(wish));
            }
        }
    }

    /** Where interests shrink from the root, what was wanted from the beginning is wanted for ever. */
    private boolean isReliedOn(int peer, Wish wish) {
        return plan.population().isShrinking()
                && plan.population().wishes().get(peer).contains(wish);
    }

    private boolean isAllowed(int peer, Wish wish) {
        return !plan.population().isShrinking()
                || peer == 0
                || plan.population().wishes().get(plan.population().parents().get(peer)).stream()
                        .anyMatch(above -> above.covers(wish));
    }

    /** Some peer restricts to whom it sends a collection, or lifts that. */
    void changeScope() {
        SimulatedPeer peer = any();
        String collection = plan.traffic()
                .collections()
                .get(random.nextInt(plan.traffic().collections().size()));
        SyncScope[] scopes = SyncScope.values();
        SyncScope scope = random.nextBoolean() ? SyncScope.ALL_PEERS : scopes[random.nextInt(scopes.length)];
        TreeMap<String, SyncScope> changed =
                new TreeMap<>(claims.scopes(peer.number()).byCollection());
        changed.put(collection, scope);
        world.trace(peer.address(), "scope", collection + " " + scope.text());
        world.restrict(peer, new SyncScopes(changed));
    }

    /** In most worlds all is open again in the end. */
    void openScopes() {
        if (random.nextInt(5) > 0) {
            world.peers().forEach(peer -> world.restrict(peer, new SyncScopes(new TreeMap<>())));
        }
    }

    private SimulatedPeer any() {
        return world.peers().get(random.nextInt(world.peers().size()));
    }

    private static Subscriptions subscriptions(SimulatedPeer.Process process) {
        return process.database().sync().subscriptions();
    }

    private static SubscriptionQuery query(Wish wish) {
        return SubscriptionQuery.ofCanonical(wish.query(), Value.Struct.EMPTY);
    }
}
