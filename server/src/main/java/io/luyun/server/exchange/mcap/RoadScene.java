package io.luyun.server.exchange.mcap;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.research.RoadUsers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The road users of the records: where they are on the map, and what they look like in the scene. One thread. */
final class RoadScene {
    private static final int NONE = -1;
    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final double E7_A_DEGREE = 1e7;
    private static final double METRES_AN_ELEVATION = 0.1;
    private static final double SPEED_STEP = 0.02;
    private static final double RADIANS_A_HEADING = Math.toRadians(0.0125);
    private static final double HEIGHT_STEP = 0.05;
    private static final double LEAST_ARROW_METRES_A_SECOND = 0.5;
    private static final double KMH = 3.6;
    private static final byte[] UNIT = {' ', 'k', 'm', '/', 'h'};

    private final McapWriter writer;
    private final Topics topics;
    private final Set<String> follow;
    private final RoadUsers users = new RoadUsers();
    private final Map<RoadUserClass, Look> looks = Look.all();
    private final int[] positions = new int[2 * RoadUserClass.values().length];
    /** By class, whether it reports itself, and whether it moves. */
    private final Figure[] figures = new Figure[4 * RoadUserClass.values().length];

    private final Octets scene = new Octets(1 << 14);
    private final Octets track = new Octets(128);
    private final Octets label = new Octets(128);
    private final ProtoWriter out;
    private @Nullable LocalPlane plane;

    RoadScene(
            final McapWriter writer, final Topics topics, final Set<String> follow, final @Nullable LocalPlane plane) {
        this.writer = writer;
        this.topics = topics;
        this.follow = follow;
        this.plane = plane;
        out = new ProtoWriter(writer.content());
        Arrays.fill(positions, NONE);
        looks.forEach((type, look) -> {
            final int row = 4 * type.ordinal();
            figures[row] = new Figure(look.round(), false, look.seen());
            figures[row + 1] = new Figure(look.round(), true, look.seen());
            figures[row + 2] = new Figure(look.round(), false, look.self());
            figures[row + 3] = new Figure(look.round(), true, look.self());
        });
    }

    /** Draws those of a record. */
    void add(final Records record) {
        users.of(record);
        scene.length(0);
        long atNs = 0;
        while (users.next()) {
            final RoadUserReader state = users.state();
            if (state.latE7() != ABSENT && state.lonE7() != ABSENT) {
                final LocalPlane at = plane(state);
                atNs = scene.length() == 0 ? users.atNs() : atNs;
                track.length(0);
                track.utf8(users.track());
                position(record);
                figure(record.receivedAtNs(), at);
                if (!follow.isEmpty() && users.self() && follow.contains(users.device())) {
                    follow(record, at);
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

    private LocalPlane plane(final RoadUserReader state) {
        LocalPlane known = plane;
        if (known == null) {
            known = new LocalPlane(state.latE7(), state.lonE7());
            plane = known;
        }
        return known;
    }

    private void position(final Records record) {
        final int row = 2 * users.type().ordinal() + (users.self() ? 0 : 1);
        if (positions[row] == NONE) {
            final String type = users.type().name().toLowerCase(Locale.ROOT);
            positions[row] =
                    topics.channel((users.self() ? "/position/" : "/seen/") + type, FoxgloveSchemas.LOCATION_FIX);
        }
        fix(positions[row], record);
    }

    private void fix(final int channel, final Records record) {
        final RoadUserReader state = users.state();
        final long atNs = users.atNs();
        final int begun = writer.begin(channel, record.sequence(), record.receivedAtNs(), atNs);
        final Octets content = writer.content();
        final int at = content.length();
        content.bytes(users.self() ? look().selfFix() : look().seenFix());
        content.f64At(at + Look.LATITUDE_AT, state.latE7() / E7_A_DEGREE);
        content.f64At(at + Look.LONGITUDE_AT, state.lonE7() / E7_A_DEGREE);
        ProtoWriter.timeAt(content, at + Look.TIME_END, atNs);
        if (state.elevation() != ABSENT) {
            out.number(3, state.elevation() * METRES_AN_ELEVATION);
        }
        ProtoWriter.bytes(content, 7, track);
        if (state.heading() != ABSENT) {
            out.number(10, state.heading() * RADIANS_A_HEADING);
        }
        if (state.speed() != ABSENT) {
            out.number(12, state.speed() * SPEED_STEP);
        }
        writer.end(begun);
    }

    private Look look() {
        final Look look = looks.get(users.type());
        if (look == null) {
            throw new IllegalStateException("no look of " + users.type());
        }
        return look;
    }

    private void figure(final long timeNs, final LocalPlane at) {
        final RoadUserReader state = users.state();
        final Look look = look();
        final double speed = state.speed() == ABSENT ? 0 : state.speed() * SPEED_STEP;
        final boolean moves = speed >= LEAST_ARROW_METRES_A_SECOND && state.heading() != ABSENT;
        label.length(0);
        label.bytes(track.array(), 0, track.length());
        if (state.speed() != ABSENT) {
            label.u8('\n');
            label.decimal(Math.round(speed * KMH));
            label.bytes(UNIT);
        }
        figures[4 * users.type().ordinal() + (users.self() ? 2 : 0) + (moves ? 1 : 0)].write(
                scene,
                timeNs,
                track,
                at.eastMetres(state.lonE7()),
                at.northMetres(state.latE7()),
                yaw(state),
                state.lengthCm() == ABSENT ? look.lengthMetres() : state.lengthCm() / 100.0,
                state.widthCm() == ABSENT ? look.widthMetres() : state.widthCm() / 100.0,
                state.height() == ABSENT ? look.heightMetres() : state.height() * HEIGHT_STEP,
                speed,
                label);
    }

    /** Counter-clockwise from the east; 0 where nothing is told. */
    private static double yaw(final RoadUserReader state) {
        return state.heading() == ABSENT ? 0 : Math.PI / 2 - state.heading() * RADIANS_A_HEADING;
    }

    /** A topic of its own, and a frame that moves with it. */
    private void follow(final Records record, final LocalPlane at) {
        final RoadUserReader state = users.state();
        fix(topics.channel("/follow/" + users.device(), FoxgloveSchemas.LOCATION_FIX), record);
        final int begun = writer.begin(
                topics.channel("/tf", FoxgloveSchemas.FRAME_TRANSFORM),
                record.sequence(),
                record.receivedAtNs(),
                users.atNs());
        out.time(1, record.receivedAtNs());
        out.text(2, Topics.frame());
        out.text(3, users.device());
        final EntityWriter poses = new EntityWriter(out);
        poses.vector(4, at.eastMetres(state.lonE7()), at.northMetres(state.latE7()), 0);
        poses.rotation(5, yaw(state));
        writer.end(begun);
    }
}
