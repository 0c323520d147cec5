package io.luyun.benchmarks.torture.fuzz;

import io.luyun.server.net.BarePort;
import java.util.List;

/** What comes on a connection of the device port, from the socket's bytes to the record: each input is a connection. */
final class ConnectionTarget implements Target {
    private final String name;
    private final Port.Language language;
    private final List<byte[]> first;
    private final List<byte[]> seeds;
    private final Port port = new Port();

    private ConnectionTarget(
            final String name, final Port.Language language, final List<byte[]> first, final List<byte[]> seeds) {
        this.name = name;
        this.language = language;
        this.first = first;
        this.seeds = seeds;
    }

    /** Frames of the server's own language on a connection that has not said hello. */
    static Target tcpHello() {
        return new ConnectionTarget(
                "tcp-hello", BarePort::speak, List.of(), Seeds.join(DeviceBytes.hellos(), Seeds.hex("frames")));
    }

    /** The same behind a hello that was good. */
    static Target tcp() {
        return new ConnectionTarget("tcp", BarePort::speak, DeviceBytes.hellos().subList(0, 1), Seeds.hex("frames"));
    }

    /** Packets of MQTT 3.1.1 and 5 on a connection that has not connected. */
    static Target mqttConnect() {
        return new ConnectionTarget(
                "mqtt-connect", BarePort::speakMqtt, List.of(), Seeds.join(MqttBytes.connects(), MqttBytes.packets(5)));
    }

    /** The same behind a connect that was good. */
    static Target mqtt(final int version) {
        return new ConnectionTarget(
                version == 5 ? "mqtt-5" : "mqtt-3.1.1",
                BarePort::speakMqtt,
                List.of(MqttBytes.connect(version)),
                MqttBytes.packets(version));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public boolean buffers() {
        return true;
    }

    @Override
    public void ready() {
        port.connect(language);
        first.forEach(port::send);
    }

    @Override
    public void accept(final byte[] input) {
        port.send(input);
    }

    @Override
    public void close() {
        port.close();
    }
}
