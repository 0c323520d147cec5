package io.luyun.simulator.traffic;

import io.luyun.proto.v1.EventSource;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.TimeSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong on the roads to one node and when: one trouble, at some nodes two, each on a link of its own, that come
 * and go again and again on a schedule out of the seed.
 */
final class EventPlan {
    /** A kind of trouble; event codes as deployed sources use them, 38 is the sign of road works. */
    private enum Kind {
        ICY(409, EventSource.EVENT_SOURCE_METEOROLOGICAL, "Icy road", 6, true, 0),
        JAM(707, EventSource.EVENT_SOURCE_DETECTION, "Traffic jam", 4, true, 90),
        OBJECT(401, EventSource.EVENT_SOURCE_DETECTION, "Thrown object on the road", 5, false, 40),
        SLIPPERY(408, EventSource.EVENT_SOURCE_METEOROLOGICAL, "Slippery road", 4, true, 0),
        WORKS(38, EventSource.EVENT_SOURCE_GOVERNMENT, "Road works", 3, true, 0);

        final int code;
        final EventSource source;
        final String text;
        final int priority;
        final boolean path;
        final int radiusM;

        Kind(
                final int code,
                final EventSource source,
                final String text,
                final int priority,
                final boolean path,
                final int radiusM) {
            this.code = code;
            this.source = source;
            this.text = text;
            this.priority = priority;
            this.path = path;
            this.radiusM = radiusM;
        }
    }

    private record Trouble(
            Kind kind, Zone.Link link, List<GeoPoint> path, double startS, double lastsS, double everyS) {}

    private static final int CONFIDENCE = 180;
    private static final double SECOND_SHARE = 0.3;
    private static final double FAR_METRES = 350;
    private static final double NEAR_METRES = 150;
    private static final int PATH_POINTS = 7;

    private final Zone zone;
    private final List<Trouble> troubles = new ArrayList<>();

    EventPlan(final Zone zone, final int node, final long seed) {
        this.zone = zone;
        final Rng rng = new Rng(Rng.mix(seed + 7L * node));
        final Plane plane = new Plane(zone.reference());
        final List<Zone.Link> ways =
                zone.links().stream().filter(l -> l.downstream() == node).toList();
        final int firstWay = rng.below(ways.size());
        final int firstKind = rng.below(Kind.values().length);
        final int count = rng.nextDouble() < SECOND_SHARE ? 2 : 1;
        for (int i = 0; i < count; i++) {
            final Zone.Link link = ways.get((firstWay + i) % ways.size());
            final Curve line = Curve.of(link.line(), plane);
            final Curve path = line.part(
                    Math.max(0, line.length - FAR_METRES), Math.max(1, line.length - NEAR_METRES), PATH_POINTS);
            final Kind kind = Kind.values()[(firstKind + 2 * i) % Kind.values().length];
            final double start = i == 0 ? rng.between(2, 20) : rng.between(18, 30);
            final double lasts = rng.between(35, 60);
            troubles.add(new Trouble(kind, link, path.points(plane), start, lasts, lasts + rng.between(30, 60)));
        }
    }

    /** Adds what holds now; says whether there is anything. */
    boolean addTo(final Rsi.Builder rsi, final double timeS, final long utcMs) {
        boolean any = false;
        for (int i = 0; i < troubles.size(); i++) {
            final Trouble trouble = troubles.get(i);
            final double since = timeS - trouble.startS;
            final int turn = (int) Math.floor(since / trouble.everyS);
            final double inTurn = since - turn * trouble.everyS;
            if (since < 0 || inTurn >= trouble.lastsS) {
                continue;
            }
            any = true;
            final int number = (128 * i + turn % 128) & 255;
            final TimeSpan span = TimeSpan.newBuilder()
                    .setStartTime(Messages.minuteOfYear(utcMs - (long) (inTurn * 1_000)))
                    .setEndTime(Messages.minuteOfYear(utcMs + (long) ((trouble.lastsS - inTurn) * 1_000)))
                    .build();
            if (trouble.kind == Kind.WORKS) {
                rsi.addSigns(sign(trouble, number, span));
            } else {
                rsi.addEvents(event(trouble, number, span));
            }
        }
        return any;
    }

    private RoadEvent event(final Trouble trouble, final int number, final TimeSpan span) {
        final RoadEvent.Builder event = RoadEvent.newBuilder()
                .setEventId(number)
                .setEventType(trouble.kind.code)
                .setEventSource(trouble.kind.source)
                .setPos(Messages.position(trouble.path.get(PATH_POINTS / 2)))
                .setDescription(trouble.kind.text)
                .setTimeSpan(span)
                .setPriority(trouble.kind.priority)
                .addReferenceLinks(link(trouble))
                .setConfidence(CONFIDENCE);
        if (trouble.kind.radiusM > 0) {
            event.setRadius(10 * trouble.kind.radiusM);
        }
        if (trouble.kind.path) {
            event.addReferencePaths(path(trouble));
        }
        return event.build();
    }

    private RoadSign sign(final Trouble trouble, final int number, final TimeSpan span) {
        return RoadSign.newBuilder()
                .setSignId(number)
                .setSignType(trouble.kind.code)
                .setPos(Messages.position(trouble.path.get(0)))
                .setDescription(trouble.kind.text)
                .setTimeSpan(span)
                .setPriority(trouble.kind.priority)
                .addReferencePaths(path(trouble))
                .addReferenceLinks(link(trouble))
                .build();
    }

    private static ReferencePath path(final Trouble trouble) {
        final ReferencePath.Builder path = ReferencePath.newBuilder()
                .setPathRadius((int) Math.round(trouble.link.lanes() * trouble.link.laneWidthM() / 2 * 10));
        trouble.path.forEach(p -> path.addActivePath(Messages.position(p)));
        return path.build();
    }

    private ReferenceLink link(final Trouble trouble) {
        return ReferenceLink.newBuilder()
                .setUpstreamNode(Messages.node(zone, trouble.link.upstream()))
                .setDownstreamNode(Messages.node(zone, trouble.link.downstream()))
                .build();
    }
}
