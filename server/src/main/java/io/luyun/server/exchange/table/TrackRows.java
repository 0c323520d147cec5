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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** A row for each road user that a message tells of: the sender of a BSM or PSM, those whom an RSM or SSM sees. One thread. */
final class TrackRows implements RowSource {
    /** Names of tracks that are remembered at most; then they are made anew. */
    private static final int MOST_TRACKS = 1 << 16;

    private final RoadUsers users = new RoadUsers();
    private final Map<String, Map<Integer, String>> seen = new HashMap<>();
    private final TableCompiler columns = new TableCompiler(Set.of());
    private final List<Quantity> quantities = new ArrayList<>();
    private final TableSchema schema;
    private final int sequence;
    private final int receivedAt;
    private final int at;
    private final int device;
    private final int track;
    private final int self;
    private final int type;
    private final int ptcId;
    private final int source;
    private final int obstacle;
    private int remembered;

    private record Quantity(int buffer, ToIntFunction<RoadUserReader> value) {}

    TrackRows(final String table, final String row) {
        sequence = columns.column("sequence", Form.BIGINT, SiScale.NONE, null, Tables.SEQUENCE, "");
        receivedAt = columns.column("received_at", Form.TIMESTAMP, SiScale.NONE, null, Tables.RECEIVED_AT, "");
        at = columns.column(
                "at",
                Form.TIMESTAMP,
                SiScale.NONE,
                null,
                "when it was so, by the clock of the device; as received_at where that is not told",
                "");
        device = columns.column("device", Form.TEXT, SiScale.NONE, null, "who tells of it", "");
        track = columns.column(
                "track",
                Form.TEXT,
                SiScale.NONE,
                null,
                "whose track: the device, or the device and the number it gave to what it sees",
                "");
        self = columns.column("self", Form.BOOLEAN, SiScale.NONE, null, "it tells of itself", "");
        type = columns.column(
                "class", Form.NAME, SiScale.NONE, Names.of(RoadUserClass.values()), "what it is, coarsely", "");
        ptcId = columns.column("ptc_id", Form.INTEGER, SiScale.NONE, null, "number that the unit gave it", "number");
        source = columns.column(
                "source", Form.NAME, SiScale.NONE, Names.of(SourceType.getDescriptor()), "how it was seen", "");
        obstacle = columns.column(
                "obstacle_type",
                Form.NAME,
                SiScale.NONE,
                Names.of(ObstacleType.getDescriptor()),
                "what obstacle it is",
                "");
        final Descriptor position = Position.getDescriptor();
        final Descriptor accel = Acceleration4Way.getDescriptor();
        final Descriptor size = VehicleSize.getDescriptor();
        quantity("latitude", position, "lat", RoadUserReader::latE7);
        quantity("longitude", position, "lon", RoadUserReader::lonE7);
        quantity("elevation", position, "elevation", RoadUserReader::elevation);
        quantity("speed", Bsm.getDescriptor(), "speed", RoadUserReader::speed);
        quantity("heading", Bsm.getDescriptor(), "heading", RoadUserReader::heading);
        quantity("accel_longitudinal", accel, "longitudinal", RoadUserReader::accelLongitudinal);
        quantity("accel_lateral", accel, "lateral", RoadUserReader::accelLateral);
        quantity("accel_vertical", accel, "vertical", RoadUserReader::accelVertical);
        quantity("yaw_rate", accel, "yaw_rate", RoadUserReader::yawRate);
        quantity("steering_angle", Bsm.getDescriptor(), "steering_angle", RoadUserReader::steeringAngle);
        quantity("length", size, "length", RoadUserReader::lengthCm);
        quantity("width", size, "width", RoadUserReader::widthCm);
        quantity("height", size, "height", RoadUserReader::height);
        final int code = columns.column(
                "classification", Form.INTEGER, SiScale.NONE, null, "vehicle_class.classification", "code");
        quantities.add(new Quantity(code, RoadUserReader::classification));
        schema = columns.schema(table, row);
    }

    /** Adds a column in SI units by the rule of a field of the schema. */
    private void quantity(
            final String name, final Descriptor message, final String field, final ToIntFunction<RoadUserReader> value) {
        final String unit = FieldNames.unit(message.findFieldByName(field));
        final SiScale scale = SiScale.of(unit);
        if (scale == null) {
            throw new IllegalStateException(message.getFullName() + "." + field + " is no quantity");
        }
        final int buffer = columns.quantity(FieldNames.si(name, scale), scale, field);
        quantities.add(new Quantity(buffer, value));
    }

    TableSchema schema() {
        return schema;
    }

    @Override
    public int add(final Records record, final Rows rows) {
        users.of(record);
        int added = 0;
        while (users.next()) {
            row(record, rows);
            added++;
        }
        return added;
    }

    private void row(final Records record, final Rows rows) {
        final RoadUserReader state = users.state();
        final int row = rows.next();
        rows.buffer(sequence).put(row, record.sequence());
        rows.buffer(receivedAt).put(row, record.receivedAtNs());
        rows.buffer(at).put(row, users.atNs());
        rows.buffer(device).put(row, rows.buffer(device).texts().number(users.device()));
        rows.buffer(track).put(row, rows.buffer(track).texts().number(track()));
        rows.buffer(self).put(row, users.self() ? 1 : 0);
        rows.buffer(type).put(row, users.type().ordinal());
        put(rows, ptcId, row, users.ptcId());
        put(rows, source, row, users.source());
        put(rows, obstacle, row, users.obstacleType());
        for (final Quantity quantity : quantities) {
            put(rows, quantity.buffer, row, quantity.value.applyAsInt(state));
        }
    }

    private static void put(final Rows rows, final int buffer, final int row, final int value) {
        if (value != RoadUserReader.ABSENT) {
            rows.buffer(buffer).put(row, value);
        }
    }

    /** Its name, which is made once. */
    private String track() {
        if (users.self()) {
            return users.device();
        }
        if (remembered >= MOST_TRACKS) {
            remembered = 0;
            seen.clear();
        }
        final int key = users.obstacleType() == RoadUserReader.ABSENT ? users.ptcId() : -1 - users.ptcId();
        return seen.computeIfAbsent(users.device(), _ -> new HashMap<>()).computeIfAbsent(key, _ -> {
            remembered++;
            return users.track();
        });
    }
}
