package io.luyun.simulator.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process runs on, as Linux tells it. Stateless. */
public final class HostFacts {
    private static final String UNKNOWN = "unknown";
    private static final long BYTES_A_KB = 1024;

    private HostFacts() {}

    /**
     * This machine and this Java machine.
     *
     * @param luyun version of Luyun
     */
    public static RunReport.Host here(final String luyun) {
        return of(Path.of("/proc"), luyun);
    }

    /** The same from a directory such as {@code /proc}; what cannot be read there is "unknown", or 0. */
    static RunReport.Host of(final Path proc, final String luyun) {
        final RuntimeMXBean java = ManagementFactory.getRuntimeMXBean();
        final String memory = value(proc.resolve("meminfo"), "MemTotal").replaceAll("\\D", "");
        return new RunReport.Host(
                value(proc.resolve("cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory.isEmpty() ? 0 : Long.parseLong(memory) * BYTES_A_KB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                java.getVmName() + " " + Runtime.version(),
                flags(java.getInputArguments()),
                luyun);
    }

    /** Without what opens modules, which says nothing of a run and is long. */
    private static List<String> flags(final List<String> arguments) {
        return arguments.stream()
                .filter(argument -> Stream.of("--add-opens", "--add-exports", "--enable-native-access")
                        .noneMatch(argument::startsWith))
                .toList();
    }

    private static String value(final Path file, final String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (final IOException _) {
            return UNKNOWN; // a container may hide it
        }
    }
}
