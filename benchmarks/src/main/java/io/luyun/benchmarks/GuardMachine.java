package io.luyun.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine a run was made on.
 *
 * @param cpu its processor as it calls itself
 * @param cores processors that the JVM may use
 * @param memoryMebibytes of the machine
 * @param system name and release of the operating system
 * @param jvm name and version of the virtual machine
 * @param load average load of the last minute before the run, over all processors; below 0 where it cannot be told. What is
 *     above zero was other work
 */
record GuardMachine(String cpu, int cores, long memoryMebibytes, String system, String jvm, double load) {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /** This one, now. */
    static GuardMachine here() throws IOException {
        final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new GuardMachine(
                model(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 20,
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Math.rint(system.getSystemLoadAverage() * 100) / 100);
    }

    private static String model() throws IOException {
        if (!Files.isReadable(CPU)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
