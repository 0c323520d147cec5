package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.SeenReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Vir;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The road and what is on it, as the records of the journal tell: a pure function of them, without a clock. One thread
 * drives it and hears its listener. BSM, PSM, RSM, SSM, SPAT and ticks allocate nothing once the pools have grown; RSI and MAP do.
 */
public final class World {
    private static final int ORDINAL_BITS = 10;
    private static final int MAX_ORDINAL = (1 << ORDINAL_BITS) - 1;

    private final ZoneMap zone;
    private final WorldConfig config;
    private final WorldListener listener;
    private final Counters counters;
    private final LocalPlane plane;
    private RoadNetwork network;
    private Roster roster;
    private Sightings sightings;
    private SelfReports own;
    private RoadEvents events;
    private MapIntake maps;
    private Places places;
    private Traffic traffic;
    private Coordinations coordinations;
    private Wishes wishes;
    private PriorityRequests priorities;
    private Platoons platoons;
    private final Report report = new Report();
    private final Long2ObjectHashMap<SignalState> signals = new Long2ObjectHashMap<>();
    private String[] deviceNames = new String[0];
    private long roadVersion;
    private final long participantTimeoutNs;
    private final long signalTimeoutNs;
    private final long lateNs;

    /** Starts with an empty road. */
    public World(final ZoneMap zone, final WorldConfig config, final WorldListener listener, final Counters counters) {
        this.zone = zone;
        this.config = config;
        this.listener = listener;
        this.counters = counters;
        plane = zone.plane();
        participantTimeoutNs = config.participantTimeoutMillis() * 1_000_000L;
        signalTimeoutNs = config.signalTimeoutMillis() * 1_000_000L;
        lateNs = config.lateMillis() * 1_000_000L;
        network = new RoadNetwork(zone, config);
        roster = new Roster(config, network, listener, counters);
        sightings = new Sightings(config, roster, plane, counters);
        own = new SelfReports(config, roster, sightings, counters);
        events = new RoadEvents(network, new EventReaches(network, plane, config), config, listener, counters);
        maps = new MapIntake(network, plane);
        places = new Places(zone, network);
        traffic = new Traffic(config.traffic(), network, roster, this::hasSignals);
        coordinations = new Coordinations(network, new EventReaches(network, plane, config), config, counters);
        wishes = new Wishes(config.maxEvents());
        priorities = new PriorityRequests(config.maxEvents());
        platoons = new Platoons(config);
    }

    /** Empties the road and forgets what MAP messages added; the listener is not told. Names of devices stay. */
    public void clear() {
        network = new RoadNetwork(zone, config);
        roster = new Roster(config, network, listener, counters);
        sightings = new Sightings(config, roster, plane, counters);
        own = new SelfReports(config, roster, sightings, counters);
        events = new RoadEvents(network, new EventReaches(network, plane, config), config, listener, counters);
        maps = new MapIntake(network, plane);
        places = new Places(zone, network);
        traffic = new Traffic(config.traffic(), network, roster, this::hasSignals);
        coordinations = new Coordinations(network, new EventReaches(network, plane, config), config, counters);
        wishes = new Wishes(config.maxEvents());
        priorities = new PriorityRequests(config.maxEvents());
        platoons = new Platoons(config);
        signals.clear();
        roadVersion++;
    }

    /** Tells the name of a device. */
    public void nameDevice(final int index, final String id) {
        if (index >= deviceNames.length) {
            final int before = deviceNames.length;
            deviceNames = Arrays.copyOf(deviceNames, Math.max(index + 1, before * 2));
            Arrays.fill(deviceNames, before, deviceNames.length, "");
        }
        deviceNames[index] = id;
    }

    /** Name of a device, empty when it was not told. */
    public String deviceName(final int index) {
        return index >= 0 && index < deviceNames.length ? deviceNames[index] : "";
    }

    /** Takes a BSM; the reader is wrapped around it. */
    public void onBsm(final long sequence, final long receivedAtNs, final int device, final BsmReader bsm) {
        report.read(sequence, receivedAtNs, bsm, plane);
        report.ptcType = Report.typeOf(report.classification);
        report.events = bsm.events() == ABSENT ? 0 : bsm.events();
        report.lights = bsm.lights() == ABSENT ? 0 : bsm.lights();
        report.sirenUse = bsm.sirenUse() == ABSENT ? 0 : bsm.sirenUse();
        report.lightbarUse = bsm.lightbarUse() == ABSENT ? 0 : bsm.lightbarUse();
        own.onReport(report, device, bsm.idAsLong());
    }

