package io.luyun.server.exchange.mcap;

import io.luyun.proto.codec.MessageClock;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The records themselves, a topic a kind: {@code /bsm}, {@code /session_opened}. One thread. */
final class RawTopics {
    /** In the metadata of a channel: the number of RecordKind of what it carries. */
    static final String KIND = "luyun.kind";

    private static final String PREFIX = "RECORD_KIND_";
    private static final int NONE = -1;

    private final McapWriter writer;
    private final ProtoWriter out;
    private final Map<String, Integer> schemas = new HashMap<>();
    /** By kind. */
    private int[] channels = new int[RecordKind.RECORD_KIND_ALERT_VALUE + 1];

    RawTopics(final McapWriter writer) {
        this.writer = writer;
        out = new ProtoWriter(writer.content());
        Arrays.fill(channels, NONE);
    }

    void add(final Records record) {
        final long receivedAtNs = record.receivedAtNs();
        final int begun =
                writer.begin(channel(record.kind()), record.sequence(), receivedAtNs, sentAtNs(record, receivedAtNs));
        RecordHead.write(out, record);
        writer.content().bytes(record.buffer(), record.payloadOffset(), record.payloadLength());
        writer.end(begun);
    }

    /** When it was by the clock of its device; the receive time where it does not tell. */
    private static long sentAtNs(final Records record, final long receivedAtNs) {
        if (record.kind() >= Records.CONTROL_KINDS) {
            return receivedAtNs;
        }
        final int secMark =
                MessageClock.secMark(record.kind(), record.buffer(), record.payloadOffset(), record.payloadLength());
        return secMark == MessageClock.ABSENT ? receivedAtNs : RoadUsers.atNs(receivedAtNs, secMark);
    }

    private int channel(final int kind) {
        if (kind >= channels.length) {
            final int old = channels.length;
            channels = Arrays.copyOf(channels, kind + 1);
            Arrays.fill(channels, old, channels.length, NONE);
        }
        if (channels[kind] == NONE) {
            final int schema = schemas.computeIfAbsent(
                    RecordSchemas.name(kind), name -> writer.schema(name, RecordSchemas.descriptors(kind)));
            channels[kind] = writer.channel(schema, topic(kind), Map.of(KIND, Integer.toString(kind)));
        }
        return channels[kind];
    }

    private static String topic(final int kind) {
        final RecordKind known = RecordKind.forNumber(kind);
        return known == null
                ? "/kind_" + kind
                : "/" + known.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }
}
