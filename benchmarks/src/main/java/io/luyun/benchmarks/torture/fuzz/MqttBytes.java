package io.luyun.benchmarks.torture.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packets a unit sends over MQTT 3.1.1 and 5, written octet by octet. */
final class MqttBytes {
    private static final String ID = "fuzz-1";
    private static final int VERSION_5 = 5;
    /** Topics of JSON by what it is about. */
    private static final Map<String, String> TOPICS = Map.of(
            "participants", "rscu/fuzz-1/participant/up",
            "events", "rscu/fuzz-1/event/up",
            "lamps", "rscu/fuzz-1/lamp/up",
            "traffic", "rscu/fuzz-1/traffic/up",
            "map", "rsu/fuzz-1/map/up",
            "rsm", "rsu/fuzz-1/rsm/up",
            "rsi", "rsu/fuzz-1/rsi/up",
            "spat", "rsu/fuzz-1/spat/up");

    private MqttBytes() {}

    static List<byte[]> connects() {
        final List<byte[]> connects = new ArrayList<>();
        connects.add(connect(4));
        connects.add(connect(VERSION_5));
        // a will, a user and a password, and properties
        final Packet will =
                new Packet().text("MQTT").octet(VERSION_5).octet(0xEE).number(30);
        will.block(new Packet()
                .octet(0x11)
                .number4(60)
                .octet(0x21)
                .number(10)
                .octet(0x22)
                .number(5)
                .octet(0x26)
                .text("k")
                .text("v"));
        will.text(ID)
                .block(new Packet().octet(0x18).number4(5))
                .text("rsu/fuzz-1/info/up")
                .text("{}");
        connects.add(will.text("RSU").text("secret").as(0x10));
        connects.add(new Packet()
                .text("MQIsdp")
                .octet(3)
                .octet(2)
                .number(30)
                .text(ID)
                .as(0x10));
        return connects;
    }

    static byte[] connect(final int version) {
        final Packet connect = new Packet().text("MQTT").octet(version).octet(2).number(60);
        if (version == VERSION_5) {
            connect.block(new Packet().octet(0x21).number(20).octet(0x27).number4(65_536));
        }
        return connect.text(ID).as(0x10);
    }

    static List<byte[]> packets(final int version) {
        final List<byte[]> packets = new ArrayList<>();
        final byte[] bsm = EnvelopeTarget.seeds(Port.NOW_NS / 1_000_000).getFirst();
        packets.add(publish(version, 1, 1, "V2X.RSU.BSM.UP", bsm));
        packets.add(publish(version, 2, 2, "rsu/fuzz-1/bsm/up", bsm));
        packets.add(publish(
                version, 0, 0, "rscu/fuzz-1/v2x/up", Seeds.hex("uper-2019").getFirst()));
        Seeds.json()
                .forEach((content, texts) -> texts.forEach(text ->
                        packets.add(publish(version, 1, 3, TOPICS.getOrDefault(content, "rsu/fuzz-1/info/up"), text))));
        packets.add(new Packet().number(2).as(0x62));
        packets.add(new Packet().number(7).as(0x40));
        final Packet subscribe = new Packet().number(4);
        final Packet unsubscribe = new Packet().number(5);
        if (version == VERSION_5) {
            subscribe.block(new Packet().octet(0x0B).octet(1));
            unsubscribe.block(new Packet());
            packets.add(new Packet()
                    .octet(0x04)
                    .block(new Packet().octet(0x11).number4(9))
                    .as(0xE0));
            packets.add(alias());
        }
        packets.add(subscribe
                .text("rsu/fuzz-1/rsi/down")
                .octet(1)
                .text("luyun/v1/fuzz-1/alert")
                .octet(0)
                .as(0x82));
        packets.add(unsubscribe.text("rsu/fuzz-1/rsi/down").as(0xA2));
        packets.add(new Packet().as(0xC0));
        packets.add(new Packet().as(0xE0));
        return packets;
    }

    private static byte[] publish(
            final int version, final int qos, final int packetId, final String topic, final byte[] payload) {
        final Packet publish = new Packet().text(topic);
        if (qos > 0) {
            publish.number(packetId);
        }
        if (version == VERSION_5) {
            publish.block(new Packet());
        }
        return publish.octets(payload).as(0x30 | qos << 1);
    }

    private static byte[] alias() {
        return new Packet()
                .text("rsu/fuzz-1/info/up")
                .block(new Packet().octet(0x23).number(1).octet(0x01).octet(1))
                .octets("{}".getBytes(StandardCharsets.UTF_8))
                .as(0x30);
    }

    /** A packet that grows. */
    private static final class Packet {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Packet octet(final int value) {
            out.write(value);
            return this;
        }

        Packet number(final int value) {
            return octet(value >>> 8).octet(value);
        }

        Packet number4(final int value) {
            return number(value >>> 16).number(value);
        }

        Packet octets(final byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Packet text(final String text) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return number(bytes.length).octets(bytes);
        }

        /** Properties: their length, then they. */
        Packet block(final Packet properties) {
            return length(properties.out.size()).octets(properties.out.toByteArray());
        }

        private Packet length(final int value) {
            int rest = value;
            while (rest >= 0x80) {
                octet((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            return octet(rest);
        }

        byte[] as(final int head) {
            return new Packet()
                    .octet(head)
                    .length(out.size())
                    .octets(out.toByteArray())
                    .out
                    .toByteArray();
        }
    }
}