    /** Takes a PSM; the reader is wrapped around it. Its sender is a road user that reports itself. */
    public void onPsm(final long sequence, final long receivedAtNs, final int device, final PsmReader psm) {
        report.read(sequence, receivedAtNs, psm, plane);
        report.ptcType = switch (psm.basicType()) {
            case PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN_VALUE,
                    PersonalDeviceUserType.PERSONAL_DEVICE_USER_ROADWORKER_VALUE ->
                ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE;
            default -> ParticipantType.PARTICIPANT_NON_MOTOR_VALUE;
        };
        report.crossingRequest = psm.crossing() == ABSENT ? 0 : psm.crossing();
        own.onReport(report, device, psm.idAsLong());
    }

    /** Takes an RSM or an SSM; the reader is wrapped around it. */
    public void onRsm(final long sequence, final long receivedAtNs, final int device, final SeenReader rsm) {
        sightings.onSeen(sequence, receivedAtNs, device, rsm);
    }

    /** Takes a SPAT; the reader is wrapped around it. */
    public void onSpat(final long sequence, final long receivedAtNs, final int device, final SpatReader spat) {
        while (spat.nextIntersection()) {
            final int region = spat.region() == ABSENT ? 0 : spat.region();
            SignalState signal = signal(region, spat.nodeId());
            if (signal == null) {
                signal = new SignalState(region, spat.nodeId());
                signals.put(signalKey(region, spat.nodeId()), signal);
            }
            final int mark = spat.intersectionTimeStamp() == ABSENT ? spat.timeStamp() : spat.intersectionTimeStamp();
            final long timeNs = mark == ABSENT ? Long.MIN_VALUE : MessageTime.ofSecMark(mark, receivedAtNs);
            if (isLate(timeNs, signal.deviceTimeNs, lateNs)) {
                counters.increment(Counter.WORLD_LATE);
                continue;
            }
            signal.deviceTimeNs = timeNs;
            signal.device = device;
            signal.status = spat.status();
            signal.moy = spat.intersectionMoy() == ABSENT ? spat.moy() : spat.intersectionMoy();
            signal.timeStamp = mark;
            signal.lastSequence = sequence;
            signal.lastAtNs = receivedAtNs;
            takePhases(signal, spat);
            listener.onSignal(signal, sequence, receivedAtNs);
        }
    }

    private static boolean isLate(final long timeNs, final long lastNs, final long lateNs) {
        return timeNs != Long.MIN_VALUE && lastNs != Long.MIN_VALUE && timeNs < lastNs && lastNs - timeNs <= lateNs;
    }

    private static void takePhases(final SignalState signal, final SpatReader spat) {
        signal.begin();
        while (spat.nextPhase()) {
            while (spat.nextState()) {
                signal.add(
                        spat.phaseId(),
                        spat.light(),
                        spat.timing(),
                        spat.startTime(),
                        spat.minEndTime(),
                        spat.maxEndTime(),
                        spat.likelyEndTime(),
                        spat.nextStartTime());
            }
        }
    }

    /** Takes an RSI. */
    public void onRsi(final long sequence, final long receivedAtNs, final int device, final Rsi rsi) {
        events.onRsi(sequence, receivedAtNs, device, rsi);
    }

    /** Takes an RSC. */
    public void onRsc(final long sequence, final long receivedAtNs, final int device, final Rsc rsc) {
        coordinations.onRsc(sequence, receivedAtNs, device, rsc);
    }

    /** Takes a VIR. */
    public void onVir(final long sequence, final long receivedAtNs, final int device, final Vir vir) {
        final boolean wishesTaken = wishes.onVir(receivedAtNs, vir);
        final boolean prioritiesTaken = priorities.onVir(sequence, receivedAtNs, device, vir);
        if (!wishesTaken || !prioritiesTaken) {
            counters.increment(Counter.WORLD_REJECTED);
        }
    }

    /** Takes a CLPMM. */
    public void onClpmm(final long sequence, final long receivedAtNs, final int device, final Clpmm clpmm) {
        if (!platoons.onClpmm(sequence, receivedAtNs, device, clpmm)) {
            counters.increment(Counter.WORLD_REJECTED);
        }
    }

