package io.luyun.server.mqtt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.luyun.server.monitor.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The topics of all families, read from a table. Immutable; any thread. */
public final class TopicTable {
    private static final String BUILT_IN = "/mqtt-topics.yaml";
    private static final int TOPIC_BYTES_MAX = 256;
    private static final ObjectReader READER = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Root.class);

    private final Map<String, TopicRule> fixed = new HashMap<>();
    private final Map<String, Map<String, TopicRule>> byPrefix = new HashMap<>();
    private final List<TopicRule> down = new ArrayList<>();
    private final List<String> families = new ArrayList<>();
    private final AlertTable alerts;
    private final List<String> senderMembers;

    record Root(
            @Nullable Map<String, @Nullable List<@Nullable Row>> families,
            @Nullable Map<String, AlertTable.@Nullable Line> alerts,
            @Nullable List<String> senderMembers) {}

    record Row(
            @Nullable String up,
            @Nullable String down,
            @Nullable String form,
            @Nullable String content,
            @Nullable Set<String> carries,
            @Nullable Boolean ack) {}

    private TopicTable(final Root root) {
        senderMembers = root.senderMembers() == null ? List.of() : List.copyOf(root.senderMembers());
        alerts = root.alerts() == null ? load("").alerts : new AlertTable(root.alerts());
        given("families", root.families()).forEach((family, rows) -> {
            families.add(family);
            for (int i = 0; i < given(family, rows).size(); i++) {
                final String at = family + "[" + i + "].";
                add(family, at, given(at, rows.get(i)));
            }
        });
    }

    /** Reads a file, or the built-in table when the name is empty; fails with one line. */
    public static TopicTable load(final String file) {
        try (InputStream in =
                file.isEmpty() ? TopicTable.class.getResourceAsStream(BUILT_IN) : Files.newInputStream(Path.of(file))) {
            final @Nullable Root root = READER.readValue(in);
            return new TopicTable(root == null ? new Root(null, null, null) : root);
        } catch (final JacksonException e) {
            throw new IllegalArgumentException(
                    "mqtt.topics = " + file + ": " + Settings.firstLine(e.getOriginalMessage()), e);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("mqtt.topics = " + file + ": " + e.getMessage(), e);
        } catch (final IOException e) {
            if (file.isEmpty()) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalArgumentException("mqtt.topics = " + file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What this topic is for this device; null when it is nothing to it. */
    @Nullable
    TopicRule find(final String topic, final String deviceId) {
        final TopicRule plain = fixed.get(topic);
        if (plain != null) {
            return plain;
        }
        for (final Map.Entry<String, Map<String, TopicRule>> entry : byPrefix.entrySet()) {
            final int at = entry.getKey().length();
            if (topic.startsWith(entry.getKey()) && topic.startsWith(deviceId, at)) {
                final TopicRule rule = entry.getValue().get(topic.substring(at + deviceId.length()));
                if (rule != null) {
                    return rule;
                }
            }
        }
        return null;
    }

    /** Members in which JSON may name its sender. */
    public List<String> senderMembers() {
        return senderMembers;
    }

    /** The topics that carry something down. */
    List<TopicRule> down() {
        return down;
    }

    /** Names of the families, in order. */
    List<String> families() {
        return families;
    }

    /** How alerts look on them. */
    AlertTable alerts() {
        return alerts;
    }

    private static <T> T given(final String key, final @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(key + ": must be given");
        }
        return value;
    }

    private void add(final String family, final String at, final Row row) {
        final String template = row.up() != null ? row.up() : row.down();
        if (template == null || (row.up() != null && row.down() != null)) {
            throw new IllegalArgumentException(at + "up: one of up and down must be given");
        }
        Settings.require(
                template.length() <= TOPIC_BYTES_MAX && template.indexOf('#') < 0 && template.indexOf('+') < 0,
                at + "up",
                template,
                "must be a topic of at most " + TOPIC_BYTES_MAX + " bytes without wildcards");
        final boolean ack = row.ack() != null && row.ack();
        final boolean up = row.up() != null;
        add(new TopicRule(
                family,
                template,
                up,
                form(at, row.form()),
                row.content() == null ? "" : row.content(),
                row.carries() == null ? Set.of() : Set.copyOf(row.carries()),
                ack));
        if (ack) {
            final TopicRule.Form form = up ? TopicRule.Form.RAW : TopicRule.Form.ACK;
            add(new TopicRule(family, template + TopicRule.ACK_SUFFIX, !up, form, "", Set.of(), false));
        }
    }

    private void add(final TopicRule rule) {
        final String suffix = rule.suffix();
        final TopicRule before = suffix == null
                ? fixed.put(rule.template(), rule)
                : byPrefix.computeIfAbsent(rule.prefix(), _ -> new HashMap<>()).put(suffix, rule);
        Settings.require(before == null, "topic", rule.template(), "stands there twice");
        if (!rule.carries().isEmpty()) {
            down.add(rule);
        }
    }

    private static TopicRule.Form form(final String at, final @Nullable String name) {
        for (final TopicRule.Form form : TopicRule.Form.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(name)) {
                return form;
            }
        }
        throw new IllegalArgumentException(at + "form = " + name
                + ": must be message, alert, frame, envelope, envelopes, payment, json, raw or ack");
    }
}
