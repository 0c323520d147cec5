package io.luyun.simulator.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The devices met so far, each as it is played. Confined to the thread that reads, which closes it, but for {@link #stop}. */
final class Devices implements AutoCloseable {
    private final Remap remap;
    private final Roles roles;
    private final Consumer<ReplayDevice> firstSeen;
    private final Map<String, ReplayDevice> devices = new HashMap<>();
    private final Map<String, String> taken = new HashMap<>();

    /**
     * None yet.
     *
     * @param firstSeen is told of each when its first record has been read, well before it is played
     */
    Devices(final Remap remap, final Roles roles, final Consumer<ReplayDevice> firstSeen) {
        this.remap = remap;
        this.roles = roles;
        this.firstSeen = firstSeen;
    }

    /**
     * The device with this id in the journal.
     *
     * @param sequence a record of it, of this kind
     * @throws IllegalArgumentException when another is played as the same
     */
    ReplayDevice of(final String recordedId, final long sequence, final int kind) {
        final ReplayDevice known = devices.get(recordedId);
        if (known != null) {
            return known;
        }
        final ReplayDevice device =
                new ReplayDevice(recordedId, remap.claim(taken, recordedId), roles.of(recordedId, sequence, kind));
        devices.put(recordedId, device);
        firstSeen.accept(device);
        return device;
    }

    /** Looks for no more roles; from any thread. */
    void stop() {
        roles.stop();
    }

    @Override
    public void close() {
        roles.close();
    }
}