    /** What a road user says of its part in a platoon; null when it says nothing. */
    public @Nullable PlatoonVehicle platooning(final Participant participant) {
        return participant.hasBsmId ? platoons.of(participant.bsmId) : null;
    }

    /** The same by temporary id. */
    public @Nullable PlatoonVehicle platooning(final long bsmId) {
        return platoons.of(bsmId);
    }

    /** What a vehicle asks of signals, by its temporary id; what is over may be among it. Not to be changed. */
    public PriorityRequest[] priorityRequests(final Participant participant) {
        return priorities.of(participant);
    }

    /** Who asks to change lanes; what is over may be among it. Not to be changed. */
    public LaneChangeWish[] laneChangeWishes() {
        return wishes.all();
    }

    /** Who goes by a temporary id now; null for nobody. */
    public @Nullable Participant byBsmId(final long bsmId) {
        return roster.byBsmId(bsmId);
    }

    /** What roadside units ask of a vehicle by its temporary id; what is over may be among it. Not to be changed. */
    public Coordination[] coordinationsTo(final Participant participant) {
        return coordinations.to(participant);
    }

    /** What roadside units ask of all on lanes a road user is on or comes to; see {@link Coordination#distanceMetres}. */
    public Coordination[] coordinationsOnLanes(final Participant participant) {
        return coordinations.onLanes(participant);
    }

    /**
     * Takes a MAP.
     *
     * @throws IllegalArgumentException when it contradicts itself; nothing of it is taken then
     */
    public void onMap(final long sequence, final long receivedAtNs, final int device, final MapData map) {
        final int before = network.links.size();
        if (maps.onMap(map)) {
            places.tie(before);
            events.remap();
            coordinations.remap();
            roadVersion++;
        }
    }

    /** Time has passed: whatever is silent coasts, and is gone when it was silent for too long. */
    public void onTick(final long nowNs) {
        sightings.onTick(nowNs);
        for (Participant p = roster.oldest();
                p != null && nowNs - p.lastAtNs > participantTimeoutNs;
                p = roster.oldest()) {
            roster.remove(p, nowNs);
        }
        roster.coast(nowNs);
        events.onTick(nowNs);
        traffic.onTick(nowNs);
        coordinations.onTick(nowNs);
        wishes.onTick(nowNs);
        priorities.onTick(nowNs);
        platoons.onTick(nowNs);
    }

    /** Number of road users. */
    public int participants() {
        return roster.size();
    }

    /** Shows all road users to the visitor, the longest silent first. */
    public void forEach(final ParticipantVisitor visitor) {
        for (Participant p = roster.oldest(); p != null; p = p.younger) {
            visitor.visit(p);
        }
    }

    /** Shows the units that see a road user and are not silent for too long, one for each number it has with them. */
    public void forEachSighting(final Participant participant, final SightingVisitor visitor) {
        for (Track track = participant.tracks; track != null; track = track.nextOfParticipant) {
            visitor.visit(track.device, track.ptcId, track.lastAtNs);
        }
    }

    /** Shows all road users within a box of the zone's plane to the visitor, but not those that are silent for too long. */
    public void forEachIn(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        roster.grid.visit(west, south, east, north, visitor);
    }

    /** The same of people on foot and on cycles alone. */
    public void forEachPersonIn(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        roster.grid.visitPeople(west, south, east, north, visitor);
    }

    /** How far a place is beside every carriageway; less than 0 on one, infinite where none is near. */
    public double besideRoadMetres(final double x, final double y) {
        return network.besideMetres(x, y);
    }

    /** Shows the obstacles in an upright box. */
    public void forEachObstacleIn(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        roster.grid.visitObstacles(west, south, east, north, visitor);
    }

    /** All events and signs; not to be changed. */
    public RoadEventState[] events() {
        return events.all();
    }

    /** The events and signs that may concern a road user where it is; not to be changed. */
    public RoadEventState[] eventsNear(final Participant participant) {
        return events.near(participant);
    }

    /** What the signals of a node show, or null when that is not known. */
    public @Nullable SignalState signal(final int region, final int nodeId) {
        return signals.get(signalKey(region, nodeId));
    }

    /** The same, or null when it was last said too long ago. */
    public @Nullable SignalState signal(final int region, final int nodeId, final long nowNs) {
        final SignalState signal = signal(region, nodeId);
        return signal != null && nowNs - signal.lastAtNs <= signalTimeoutNs ? signal : null;
    }

