package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.Descriptor;
import io.luyun.proto.codec.RoadUserReader;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.exchange.table.Column.Form;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUserClass;
import io.luyun.server.research.RoadUsers;
import java.util.Set;

/** A row for each road user that a message tells of: the sender of a BSM or PSM, those whom an RSM or SSM sees. One thread. */
final class TrackRows implements RowSource {
    private static final Descriptor BSM = Bsm.getDescriptor();
    private static final Descriptor POSITION = Position.getDescriptor();
    private static final Descriptor ACCELERATION = Acceleration4Way.getDescriptor();
    private static final Descriptor SIZE = VehicleSize.getDescriptor();

    private static final int PTC_BITS = 18;
    private static final long SEEN = 1L << PTC_BITS - 1;
    private static final long OBSTACLE = 1L << PTC_BITS - 2;

    private final RoadUsers users = new RoadUsers();
    private final TableCompiler columns = new TableCompiler(Set.of());
    private final int sequence = plain("sequence", Form.BIGINT, Tables.SEQUENCE);
    private final int receivedAt = plain("received_at", Form.TIMESTAMP, Tables.RECEIVED_AT);
    private final int at = plain(
            "at", Form.TIMESTAMP, "when it was so, by the clock of the device; as received_at where that is not told");
    private final int device = plain("device", Form.TEXT, "who tells of it");
    private final int track =
            plain("track", Form.TEXT, "whose track: the device, or the device and the number it gave to what it sees");
    private final int self = plain("self", Form.BOOLEAN, "it tells of itself");
    private final int type = names("class", Names.of(RoadUserClass.values()), "what it is, coarsely");
    private final int ptcId = plain("ptc_id", Form.INTEGER, "number that the unit gave it");
    private final int source = names("source", Names.of(SourceType.getDescriptor()), "how it was seen");
    private final int obstacle = names("obstacle_type", Names.of(ObstacleType.getDescriptor()), "what obstacle it is");
    private final int latitude = quantity("latitude", POSITION, "lat");
    private final int longitude = quantity("longitude", POSITION, "lon");
    private final int elevation = quantity("elevation", POSITION, "elevation");
    private final int speed = quantity("speed", BSM, "speed");
    private final int heading = quantity("heading", BSM, "heading");
    private final int accelLongitudinal = quantity("accel_longitudinal", ACCELERATION, "longitudinal");
    private final int accelLateral = quantity("accel_lateral", ACCELERATION, "lateral");
    private final int accelVertical = quantity("accel_vertical", ACCELERATION, "vertical");
    private final int yawRate = quantity("yaw_rate", ACCELERATION, "yaw_rate");
    private final int steeringAngle = quantity("steering_angle", BSM, "steering_angle");
    private final int length = quantity("length", SIZE, "length");
    private final int width = quantity("width", SIZE, "width");
    private final int height = quantity("height", SIZE, "height");
    private final int classification = plain("classification", Form.INTEGER, "vehicle_class.classification");
    private final TableSchema schema;

    TrackRows(final String table, final String row) {
        schema = columns.schema(table, row);
    }

    private int plain(final String name, final Form form, final String meaning) {
        return columns.column(name, form, SiScale.NONE, null, meaning, "");
    }

    private int names(final String name, final Names names, final String meaning) {
        return columns.column(name, Form.NAME, SiScale.NONE, names, meaning, "");
    }

    /** A column in SI units by the rule of a field of the schema. */
    private int quantity(final String name, final Descriptor message, final String field) {
        final SiScale scale = SiScale.of(FieldNames.unit(message.findFieldByName(field)));
        if (scale == null) {
            throw new IllegalStateException(message.getFullName() + "." + field + " is no quantity");
        }
        return columns.quantity(FieldNames.si(name, scale), scale, field);
    }

    TableSchema schema() {
        return schema;
    }

    @Override
    public int add(final Records record, final RecordHead head, final Rows rows) {
        users.of(record);
        int added = 0;
        while (users.next()) {
            final int row = rows.next();
            putWho(record, head, rows, row);
            putState(rows, row, users.state());
            added++;
        }
        return added;
    }

    private void putWho(final Records record, final RecordHead head, final Rows rows, final int row) {
        rows.buffer(sequence).put(row, record.sequence());
        rows.buffer(receivedAt).put(row, record.receivedAtNs());
        rows.buffer(at).put(row, users.atNs());
        head.putDevice(rows.buffer(device), row);
        rows.buffer(track).put(row, track(rows.buffer(track).texts(), head.sender()));
        rows.buffer(self).put(row, users.self() ? 1 : 0);
        rows.buffer(type).put(row, users.type().ordinal());
        put(rows, ptcId, row, users.ptcId());
        put(rows, source, row, users.source());
        put(rows, obstacle, row, users.obstacleType());
    }

    private void putState(final Rows rows, final int row, final RoadUserReader state) {
        put(rows, latitude, row, state.latE7());
        put(rows, longitude, row, state.lonE7());
        put(rows, elevation, row, state.elevation());
        put(rows, speed, row, state.speed());
        put(rows, heading, row, state.heading());
        put(rows, accelLongitudinal, row, state.accelLongitudinal());
        put(rows, accelLateral, row, state.accelLateral());
        put(rows, accelVertical, row, state.accelVertical());
        put(rows, yawRate, row, state.yawRate());
        put(rows, steeringAngle, row, state.steeringAngle());
        put(rows, length, row, state.lengthCm());
        put(rows, width, row, state.widthCm());
        put(rows, height, row, state.height());
        put(rows, classification, row, state.classification());
    }

    private static void put(final Rows rows, final int buffer, final int row, final int value) {
        if (value != RoadUserReader.ABSENT) {
            rows.buffer(buffer).put(row, value);
        }
    }

    /** Number of its name, which is made once for the rows that are written together. */
    private int track(final Texts texts, final int sender) {
        final boolean obstructs = users.obstacleType() != RoadUserReader.ABSENT;
        final long who = users.self() ? 0 : SEEN | (obstructs ? OBSTACLE : 0) | users.ptcId();
        final long key = (long) sender << PTC_BITS | who;
        final int known = texts.known(key);
        return known >= 0 ? known : texts.number(key, users.track());
    }
}
