package io.luyun.server.mqtt;

import io.luyun.proto.v1.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What has gone over MQTT, family by family, for the status page. Any thread. */
public final class MqttStats {
    private static final int REASONS_MAX = 32;
    private static final String OTHERS = "others";
    private static final String FOREIGN = "(no topic of a family)";

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Family foreign = new Family();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unwritable = new ConcurrentHashMap<>();

    private final LongAdder swapped = new LongAdder();

    private static final class Family {
        final LongAdder publishes = new LongAdder();
        final LongAdder messages = new LongAdder();
        final LongAdder raw = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder sent = new LongAdder();

        Map<String, Long> values() {
            final Map<String, Long> values = new LinkedHashMap<>();
            values.put("publishes", publishes.sum());
            values.put("messages", messages.sum());
            values.put("rawKept", raw.sum());
            values.put("refused", refused.sum());
            values.put("sent", sent.sum());
            return values;
        }
    }

    public MqttStats(final TopicTable topics) {
        topics.families().forEach(name -> families.put(name, new Family()));
    }

    /** A device has published; null for a topic that is nothing to it. */
    void published(final @Nullable String family, final int messages, final boolean raw, final int refusals) {
        final Family of = family(family);
        of.publishes.increment();
        of.messages.add(messages);
        if (raw) {
            of.raw.increment();
        }
        of.refused.add(refusals);
    }

    /** Something was sent to a device. */
    void sent(final String family) {
        family(family).sent.increment();
    }

    /** Something was refused. */
    void refused(final ErrorCode code) {
        count(refused, code.name().replace("ERROR_CODE_", "").toLowerCase(Locale.ROOT));
    }

    /** Latitude and longitude seem to be swapped. */
    void swapped() {
        swapped.increment();
    }

    /** Something could not be sent, because the language of the topic has no words for it. */
    void unwritable(final String family, final String why) {
        count(unwritable, family + ": " + why);
    }

    /** Names, and values Jackson can write. */
    public Map<String, Object> values() {
        final Map<String, Object> byFamily = new LinkedHashMap<>();
        families.forEach((name, family) -> byFamily.put(name, family.values()));
        if (foreign.publishes.sum() > 0) {
            byFamily.put(FOREIGN, foreign.values());
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("swappedCoordinates", swapped.sum());
        values.put("rawKept", rawKept());
        values.put("families", byFamily);
        values.put("refused", sums(refused));
        values.put("unwritable", sums(unwritable));
        return values;
    }

    private long rawKept() {
        return families.values().stream().mapToLong(family -> family.raw.sum()).sum();
    }

    private Family family(final @Nullable String name) {
        final Family found = name == null ? null : families.get(name);
        return found == null ? foreign : found;
    }

    private static void count(final Map<String, LongAdder> map, final String key) {
        final String kept = map.size() < REASONS_MAX || map.containsKey(key) ? key : OTHERS;
        map.computeIfAbsent(kept, _ -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(final Map<String, LongAdder> map) {
        final Map<String, Long> sums = new TreeMap<>();
        map.forEach((name, sum) -> sums.put(name, sum.sum()));
        return sums;
    }
}