    /**
     * What the signals at the end of a link show, joined by region and node; region 0 is the zone's own. Null when that is
     * not known or was last said too long ago.
     */
    public @Nullable SignalState signal(final Link approach, final long nowNs) {
        return signalOf(approach.region, approach.downstream, nowNs);
    }

    /** The same for the signals of the node of a crossing. */
    public @Nullable SignalState signal(final Crossing crossing, final long nowNs) {
        return signalOf(crossing.region(), crossing.node(), nowNs);
    }

    private @Nullable SignalState signalOf(final int region, final int node, final long nowNs) {
        final SignalState named = signal(region, node, nowNs);
        if (named != null || (region != 0 && region != zone.region())) {
            return named;
        }
        return signal(region == 0 ? zone.region() : 0, node, nowNs);
    }

    /** Changes whenever links, crossings and stops do: what was worked out from them has to be worked out anew. */
    public long roadVersion() {
        return roadVersion;
    }

    /** Number of links and connectors; more when a MAP adds some. */
    public int links() {
        return network.links.size();
    }

    /** One of them. */
    public Link link(final int index) {
        return network.links.get(index);
    }

    /** The crossings; not to be changed. */
    public Crossing[] crossings() {
        return places.crossings;
    }

    /** The bus stops; not to be changed. */
    public BusStop[] busStops() {
        return places.stops;
    }

    /** The lines of buses; not to be changed. */
    public BusLine[] busLines() {
        return places.lines;
    }

    /** All areas with rules of their own; not to be changed. */
    public Area[] areas() {
        return places.areas;
    }

    /** The areas a road user may be in, whatever the hour; {@link Area#contains} tells. Not to be changed. */
    public Area[] areasNear(final Participant participant) {
        return places.areasNear(participant);
    }

    /** Whether the zone file says at all where test vehicles may drive. */
    public boolean anyApproved() {
        return places.anyApproved();
    }

    /** Whether a road user is on an approved link or within an approved surface; true where the file says nothing. */
    public boolean isApproved(final Participant participant) {
        return isApproved(participant, 0);
    }

    /** The same, with a margin around approved surfaces; links have that of the matching. */
    public boolean isApproved(final Participant participant, final double marginMetres) {
        return places.isApproved(participant, marginMetres);
    }

    RoadNetwork network() {
        return network;
    }

    /** Whether the ways on from the end of a link have signals, as the map tells or a SPAT has told. */
    private boolean hasSignals(final Link approach) {
        for (final Movement movement : approach.movements) {
            if (movement.phaseId > 0) {
                return true;
            }
        }
        return !approach.connector
                && (signal(approach.region, approach.downstream) != null
                        || (approach.region == zone.region() && signal(0, approach.downstream) != null));
    }

    /** The state of traffic on a link or lane, 0 for the link as a whole; it changes with time. */
    public TrafficState traffic(final Link link, final int lane) {
        return traffic.of(link, lane);
    }

    /** When that of all links and lanes was reckoned last; {@link Long#MIN_VALUE} when it was not yet. */
    public long trafficAtNs() {
        return traffic.lastNs();
    }

    /** Number of lanes with a jam. */
    public int jams() {
        return traffic.jams();
    }

    /** Shows all signals to the consumer, in no order. */
    public void forEachSignal(final Consumer<SignalState> consumer) {
        for (final SignalState signal : signals.values()) {
            consumer.accept(signal);
        }
    }

    /** The zone it began with. */
    public ZoneMap zone() {
        return zone;
    }

    /**
     * Way along the road from one road user to another, both on links.
     *
     * @return metres, negative behind on the same link, NaN when the road does not lead there
     */
    public double wayMetres(final Participant from, final Participant to) {
        final Link a = from.link;
        final Link b = to.link;
        return a == null || b == null ? Double.NaN : network.wayMetres(a, from.alongMetres, b, to.alongMetres);
    }

    static long newId(final long sequence, final int ordinal) {
        return sequence << ORDINAL_BITS | Math.min(ordinal, MAX_ORDINAL);
    }

    /** Sequence of the record that a road user or event was first told of by. */
    public static long sequenceOf(final long id) {
        return id >>> ORDINAL_BITS;
    }

    /** Which of those that its record told of it was, from 0 on. */
    public static int ordinalOf(final long id) {
        return (int) id & MAX_ORDINAL;
    }

    private static long signalKey(final int region, final int nodeId) {
        return (long) region << 32 | nodeId;
    }
}
