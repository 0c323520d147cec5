package io.luyun.server.world;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.PlatoonMember;
import io.luyun.proto.v1.RoleInPlatooning;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Who drives in which platoon, by what the vehicles say. Owned by {@link World}. Taking one in allocates; looking up does not. */
final class Platoons {
    private final int max;
    private final long timeoutNs;
    private final Map<ByteString, Platoon> byId = new HashMap<>();
    private final Long2ObjectHashMap<PlatoonVehicle> vehicles = new Long2ObjectHashMap<>();

    Platoons(final WorldConfig config) {
        max = config.maxEvents();
        timeoutNs = config.eventTimeoutMillis() * 1_000_000L;
    }

    /** Takes a CLPMM; false when there are too many. */
    boolean onClpmm(final long sequence, final long receivedAtNs, final int device, final Clpmm said) {
        final long bsmId = asLong(said.getId());
        PlatoonVehicle vehicle = vehicles.get(bsmId);
        if (vehicle == null) {
            if (vehicles.size() >= max) {
                return false;
            }
            vehicle = new PlatoonVehicle(bsmId);
            vehicles.put(bsmId, vehicle);
        }
        vehicle.device = device;
        vehicle.role = said.getRoleValue();
        vehicle.status = said.getStatusValue();
        vehicle.lastAtNs = receivedAtNs;
        if (said.getRole() == RoleInPlatooning.PLATOONING_LEADER && said.hasLeadingExt()) {
            final Platoon led = byId.computeIfAbsent(said.getPid(), Platoon::new);
            led.take(
                    bsmId,
                    said.getLeadingExt().getMemberListList().stream()
                            .map(PlatoonMember::getVid)
                            .mapToLong(Platoons::asLong)
                            .toArray());
            led.lastSequence = sequence;
            led.lastAtNs = receivedAtNs;
        }
        vehicle.platoon = byId.get(said.getPid());
        return true;
    }

    void onTick(final long nowNs) {
        if (vehicles.isEmpty()) {
            return;
        }
        vehicles.values().removeIf(vehicle -> nowNs - vehicle.lastAtNs > timeoutNs);
        // a member finds it gone with its own next word
        byId.values().removeIf(platoon -> nowNs - platoon.lastAtNs > timeoutNs);
    }

    /** What the vehicle of a temporary id says; null when it says nothing. */
    @Nullable
    PlatoonVehicle of(final long bsmId) {
        return vehicles.get(bsmId);
    }

    private static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
