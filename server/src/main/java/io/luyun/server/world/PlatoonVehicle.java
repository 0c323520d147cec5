package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/** What a vehicle says of its part in a platoon (CLPMM). Owned and changed by {@link World} on its thread. */
public final class PlatoonVehicle {
    final long bsmId;
    int device;
    int role;
    int status;
    long lastAtNs;

    @Nullable
    Platoon platoon;

    PlatoonVehicle(final long bsmId) {
        this.bsmId = bsmId;
    }

    /** Temporary id of the vehicle. */
    public long bsmId() {
        return bsmId;
    }

    /** Index of the device it came from. */
    public int device() {
        return device;
    }

    /** Number of RoleInPlatooning. */
    public int role() {
        return role;
    }

    /** Number of StatusInPlatooning. */
    public int status() {
        return status;
    }

    /** When it was last said. */
    public long lastAtNs() {
        return lastAtNs;
    }

    /** The platoon it names; null while no leader has told of it. */
    public @Nullable Platoon platoon() {
        return platoon;
    }
}
