package io.luyun.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The systems that are compared: what each is called, where it comes from, how it is set up, and what it promises. */
public enum Contender {
    /** Luyun itself. */
    LUYUN(
            "luyun",
            "",
            "synced: on the disk, survives a power cut; decoded, checked and decided upon before",
            "defaults of serve; speed limit warnings raised and cleared by one report (confirmReports 1, holdMillis 0)"),
    /** A bare Netty echo: the floor. */
    ECHO("echo", "", "nothing: the bytes come back", "one event loop, one flush for each read"),
    /** Mosquitto with quality 0. */
    MOSQUITTO_QOS0(
            "mosquitto-qos0",
            "mosquitto",
            "nothing: no acknowledgement; the last message of each topic is saved every 10 s",
            Settings.MOSQUITTO),
    /** Mosquitto with quality 1. */
    MOSQUITTO_QOS1(
            "mosquitto-qos1",
            "mosquitto",
            "in the memory of the broker, lost when it is killed; the last message of each topic is saved every 10 s",
            Settings.MOSQUITTO),
    /** JetStream as it comes. */
    NATS(
            "nats-jetstream",
            "nats-server",
            "in the page cache: survives the end of the server, what is younger than its sync interval is lost at a power cut",
            "stream with file storage, one replica, defaults; subscriber is a push consumer without acknowledgement"),
    /** JetStream that syncs each message. */
    NATS_ALWAYS(
            "nats-jetstream-always",
            "nats-server",
            "synced: on the disk, survives a power cut",
            "as nats-jetstream, with sync_interval: always"),
    /** Redis streams, synced every second. */
    REDIS(
            "redis-streams",
            "redis-server",
            "in the page cache: survives the end of the server, up to two seconds are lost at a power cut",
            "appendonly yes, appendfsync everysec, no snapshots; subscriber is XREAD BLOCK"),
    /** Redis streams that sync before they answer. */
    REDIS_ALWAYS(
            "redis-streams-always",
            "redis-server",
            "synced: on the disk, survives a power cut",
            "appendonly yes, appendfsync always, no snapshots; subscriber is XREAD BLOCK"),
    /** A single Kafka broker. */
    KAFKA(
            "kafka",
            "",
            "in the page cache: survives the end of the broker, what the system has not written by itself is lost at a power cut",
            "one broker, KRaft, topics of one partition, acks=all, linger.ms=0, flush by the system (its default); one producer "
                    + "for all vehicles, since that is how its client is used, which batches what they send at once"),
    /** HiveMQ Community Edition with quality 1. */
    HIVEMQ(
            "hivemq-ce",
            "",
            "the last message of each topic is in files of the broker, unsynced: what is young is lost at a power cut",
            "MQTT 3.1.1 with quality 1, published retained; persistence in files, everybody let in, else defaults");

    private final String label;
    private final String program;
    private final String promise;
    private final String settings;

    Contender(final String label, final String program, final String promise, final String settings) {
        this.label = label;
        this.program = program;
        this.promise = promise;
        this.settings = settings;
    }

    /** What it is called on the command line and in tables. */
    public String label() {
        return label;
    }

    /** Its command, which is also the name of its Debian package; empty when it comes with Luyun or through Maven. */
    public String program() {
        return program;
    }

    /** What is certain of a message when it is acknowledged. */
    public String promise() {
        return promise;
    }

    /** How it is set up. */
    public String settings() {
        return settings;
    }

    /** Those that Luyun is measured against. */
    public static List<Contender> peers() {
        return Arrays.stream(values()).filter(one -> one != LUYUN).toList();
    }

    /**
     * Those of a name, which may be that of a family: {@code redis} are both {@code redis-streams}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static List<Contender> named(final String name) {
        final String wanted = name.toLowerCase(Locale.ROOT);
        final List<Contender> exact =
                peers().stream().filter(one -> one.label.equals(wanted)).toList();
        final List<Contender> found = exact.isEmpty()
                ? peers().stream()
                        .filter(one -> one.label.startsWith(wanted + "-"))
                        .toList()
                : exact;
        if (found.isEmpty()) {
            throw new IllegalArgumentException("--only: '" + name + "' is none of "
                    + peers().stream().map(Contender::label).collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** The one of exactly this name. */
    public static Contender of(final String label) {
        return Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender is called '" + label + "'"));
    }

    private static final class Settings {
        static final String MOSQUITTO =
                "MQTT 3.1.1, published retained; persistence, autosave every 10 s, set_tcp_nodelay, no limit of queued messages";
    }
}
