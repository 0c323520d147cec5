package io.luyun.benchmarks.torture.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.Message;
import io.luyun.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything over MQTT. */
final class MqttCells {
    private static final String CANONICAL = "luyun/v1/{id}/up";

    private final ServerUnderTest under;
    private final List<Entry> entries;
    private final Samples samples;
    private final Taken taken;
    private final Cells cells;
    private final Breadth breadth;
    private final List<String> up = new ArrayList<>();
    private final List<String> down = new ArrayList<>();

    MqttCells(
            final ServerUnderTest under,
            final List<Entry> entries,
            final Samples samples,
            final Taken taken,
            final Cells cells,
            final Breadth breadth)
            throws IOException {
        this.under = under;
        this.entries = entries;
        this.samples = samples;
        this.taken = taken;
        this.cells = cells;
        this.breadth = breadth;
        topics();
    }

    /** The topics as the table tells them, read without the server's help. */
    private void topics() throws IOException {
        try (InputStream in = ServerConfig.class.getResourceAsStream("/mqtt-topics.yaml")) {
            final JsonNode families =
                    new ObjectMapper(new YAMLFactory()).readTree(in).path("families");
            families.forEach(rows -> rows.forEach(row -> {
                (row.has("up") ? up : down)
                        .add(row.path(row.has("up") ? "up" : "down").asText());
            }));
        }
    }

    void ask() throws IOException {
        for (final Entry entry : entries) {
            proofs(entry);
            kinds(entry);
            foreignTopics(entry);
        }
    }

    private void proofs(final Entry entry) throws IOException {
        for (final Proof proof : breadth.proofs()) {
            try (MqttAsker asker = connect(entry.device(), proof)) {
                cells.add(
                        "mqtt " + entry.device() + ", " + proof,
                        Oracle.proves(entry, proof),
                        asker.hello(entry.device(), Keyring.token(entry.device(), proof.token())));
            }
        }
        for (final Entry other : entries) {
            if (!other.equals(entry)) {
                try (MqttAsker asker = connect(entry.device(), Proof.of(entry))) {
                    cells.add(
                            "mqtt " + entry.device() + " as " + other.device(),
                            false,
                            asker.hello(other.device(), token(entry)));
                }
            }
        }
    }

    private void kinds(final Entry entry) throws IOException {
        try (MqttAsker asker = open(entry)) {
            for (final String kind : breadth.kinds(samples.kinds())) {
                for (int i = 0; i < 4; i++) {
                    final boolean inside = (i & 1) == 0;
                    final boolean ownId = (i & 2) == 0;
                    final Message body = samples.of(kind, inside, ownId);
                    final Answer answer = asker.publish(
                            topic(CANONICAL, entry), TcpAsker.message(body, 0).toByteArray());
                    cells.add(
                            "mqtt " + entry.device() + " " + kind + (inside ? " inside" : " outside")
                                    + (ownId ? ", own id" : ", foreign id"),
                            Oracle.sends(entry, kind, inside, ownId),
                            answer);
                    if (answer.taken()) {
                        taken.add(entry.device(), body);
                    }
                }
            }
        }
    }

    /** Topics that are another's, go the other way, or stand for many. */
    private void foreignTopics(final Entry entry) throws IOException {
        final Entry other = entries.get((entries.indexOf(entry) + 1) % entries.size());
        final byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        final String who = "mqtt " + entry.device() + " ";
        try (MqttAsker asker = open(entry)) {
            for (final String template : up) {
                if (template.contains("{id}")) {
                    final String topic = topic(template, other);
                    cells.add(who + "publishes to " + topic, false, asker.publish(topic, payload));
                }
                final String own = topic(template, entry);
                cells.add(who + "subscribes to " + own, false, asker.subscribe(own));
            }
            for (final String template : down) {
                final String own = topic(template, entry);
                cells.add(who + "publishes to " + own, false, asker.publish(own, payload));
                cells.add(who + "subscribes to " + own, template.contains("{id}"), asker.subscribe(own));
                if (template.contains("{id}")) {
                    final String topic = topic(template, other);
                    cells.add(who + "subscribes to " + topic, false, asker.subscribe(topic));
                }
            }
            for (final String filter :
                    List.of("#", "+/+/+/down", "$SYS/#", "$share/a/rsu/" + other.device() + "/rsi/down")) {
                cells.add(who + "subscribes to " + filter, false, asker.subscribe(filter));
            }
        }
    }

    private MqttAsker open(final Entry entry) throws IOException {
        final MqttAsker asker = connect(entry.device(), Proof.of(entry));
        final Answer answer = asker.hello(entry.device(), token(entry));
        if (!answer.taken()) {
            asker.close();
            throw new IOException("mqtt " + entry.device() + " is refused: " + answer.said());
        }
        return asker;
    }

    private MqttAsker connect(final String device, final Proof proof) throws IOException {
        return MqttAsker.connect(
                under.keyring().context(device, proof.certificate()),
                under.server().mqttPort());
    }

    private static String topic(final String template, final Entry entry) {
        return template.replace("{id}", entry.device());
    }

    private static String token(final Entry entry) {
        return Keyring.token(entry.device(), Proof.of(entry).token());
    }
}
