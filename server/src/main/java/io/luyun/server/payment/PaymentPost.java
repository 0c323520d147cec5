package io.luyun.server.payment;

import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Vpm;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Knows who takes part in payments, and where. Any thread; what it has forgotten nobody has kept. */
public final class PaymentPost {
    /** A party not heard of for so long is forgotten. */
    private static final long DIALOGUE_NS = TimeUnit.SECONDS.toNanos(60);
    /** A place older than this says nothing. */
    private static final long PLACE_NS = TimeUnit.SECONDS.toNanos(10);

    private static final double METRES_PER_E7 = 0.011_132;
    private static final double E7 = 1e7;

    private final int radiusMetres;
    private final Mailbox mailbox;
    private final Counters counters;
    private final Map<Long, Party> parties = new ConcurrentHashMap<>();
    private final Map<String, Place> vehicles = new ConcurrentHashMap<>();

    /** Hands bytes to a device, or drops them where it does not listen. */
    @FunctionalInterface
    public interface Mailbox {
        /** Tells later, with true, whether the device was handed the frame; any thread. */
        void put(String deviceId, byte[] frame, Answer answer);
    }

    /** What became of a frame. */
    @FunctionalInterface
    public interface Answer {
        void delivered(boolean yes);
    }

    /**
     * Who sends.
     *
     * @param device its id in the registry
     * @param role what the registry says it is
     * @param place where a unit is; null where that is not known
     */
    public record Sender(String device, Role role, @Nullable Position place) {}

    /**
     * Where a frame goes, or why it goes nowhere.
     *
     * @param field what is wrong; empty when it is sent
     * @param value found there
     * @param rule that does not hold
     * @param to devices
     */
    public record Route(String field, String value, String rule, List<String> to) {
        static Route to(final List<String> devices) {
            return new Route("", "", "", devices);
        }

        static Route wrong(final String field, final @Nullable Long id, final String rule) {
            return new Route(field, id == null ? "" : String.format("%016x", id), rule, List.of());
        }

        /** Whether the frame may go. */
        public boolean open() {
            return field.isEmpty();
        }
    }

    private record Party(String device, Role role, long atNs) {}

    private record Place(int latE7, int lonE7, long atNs) {}

    /**
     * @param radiusMetres how far from what it offers a unit's offer goes
     */
    public PaymentPost(final int radiusMetres, final Mailbox mailbox, final Counters counters) {
        this.radiusMetres = radiusMetres;
        this.mailbox = mailbox;
        this.counters = counters;
    }

    /** A vehicle that pays is here. */
    public void onPlace(final String device, final int latE7, final int lonE7, final long nowNs) {
        vehicles.put(device, new Place(latE7, lonE7, nowNs));
    }

    /** Works out where a frame goes; changes nothing. */
    public Route route(final Sender sender, final PaymentFrame frame, final long nowNs) {
        if (frame.step() == Vpm.PaymentCase.PAYMENT_NOT_SET) {
            return Route.wrong("message.vpm.payment", null, "must be one of the four steps this server knows");
        }
        final Role needed = frame.fromUnit() ? Role.ROLE_RSU : Role.ROLE_OBU;
        if (sender.role() != needed) {
            return new Route(
                    "message.vpm.payment",
                    frame.step().name(),
                    frame.fromUnit() ? "only a roadside unit may send this step" : "only a vehicle may send this step",
                    List.of());
        }
        final Party holder = frame.from() == null ? null : live(frame.from(), nowNs);
        if (frame.from() == null || (holder != null && !holder.device().equals(sender.device()))) {
            return Route.wrong("message.vpm.sourceId", frame.from(), "must not be in use by another device");
        }
        return frame.step() == Vpm.PaymentCase.INITIALIZATION_REQUEST
                ? offer(sender, frame, nowNs)
                : answer(frame, nowNs);
    }

    private Route offer(final Sender sender, final PaymentFrame frame, final long nowNs) {
        final List<Position> places = new ArrayList<>(frame.places());
        if (places.isEmpty() && sender.place() != null) {
            places.add(sender.place());
        }
        if (places.isEmpty()) {
            return Route.wrong(
                    "message.vpm.initialization_request.payment_list[0].tolling_node_info.pos",
                    null,
                    "must say where, unless an RSM, RSI or SSM of the unit has");
        }
        final List<String> to = new ArrayList<>();
        vehicles.forEach((device, place) -> {
            if (nowNs - place.atNs() <= PLACE_NS && near(place, places)) {
                to.add(device);
            }
        });
        return Route.to(to);
    }

    private Route answer(final PaymentFrame frame, final long nowNs) {
        final Party target = frame.to() == null ? null : live(frame.to(), nowNs);
        if (target == null || target.role() != (frame.fromUnit() ? Role.ROLE_OBU : Role.ROLE_RSU)) {
            return Route.wrong(
                    "message.vpm.targetId",
                    frame.to(),
                    frame.fromUnit()
                            ? "must be the id of a vehicle that has answered within a minute"
                            : "must be the id of a unit that has made an offer within a minute");
        }
        return Route.to(List.of(target.device()));
    }

    /** Sends a frame where it goes, and remembers the id of its sender. */
    public void send(
            final Sender sender, final PaymentFrame frame, final Route route, final byte[] bytes, final long nowNs) {
        if (frame.from() != null) {
            parties.put(frame.from(), new Party(sender.device(), sender.role(), nowNs));
        }
        for (final String device : route.to()) {
            mailbox.put(
                    device,
                    bytes,
                    yes -> counters.increment(yes ? Counter.PAYMENTS_HANDED_ON : Counter.PAYMENTS_NOT_HANDED_ON));
        }
        if (route.to().isEmpty()) {
            counters.increment(Counter.PAYMENTS_NOT_HANDED_ON);
        }
    }

    /** Forgets who has been silent. */
    public void sweep(final long nowNs) {
        parties.values().removeIf(party -> nowNs - party.atNs() > DIALOGUE_NS);
        vehicles.values().removeIf(place -> nowNs - place.atNs() > PLACE_NS);
    }

    private @Nullable Party live(final long id, final long nowNs) {
        final Party party = parties.get(id);
        return party == null || nowNs - party.atNs() > DIALOGUE_NS ? null : party;
    }

    private boolean near(final Place place, final List<Position> offers) {
        for (final Position offer : offers) {
            final double north = (offer.getLat() - (double) place.latE7()) * METRES_PER_E7;
            final double east = (offer.getLon() - (double) place.lonE7())
                    * METRES_PER_E7
                    * Math.cos(Math.toRadians(offer.getLat() / E7));
            if (Math.hypot(north, east) <= radiusMetres) {
                return true;
            }
        }
        return false;
    }
}
