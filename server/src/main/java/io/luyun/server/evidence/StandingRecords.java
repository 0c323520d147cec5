package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.server.journal.Damage;
import io.luyun.server.research.Area;
import io.luyun.server.research.Content;
import io.luyun.server.research.RawRecords;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import io.luyun.server.research.TextBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was said before a window and may still hold in it, without which what is said in the window cannot be read: of each device the last
 * MAP of a node and the last RSI of the same events and signs. One thread.
 */
final class StandingRecords {
    /** What holds is repeated: every second or so, at least every few minutes. */
    static final long LOOK_BACK_NS = TimeUnit.MINUTES.toNanos(5);

    private static final Set<Integer> KINDS =
            Set.of(RecordKind.RECORD_KIND_MAP_VALUE, RecordKind.RECORD_KIND_RSI_VALUE);

    private final Recording recording;
    private final Pace pace;
    private final Selection before;
    private final @Nullable Area area;
    private final Map<String, Frame> last = new HashMap<>();

    StandingRecords(final Incident incident, final Recording recording, final Pace pace) {
        this.recording = recording;
        this.pace = pace;
        before = Selection.ALL
                .withTimes(incident.fromNs() - LOOK_BACK_NS, incident.fromNs())
                .withKinds(KINDS);
        area = incident.area();
    }

    private record Frame(long sequence, int device, String deviceId, ByteArrayOutputStream bytes) {}

    /** Adds the devices whose MAP or RSI of then lies in the area. */
    void near(final BitSet near) {
        final Area there = area;
        if (there == null) {
            return;
        }
        final Content content = new Content(List.of(), List.of(there), List.of(), Set.of(), Set.of());
        try (Records records = recording.records(before.withContent(content), _ -> pace.step())) {
            while (records.next()) {
                pace.step();
                if (records instanceof final RecordCursor cursor
                        && cursor.record().deviceIndex() >= 0) {
                    near.set(cursor.record().deviceIndex());
                }
            }
        }
    }

    /** Writes those of these devices, of all where there is no area; answers which, and adds the devices' ids. */
    ObjectNode write(final OutputStream out, final BitSet near, final SortedMap<Integer, String> devices)
            throws IOException {
        final ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("from", Incident.time(before.fromNs())).put("until", Incident.time(before.untilNs()));
        final List<Damage> damage;
        try (Records records = recording.records(before, _ -> pace.step())) {
            while (records.next()) {
                pace.step();
                if (records instanceof final RecordCursor cursor) {
                    take(cursor, near);
                }
            }
            damage = records.damage();
        }
        final SortedMap<Long, Frame> inOrder = new TreeMap<>();
        last.values().forEach(frame -> inOrder.put(frame.sequence(), frame));
        final ArrayNode sequences = told.put("records", inOrder.size()).putArray("sequences");
        for (final Frame frame : inOrder.values()) {
            frame.bytes().writeTo(out);
            devices.put(frame.device(), frame.deviceId());
            sequences.add(frame.sequence());
        }
        final ArrayNode damaged = told.putArray("damage");
        damage.forEach(each -> damaged.add(each.toString()));
        return told;
    }

    private void take(final RecordCursor cursor, final BitSet near) throws IOException {
        final int device = cursor.record().deviceIndex();
        if (device < 0 || (area != null && !near.get(device))) {
            return;
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final TextBytes raw = new TextBytes();
        new RawRecords().print(raw, cursor);
        raw.moveTo(bytes);
        final Frame frame = new Frame(cursor.sequence(), device, cursor.deviceId(), bytes);
        try {
            if (cursor.kind() == RecordKind.RECORD_KIND_MAP_VALUE) {
                for (final MapNode node : MapData.parseFrom(cursor.payload()).getNodesList()) {
                    last.put(
                            device + " node " + node.getId().getRegion() + ":"
                                    + node.getId().getId(),
                            frame);
                }
            } else {
                last.put(device + subjects(Rsi.parseFrom(cursor.payload())), frame);
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + cursor.sequence() + " is not what its checksum says", e);
        }
    }

    private static String subjects(final Rsi rsi) {
        final StringBuilder ids = new StringBuilder();
        for (final RoadEvent event : rsi.getEventsList()) {
            ids.append(" event ").append(event.getEventId());
        }
        for (final RoadSign sign : rsi.getSignsList()) {
            ids.append(" sign ").append(sign.getSignId());
        }
        return ids.toString();
    }
}
