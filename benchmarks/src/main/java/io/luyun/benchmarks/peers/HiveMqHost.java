package io.luyun.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** HiveMQ Community Edition as its own scripts start it, with its persistence in files, which is its default. */
final class HiveMqHost {
    /** The version that this is tested with. */
    static final String VERSION = "2025.5";

    private static final String ARTIFACT = "com.hivemq:hivemq-community-edition-embedded:" + VERSION;
    private static final int MEGABYTES = 100;

    private static final List<String> FLAGS = List.of(
            "-Djava.net.preferIPv4Stack=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    private final MavenJars maven;

    HiveMqHost(final MavenJars maven) {
        this.maven = maven;
    }

    Hosts.Running start(final Path directory, final Path log) throws IOException, InterruptedException {
        final List<String> jars = maven.classPath(Contender.HIVEMQ.label(), ARTIFACT, MEGABYTES, directory);
        final int port = Hosts.freePort();
        for (final String folder : List.of("conf", "data", "log", "extensions")) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.writeString(directory.resolve("conf").resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                  </listeners>
                  <persistence><mode>file</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port));
        final List<String> command = new ArrayList<>(List.of(KafkaHost.java()));
        command.addAll(FLAGS);
        command.add("-Dhivemq.home=" + directory);
        // Its libraries go before ours, of which it is to see this one class.
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, jars) + File.pathSeparator + System.getProperty("java.class.path"),
                HiveMqMain.class.getName()));
        return Hosts.started(Contender.HIVEMQ, command, port, directory, log);
    }
}
