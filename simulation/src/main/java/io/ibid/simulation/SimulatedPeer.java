package io.ibid.simulation;

import io.ibid.core.database.Database;
import io.ibid.core.database.DatabaseConfig;
import io.ibid.core.env.Clock;
import io.ibid.core.env.Env;
import io.ibid.core.env.Link;
import io.ibid.core.env.Offload;
import io.ibid.core.env.Randomness;
import io.ibid.core.env.Timers;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.settings.Parameters;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.store.Residence;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.sync.SyncConfig;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One device: a disk, a clock, and the process that runs on it now. Dying takes the process and everything it had planned; what the
 * disk still holds is up to the {@link PowerCutStorage}. The database in the process is the production code. One thread.
 */
final class SimulatedPeer {
    static final String DATABASE = "simulated";
    static final String ADDRESS = "peer-";
    private static final long WALL_START_MS = 1_750_000_000_000L;

    private final VirtualTime time;
    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final String address;
    private final int number;
    private final boolean isServer;
    private final String databaseId;
    private final Ablation ablation;
    private final Machine machine;
    private final byte[] key = new byte[PeerKey.LENGTH];
    private long skewMs;
    private int place;
    private PowerCutStorage disk;
    private final SimulatedBlobs blobs = new SimulatedBlobs();
    private @Nullable Process process;

    /**
     * @param isServer whether it takes everything; else it takes what it subscribes
     */
    SimulatedPeer(
            VirtualTime time,
            SimulatedNetwork network,
            Machine machine,
            Ablation ablation,
            SplittableRandom random,
            int number,
            boolean isServer,
            String databaseId) {
        this.time = time;
        this.network = network;
        this.random = random;
        this.number = number;
        this.isServer = isServer;
        this.databaseId = databaseId;
        this.address = ADDRESS + number;
        this.ablation = ablation;
        this.machine = machine;
        key[0] = 2;
        key[PeerKey.LENGTH - 1] = (byte) number;
        this.skewMs = random.nextLong(machine.clockSkewMsMax() + 1) - machine.clockSkewMsMax() / 2;
        this.disk = new PowerCutStorage(random.nextLong());
    }

    String address() {
        return address;
    }

    int number() {
        return number;
    }

    PeerKey peerKey() {
        return PeerKey.of(key);
    }

    /** The running process, or null. */
    @Nullable
    Process process() {
        return process;
    }

    PowerCutStorage disk() {
        return disk;
    }

    SimulatedBlobs blobs() {
        return blobs;
    }

    void jumpClock(long ms) {
        skewMs += ms;
    }

    /** Opens the database, subscribes and dials the neighbours. */
    Process start(List<String> neighbours, List<String> queries) {
        return start(neighbours, queries, new SyncScopes(new TreeMap<>()));
    }

    /** Likewise, with sync scopes. */
    Process start(List<String> neighbours, List<String> queries, SyncScopes scopes) {
        Process started = new Process();
        process = started;
        network.open(address, started);
        started.database.sync().restrictTo(scopes);
        queries.forEach(query ->
                started.database.sync().subscriptions().add(SubscriptionQuery.ofCanonical(query, Value.Struct.EMPTY)));
        started.database.sync().start();
        neighbours.forEach(started.database.sync()::connect);
        return started;
    }

    /** The process is gone without a word. */
    void die(boolean isPowerCut) {
        if (process != null) {
            process.up = false;
            process = null;
            network.died(address, !isPowerCut);
            blobs.died(isPowerCut);
            disk = isPowerCut ? disk.cutPower() : disk.reopen();
        }
    }

    /** While it is down: the disk is put back to an older state, and the device may be able to tell. */
    void restore(PowerCutStorage backup, boolean isNoticed) {
        disk = backup;
        place += isNoticed ? 1 : 0;
    }

    private Residence residence() {
        String here = "place " + place;
        return new Residence() {
            @Override
            public boolean isAt(String mark) {
                return mark.equals(here);
            }

            @Override
            public String mark() {
                return here;
            }

            @Override
            public void settled(String mark) {}
        };
    }

    /** One life of the device. */
    final class Process implements SimulatedNetwork.Port, Clock, Timers, Randomness {
        private boolean up = true;
        private final MemoryStorage scratch = new MemoryStorage();
        private final Database database;

        private Process() {
            Env env = new Env(
                    this,
                    this,
                    this,
                    offload(machine.workUsMax()),
                    offload(machine.syncUsMax()),
                    network.links(address, this),
                    blobs,
                    disk,
                    scratch);
            SyncConfig standard = SyncConfig.of(databaseId, PeerKey.of(key), isServer);
            SyncConfig config = new SyncConfig(
                    databaseId,
                    standard.peerKey(),
                    isServer,
                    false,
                    standard.batchWindowMs(),
                    machine.creditBytes(),
                    machine.stagedBytesInMemoryMax(),
                    standard.stagingBytesMax(),
                    machine.unitBytesMax(),
                    standard.tombstoneTtlHours());
            database = new Database(
                    env,
                    new DatabaseConfig(
                            new StoreIdentity(databaseId, key, residence()),
                            ablation,
                            new Parameters(isServer, new TreeMap<>()),
                            config));
        }

        Database database() {
            return database;
        }

        /** Entries of units that lie in scratch. */
        int stagedEntries() {
            int entries = 0;
            try (Snapshot snapshot = scratch.snapshot();
                    Cursor cursor = snapshot.scan(new byte[0], null, false)) {
                while (cursor.next()) {
                    entries++;
                }
            }
            return entries;
        }

        @Override
        public boolean isUp() {
            return up;
        }

        @Override
        public Link.Handler accepted(Link link) {
            return database.sync().accepted(link);
        }

        @Override
        public long wallMs() {
            return WALL_START_MS + time.nowUs() / 1_000 + skewMs;
        }

        @Override
        public long monotonicMs() {
            return time.nowUs() / 1_000;
        }

        @Override
        public Timer after(long delayMs, Runnable task) {
            boolean[] cancelled = new boolean[1];
            long delayUs = delayMs * 1_000 + random.nextLong(20);
            time.after(delayUs, () -> {
                if (up && !cancelled[0]) {
                    task.run();
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public void fill(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        public long below(long bound) {
            return random.nextLong(bound);
        }

        private Offload offload(long usMax) {
            return (work, done) -> time.after(random.nextLong(usMax) + 1, () -> {
                if (up) {
                    run(work, done, usMax);
                }
            });
        }

        /** The work is done at one moment, and the loop hears of it at a later one. */
        private void run(Runnable work, Consumer<@Nullable Throwable> done, long usMax) {
            Throwable failure = null;
            try {
                work.run();
            } catch (RuntimeException e) { // handed to whoever asked for the work, as a pool of threads would
                failure = e;
            }
            Throwable told = failure;
            time.after(random.nextLong(usMax) + 1, () -> {
                if (up) {
                    done.accept(told);
                }
            });
        }
    }
}
