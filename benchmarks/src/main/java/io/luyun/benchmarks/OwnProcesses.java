package io.luyun.benchmarks;

import io.luyun.benchmarks.peers.Load;
import io.luyun.benchmarks.peers.OwnHost;
import io.luyun.benchmarks.peers.Turn;
import io.luyun.benchmarks.rig.Child;
import io.luyun.server.live.LiveConfig;
import io.luyun.server.ops.OpsConfig;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts our own programs from the class path of this process, with the flags that let Chronicle Queue at the JDK. */
final class OwnProcesses implements OwnHost {
    /** One collector thread, and heap for what open loops keep of messages that are not taken in time. */
    private static final List<String> GENERATOR =
            List.of("-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-Xms512m", "-Xmx512m");

    private final int vehicles;
    private final int browsers;
    private final List<String> serverFlags;

    /**
     * Nothing is started yet.
     *
     * @param browsers how many may watch, all from one address
     * @param serverFlags JVM flags of server and echo
     */
    OwnProcesses(final int vehicles, final int browsers, final String serverFlags) {
        this.vehicles = vehicles;
        this.browsers = browsers;
        this.serverFlags = List.of(serverFlags.trim().split("\\s+"));
    }

    @Override
    public Child luyun(final Path directory, final Path log) throws IOException {
        ZoneText.write(directory.resolve("zone.geojson"), vehicles, 1, FleetReports.LIMIT_KMH);
        final Path config = Files.writeString(directory.resolve("server.yaml"), """
                data: data
                zone:
                  file: zone.geojson
                net:
                  port: 0
                  insecure: true
                ops:
                  port: 0
                  requestsPerSecond: %d
                live:
                  maxBrowsers: %d
                alert:
                  speedLimit:
                    confirmReports: 1
                    holdMillis: 0
                evidence:
                  enabled: false
                """.formatted(
                        Math.max(OpsConfig.defaults().requestsPerSecond(), browsers),
                        Math.max(LiveConfig.defaults().maxBrowsers(), browsers)));
        return Child.run(
                "luyun",
                java(serverFlags, List.of(), "io.luyun.server.Main", List.of("serve", "--config", config.toString())),
                log);
    }

    @Override
    public Child echo(final Path log) throws IOException {
        return Child.run("echo", java(serverFlags, List.of(), Main.class.getName(), List.of("echo")), log);
    }

    @Override
    public Child generator(final Turn turn, final Load load, final List<String> classPath, final Path log)
            throws IOException {
        return Child.run(
                "generator of " + turn.contender().label(),
                java(GENERATOR, classPath, Main.class.getName(), GeneratePeersCommand.words(turn, load)),
                log);
    }

    private static List<String> java(
            final List<String> flags, final List<String> classPath, final String main, final List<String> words) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Whatever opens packages or quietens libraries; sizes, collectors and agents of this process are its own.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(flags);
        command.add("-cp");
        final List<String> path = new ArrayList<>();
        path.add(System.getProperty("java.class.path"));
        path.addAll(classPath);
        command.add(String.join(File.pathSeparator, path));
        command.add(main);
        command.addAll(words);
        return command;
    }
}
