package io.luyun.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.journal.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as it is started, in processes of its own. A script stands in for the launcher. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DemoCommandTest {
    @TempDir
    private Path directory;

    private Path launcher = Path.of("");

    @BeforeEach
    void writeLauncher() throws IOException {
        launcher = Files.createFile(
                directory.resolve("launcher"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final String command = java(io.luyun.server.Main.class).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    }

    @Test
    void theLastLineAccountsForEveryMessage() throws Exception {
        final Process demo = demo("--seconds", "3", "--vehicles", "20", "--rsus", "2", "--json");
        final List<String> lines;
        try (BufferedReader out = demo.inputReader(UTF_8)) {
            lines = out.lines().toList();
        }

        assertThat(demo.waitFor()).as("exit code; %s", log()).isZero();
        assertThat(lines).hasSize(1);
        final JsonNode end = new ObjectMapper().readTree(lines.getFirst());
        final long sent = end.required("sent").asLong();
        // 20 vehicles and at least as much from 2 roadside units, 10 times a second
        assertThat(sent).isGreaterThan(3 * 10 * 20);
        assertThat(end.required("acked").asLong()).isEqualTo(sent);
        assertThat(end.required("journaled").asLong()).isEqualTo(sent);
        assertThat(end.required("duplicates").asLong(-1)).isZero();
        assertThat(end.required("lost").asLong(-1)).isZero();
        assertThat(end.required("refused").isObject()).isTrue();
        assertThat(end.required("refused").isEmpty()).isTrue();
        assertThat(end.required("alerts").isObject()).isTrue();
        end.required("alerts").properties().forEach(alert -> {
            assertThat(alert.getKey()).matches("[A-Z_]{3,20}");
            assertThat(alert.getValue().asLong()).isPositive();
        });
        final JsonNode ack = end.required("latencyMicros").required("ack");
        assertThat(ack.required("p50").asLong())
                .isPositive()
                .isLessThanOrEqualTo(ack.required("p99").asLong());
        assertThat(ack.required("p999").asLong())
                .isBetween(ack.required("p99").asLong(), ack.required("max").asLong());
        final JsonNode alert = end.required("latencyMicros").required("alert");
        for (final String figure : List.of("p50", "p99", "p999", "max")) {
            assertThat(alert.required(figure).isIntegralNumber()).as(figure).isTrue();
        }
        assertThat(end.required("seconds").asDouble()).isBetween(2.9, 30.0);
    }

    @Test
    void aDemonstrationThatIsKilledLeavesNoServerBehind() throws Exception {
        final Process demo = demo("--vehicles", "5", "--rsus", "1");
        final List<ProcessHandle> servers = new ArrayList<>();
        try (BufferedReader out = demo.inputReader(UTF_8)) {
            String line = out.readLine();
            String mqtt = "";
            String page = "";
            while (line != null && !line.startsWith("load ")) {
                page = line.startsWith("page ") ? line.replaceFirst("page +", "") : page;
                mqtt = line.startsWith("mqtt ") ? line : mqtt;
                line = out.readLine();
            }
            assertThat(line).as("a run has begun; %s", log()).isNotNull();
            assertThat(mqtt)
                    .matches(
                            "mqtt +alerts: mosquitto_sub -V 5 -h 127.0.0.1 -p [1-9]\\d+ -i mqtt-1 -t rsu/mqtt-1/rsi/down");
            assertThat(page).matches("http://127.0.0.1:[1-9]\\d+/");
            for (final String path : List.of("", "api/v1/places", "api/v1/supervision", "api/v1/evidence")) {
                assertThat(get(page + path)).as(path).isEqualTo(200);
            }
            demo.descendants().forEach(servers::add);
            assertThat(servers).isNotEmpty();

            demo.destroyForcibly().waitFor();

            for (final ProcessHandle server : servers) {
                server.onExit().get(30, TimeUnit.SECONDS);
            }
        } finally {
            servers.forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
        final Path journal = directory.resolve("demo/data/journal");
        assertThat(Journal.openReadOnly(journal).check().sound()).isTrue();
        assertThat(journal.resolve("checkpoint"))
                .as("written when a server ends in order")
                .exists();
    }

    private Process demo(final String... options) throws IOException {
        final List<String> command = java(Main.class);
        command.addAll(List.of("demo", "--dir", directory.resolve("demo").toString()));
        command.addAll(List.of(options));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(directory.resolve("demo.log").toFile());
        builder.environment().put("LUYUN_LAUNCHER", launcher.toString());
        return builder.start();
    }

    private static int get(final String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("demo.log"));
    }

    /** A JVM with the flags and the class path of this one. */
    private static List<String> java(final Class<?> main) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto"));
        // Both modules bring a logback.xml, of which logback would tell on stdout.
        command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
