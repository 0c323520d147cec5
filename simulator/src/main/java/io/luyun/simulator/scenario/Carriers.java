package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.DatagramUplink;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.Uplink;
import io.luyun.simulator.measure.Meter;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.plan.LinkPlan;
import io.luyun.simulator.plan.LinkPlan.Carrier;
import io.luyun.simulator.script.Device;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/** Decides which device's messages travel how, and makes what carries them. */
final class Carriers implements Fleet.Links {
    private static final LinkPlan REST = new LinkPlan(Role.ROLE_UNSPECIFIED, 1, Carrier.NATIVE, Faults.NONE);
    private static final int ID_OCTETS = 8;

    private final LoadTarget target;
    private final EpochNanoClock clock;
    private final List<LinkPlan> byDevice;
    private final Map<String, LinkPlan> byId = new HashMap<>();

    /**
     * Of these devices.
     *
     * @throws ResourceException when the server has no port for what a plan asks for
     */
    Carriers(
            final List<LinkPlan> plans, final List<Device> devices, final LoadTarget target, final EpochNanoClock clock)
            throws ResourceException {
        this.target = target;
        this.clock = clock;
        byDevice = share(plans, devices);
        for (int i = 0; i < devices.size(); i++) {
            byId.put(devices.get(i).id(), byDevice.get(i));
        }
        for (final LinkPlan plan : byDevice) {
            if (plan.carrier() == Carrier.MQTT) {
                port(target.mqtt(), "MQTT");
            } else if (plan.carrier() == Carrier.UDP) {
                port(target.udp(), "datagrams");
            }
        }
    }

    /** Whether anything travels in datagrams. */
    boolean datagrams() {
        return byDevice.stream().anyMatch(plan -> plan.carrier() == Carrier.UDP);
    }

    /** How a device's messages travel. */
    LinkPlan plan(final int device) {
        return byDevice.get(device);
    }

    @Override
    public Uplink link(final ClientLoops loops, final int loop, final Identity identity, final Meter meter)
            throws IOException {
        final LinkPlan plan = byId.getOrDefault(identity.deviceId(), REST);
        final InetSocketAddress mqtt = target.mqtt();
        final InetSocketAddress udp = target.udp();
        if (plan.carrier() == Carrier.MQTT && mqtt != null) {
            return loops.mqtt(loop, mqtt.getHostString(), mqtt.getPort(), identity, meter);
        }
        if (plan.carrier() == Carrier.UDP && udp != null) {
            return new DatagramUplink(udp, target.dialect(), envelopeId(identity.deviceId()), clock, meter);
        }
        return loops.client(loop, identity, meter);
    }

    /** The id a unit puts into its envelopes: the first eight octets of its own, with zeros behind a shorter one. */
    static long envelopeId(final String deviceId) {
        final byte[] octets = deviceId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(ID_OCTETS)
                .put(octets, 0, Math.min(ID_OCTETS, octets.length))
                .getLong(0);
    }

    /** Each plan takes its share of what earlier ones have left of its role, by turns. */
    static List<LinkPlan> share(final List<LinkPlan> plans, final List<Device> devices) {
        final @Nullable LinkPlan[] taken = new LinkPlan[devices.size()];
        for (final LinkPlan plan : plans) {
            int seen = 0;
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] == null && devices.get(i).role() == plan.role()) {
                    seen++;
                    if ((long) (seen * plan.share()) > (long) ((seen - 1) * plan.share())) {
                        taken[i] = plan;
                    }
                }
            }
        }
        final List<LinkPlan> shared = new ArrayList<>();
        for (final LinkPlan plan : taken) {
            shared.add(plan == null ? REST : plan);
        }
        return shared;
    }

    private static void port(final @Nullable InetSocketAddress address, final String what) throws ResourceException {
        if (address == null) {
            throw new ResourceException("the scenario sends " + what + ", and no port of the server for it is known");
        }
    }
}
