package io.ibid.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.LoggerFactory;

/** What the scenes between two or three peers have in common. */
class SessionScene {
    static final String CARS = "SELECT * FROM `cars`";

    Lab lab = new Lab();

    @BeforeAll
    static void be_quiet() {
        ((Logger) LoggerFactory.getLogger("io.ibid")).setLevel(Level.OFF);
    }

    /** A device that subscribes to cars, connected to a server. */
    SimulatedPeer device;

    SimulatedPeer server;

    void connect() {
        server = lab.peer(true);
        device = lab.peer(false);
        lab.start(server, List.of());
        lab.start(device, List.of(server), CARS);
        lab.run(100);
    }

    void insertCars(SimulatedPeer peer, int count) {
        for (int first = 0; first < count; first += 100) {
            int from = first;
            lab.write(peer, t -> {
                for (int i = from; i < Math.min(count, from + 100); i++) {
                    Object[] fields = new Object[40];
                    for (int f = 0; f < 20; f++) {
                        fields[2 * f] = "field" + f;
                        fields[2 * f + 1] = "value" + (i * 31 + f) % 977;
                    }
                    Lab.insert(t, "cars", "id-" + (100_000 + i), fields);
                }
            });
        }
    }
}
