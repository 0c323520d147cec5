package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.codec.MessageClock;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.Missing;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the journal has, and what it has not, of a window: sequences that are not there, numbers that devices left out, messages
 * that came late, times in which nothing was written. Looks at all records of the window, also those that the package leaves
 * out. One thread.
 */
final class WindowTally {
    private static final int MOST_NAMED = 1_000;
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** Ticks stand in the journal several times a second: a longer time without any record is one without a server. */
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final int lateMillis;
    private final Int2ObjectHashMap<Long2ObjectHashMap<Numbering>> numberings = new Int2ObjectHashMap<>();
    private final ArrayNode gaps = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode silences = JsonNodeFactory.instance.arrayNode();
    private long firstSequence;
    private long lastSequence;
    private long lastNs;
    private long records;
    private long gapCount;
    private long numbersLeftOut;
    private long late;

    WindowTally(final int lateMillis) {
        this.lateMillis = lateMillis;
    }

    private static final class Numbering {
        private String device = "";
        private long bootEpoch;
        private long number;
        private long late;
        private long latestMillis;
    }

    void add(final RecordCursor cursor) {
        final JournalReader record = cursor.record();
        records++;
        firstSequence = firstSequence == 0 ? record.sequence() : firstSequence;
        lastSequence = record.sequence();
        if (lastNs != 0 && record.receivedAtNs() - lastNs > SILENCE_NS && silences.size() < MOST_NAMED) {
            silences.addObject().put("from", Incident.time(lastNs)).put("until", Incident.time(record.receivedAtNs()));
        }
        lastNs = record.receivedAtNs();
        if (cursor.message()) {
            message(cursor, record);
        }
    }

    private void message(final RecordCursor cursor, final JournalReader record) {
        final Numbering of = numberings
                .computeIfAbsent(record.deviceIndex(), _ -> new Long2ObjectHashMap<>())
                .computeIfAbsent(record.bootEpoch(), _ -> new Numbering());
        if (of.device.isEmpty()) {
            of.device = cursor.deviceId();
            of.bootEpoch = record.bootEpoch();
        } else if (record.number() > of.number + 1) {
            gapCount++;
            numbersLeftOut += record.number() - of.number - 1;
            if (gaps.size() < MOST_NAMED) {
                gaps.addObject()
                        .put("device", of.device)
                        .put("bootEpoch", of.bootEpoch)
                        .put("firstNumber", of.number + 1)
                        .put("lastNumber", record.number() - 1)
                        .put("before", record.sequence());
            }
        }
        of.number = record.number();
        final int secMark = record.kind() >= Records.CONTROL_KINDS
                ? MessageClock.ABSENT
                : MessageClock.secMark(record.kind(), record.buffer(), record.payloadOffset(), record.payloadLength());
        if (secMark != MessageClock.ABSENT) {
            final long behindMillis =
                    (record.receivedAtNs() - RoadUsers.atNs(record.receivedAtNs(), secMark)) / NANOS_A_MILLI;
            if (behindMillis > lateMillis) {
                late++;
                of.late++;
                of.latestMillis = Math.max(of.latestMillis, behindMillis);
            }
        }
    }

    /** The account of the window. */
    ObjectNode json(final List<Damage> damage, final List<Missing> missing, final long chosen) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("firstSequence", firstSequence);
        node.put("lastSequence", lastSequence);
        node.put("records", records);
        node.put("inPackage", chosen);
        node.put("sequencesNotThere", records == 0 ? 0 : lastSequence - firstSequence + 1 - records);
        final ArrayNode damaged = node.putArray("damage");
        damage.forEach(each -> damaged.add(each.toString()));
        final ArrayNode known = node.putArray("knownMissing");
        for (final Missing each : missing) {
            if (each.firstSequence() <= lastSequence
                    && (each.lastSequence() == 0 || each.lastSequence() >= firstSequence)) {
                known.add(each.toString());
            }
        }
        node.put("numbersLeftOut", numbersLeftOut);
        node.put("gapCount", gapCount);
        node.set("gaps", gaps);
        node.put("lateMessages", late);
        node.put("lateIsMillis", lateMillis);
        final ArrayNode lateOnes = node.putArray("late");
        numberings
                .values()
                .forEach(epochs -> epochs.values().forEach(of -> {
                    if (of.late > 0) {
                        lateOnes.addObject()
                                .put("device", of.device)
                                .put("bootEpoch", of.bootEpoch)
                                .put("messages", of.late)
                                .put("mostMillis", of.latestMillis);
                    }
                }));
        node.set("silences", silences);
        return node;
    }
}
