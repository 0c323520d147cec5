package io.luyun.benchmarks.peers;

import java.io.IOException;

/** Which client speaks to which system. */
final class Clients {
    private Clients() {}

    static Client of(final Contender contender, final int port, final int vehicles, final Reports reports)
            throws IOException {
        return switch (contender) {
            case LUYUN -> new LuyunClient(port, vehicles, reports);
            case ECHO -> new EchoClient(port, vehicles, reports);
            case MOSQUITTO_QOS0 -> new MqttClient(port, vehicles, false, reports);
            case MOSQUITTO_QOS1, HIVEMQ -> new MqttClient(port, vehicles, true, reports);
            case NATS, NATS_ALWAYS -> new NatsClient(port, vehicles, reports);
            case REDIS, REDIS_ALWAYS -> new RedisClient(port, vehicles, reports);
            case KAFKA -> new KafkaClient(port, reports);
        };
    }
}
