package io.luyun.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A single Kafka broker that is its own controller (KRaft), with the flags of the JVM that Kafka's own scripts choose. */
final class KafkaHost {
    /** The version that this is tested with; the parent POM has it for the client. */
    static final String VERSION = "4.4.0";

    private static final String ARTIFACT = "org.apache.kafka:kafka_2.13:" + VERSION;
    private static final int MEGABYTES = 45;

    /** Sixteen bytes that name the cluster. */
    private static final String CLUSTER_ID = "bHV5dW5iZW5jaHBlZXJzMQ";

    private static final List<String> FLAGS = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent");

    private final MavenJars maven;

    KafkaHost(final MavenJars maven) {
        this.maven = maven;
    }

    Hosts.Running start(final Path directory, final Path log) throws IOException, InterruptedException {
        final List<String> jars = maven.classPath(Contender.KAFKA.label(), ARTIFACT, MEGABYTES, directory);
        final String classPath = String.join(File.pathSeparator, jars);
        final int port = Hosts.freePort();
        final Path config = Files.writeString(
                directory.resolve("server.properties"), config(port, Hosts.freePort(), directory.resolve("data")));
        final String formatted = Programs.output(
                java(),
                "-cp",
                classPath,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER_ID,
                "-c",
                config.toString());
        if (!Files.exists(directory.resolve("data").resolve("meta.properties"))) {
            throw new IOException("the storage of Kafka could not be formatted: " + formatted.strip());
        }
        final List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, "kafka.Kafka", config.toString()));
        final Hosts.Running running = Hosts.started(Contender.KAFKA, command, port, directory, log);
        return new Hosts.Running(running.child(), port, jars);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String config(final int port, final int controllerPort, final Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                """.formatted(port, controllerPort, data);
    }
}
