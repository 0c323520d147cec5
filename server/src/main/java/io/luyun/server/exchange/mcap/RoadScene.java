package io.luyun.server.exchange.mcap;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.research.RoadUsers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The road users of the records: where they are on the map, and what they look like in the scene. One thread. */
final class RoadScene {
    /** Road users report ten times a second; one that is silent for so long is taken away. */
    private static final long LIFETIME_NS = 1_000_000_000L;

    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final double E7_A_DEGREE = 1e7;
    private static final double METRES_AN_ELEVATION = 0.1;
    private static final double SPEED_STEP = 0.02;
    private static final double RADIANS_A_HEADING = Math.toRadians(0.0125);
    private static final double HEIGHT_STEP = 0.05;
    private static final double LEAST_ARROW_METRES_A_SECOND = 0.5;
    private static final double KMH = 3.6;

    private final McapWriter writer;
    private final Topics topics;
    private final Set<String> follow;
    private final RoadUsers users = new RoadUsers();
    private final Map<RoadUserClass, Look> looks = Look.all();
    private final int[] positions = new int[2 * RoadUserClass.values().length];
    private final Octets scene = new Octets(1 << 14);
    private final ProtoWriter out = new ProtoWriter(scene);
    private final EntityWriter entities = new EntityWriter(out);
    private @Nullable LocalPlane plane;

    RoadScene(
            final McapWriter writer, final Topics topics, final Set<String> follow, final @Nullable LocalPlane plane) {
        this.writer = writer;
        this.topics = topics;
        this.follow = follow;
        this.plane = plane;
        java.util.Arrays.fill(positions, -1);
    }

    /** Draws those of a record. */
    void add(final Records record) {
        users.of(record);
        scene.length(0);
        long atNs = 0;
        while (users.next()) {
            final RoadUserReader state = users.state();
            if (state.latE7() != ABSENT && state.lonE7() != ABSENT) {
                final LocalPlane at = plane(record, state);
                atNs = scene.length() == 0 ? users.atNs() : atNs;
                final String track = users.track();
                position(record, track);
                entity(record.receivedAtNs(), track, at);
                if (users.self() && follow.contains(track)) {
                    follow(record, track, at);
                }
            }
        }
        if (scene.length() > 0) {
            final String topic = users.self() ? "/scene/self" : "/scene/seen";
            topics.write(topic, FoxgloveSchemas.SCENE_UPDATE, record.sequence(), record.receivedAtNs(), atNs, scene);
        }
    }

    /** Where the scene is; null as long as nobody has said where he is. */
    @Nullable
    LocalPlane plane() {
        return plane;
    }

    private LocalPlane plane(final Records record, final RoadUserReader state) {
        LocalPlane known = plane;
        if (known == null) {
            known = new LocalPlane(state.latE7(), state.lonE7());
            plane = known;
        }
        return known;
    }

    private void position(final Records record, final String track) {
        final int row = 2 * users.type().ordinal() + (users.self() ? 0 : 1);
        if (positions[row] < 0) {
            final String type = users.type().name().toLowerCase(Locale.ROOT);
            positions[row] =
                    topics.channel((users.self() ? "/position/" : "/seen/") + type, FoxgloveSchemas.LOCATION_FIX);
        }
        fix(positions[row], record, track);
    }

    private void fix(final int channel, final Records record, final String track) {
        final RoadUserReader state = users.state();
        final long atNs = users.atNs();
        final int begun = writer.begin(channel, record.sequence(), record.receivedAtNs(), atNs);
        out.into(writer.content());
        out.number(1, state.latE7() / E7_A_DEGREE);
        out.number(2, state.lonE7() / E7_A_DEGREE);
        if (state.elevation() != ABSENT) {
            out.number(3, state.elevation() * METRES_AN_ELEVATION);
        }
        out.time(6, atNs);
        out.text(7, track);
        out.bytes(8, color());
        if (state.heading() != ABSENT) {
            out.number(10, state.heading() * RADIANS_A_HEADING);
        }
        if (state.speed() != ABSENT) {
            out.number(12, state.speed() * SPEED_STEP);
        }
        if (state.heading() != ABSENT) {
            out.number(13, state.heading() * RADIANS_A_HEADING);
        }
        writer.end(begun);
        out.into(scene);
    }

    private byte[] color() {
        final Look look = look();
        return users.self() ? look.self() : look.seen();
    }

    private Look look() {
        final Look look = looks.get(users.type());
        if (look == null) {
            throw new IllegalStateException("no look of " + users.type());
        }
        return look;
    }

    private void entity(final long timeNs, final String track, final LocalPlane at) {
        final RoadUserReader state = users.state();
        final Look look = look();
        final double x = at.eastMetres(state.lonE7());
        final double y = at.northMetres(state.latE7());
        final double yaw = yaw(state);
        final double length = state.lengthCm() == ABSENT ? look.lengthMetres() : state.lengthCm() / 100.0;
        final double width = state.widthCm() == ABSENT ? look.widthMetres() : state.widthCm() / 100.0;
        final double height = state.height() == ABSENT ? look.heightMetres() : state.height() * HEIGHT_STEP;
        final int begun = entities.begin(timeNs, track, LIFETIME_NS);
        if (look.round()) {
            entities.cylinder(x, y, length, height, color());
        } else {
            entities.cube(x, y, yaw, length, width, height, color());
        }
        final double speed = state.speed() == ABSENT ? 0 : state.speed() * SPEED_STEP;
        if (speed >= LEAST_ARROW_METRES_A_SECOND && state.heading() != ABSENT) {
            final double front = length / 2;
            entities.arrow(x + front * Math.cos(yaw), y + front * Math.sin(yaw), height / 2, yaw, speed, color());
        }
        final int label = entities.beginText(x, y, height + 1);
        scene.utf8(track);
        if (state.speed() != ABSENT) {
            scene.u8('\n');
            scene.decimal(Math.round(speed * KMH));
            scene.utf8(" km/h");
        }
        entities.endText(label);
        entities.end(begun);
    }

    /** Counter-clockwise from the east; 0 where nothing is told. */
    private static double yaw(final RoadUserReader state) {
        return state.heading() == ABSENT ? 0 : Math.PI / 2 - state.heading() * RADIANS_A_HEADING;
    }

    /** A topic of its own, and a frame that moves with it. */
    private void follow(final Records record, final String track, final LocalPlane at) {
        fix(topics.channel("/follow/" + track, FoxgloveSchemas.LOCATION_FIX), record, track);
        final RoadUserReader state = users.state();
        final int begun = writer.begin(
                topics.channel("/tf", FoxgloveSchemas.FRAME_TRANSFORM),
                record.sequence(),
                record.receivedAtNs(),
                users.atNs());
        out.into(writer.content());
        out.time(1, record.receivedAtNs());
        out.text(2, Topics.frame());
        out.text(3, track);
        entities.vector(4, at.eastMetres(state.lonE7()), at.northMetres(state.latE7()), 0);
        entities.rotation(5, yaw(state));
        writer.end(begun);
        out.into(scene);
    }
}
