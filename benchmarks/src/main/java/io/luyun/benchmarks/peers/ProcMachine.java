package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.ProcessCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Out of {@code /proc}. User, system and interrupt time of the machine less that of our processes and of the kernel's threads is what
 * others used, on whatever core; time that the host took away (steal) counts to it.
 */
final class ProcMachine implements Machine {
    private static final long NANOS_PER_TICK = 10_000_000L;

    /** Fields of the first line of {@code /proc/stat} that are work: user, nice, system, irq, softirq, steal. */
    private static final int[] WORK = {1, 2, 3, 6, 7, 8};

    private static final String KTHREADD = "2";
    private static final long KIB = 1_024;

    private final ProcessHandle server;
    private final List<Long> ours;
    private final List<Path> kernel;

    /**
     * Looks for the threads of the kernel once.
     *
     * @param server process of the system under test; what it starts belongs to it
     * @param ours processes of the measurement
     */
    ProcMachine(final long server, final List<Long> ours) throws IOException {
        this.server = ProcessHandle.of(server)
                .orElseThrow(() -> new IOException("process " + server + " of the system under test has ended"));
        this.ours = List.copyOf(ours);
        kernel = kernelThreads();
    }

    @Override
    public Look look() throws IOException {
        long oursNs = 0;
        for (final long pid : ours) {
            oursNs += alone(Path.of("/proc", Long.toString(pid)));
        }
        long kernelNs = 0;
        for (final Path thread : kernel) {
            kernelNs += alone(thread);
        }
        final long busyNs = busyNanos(Files.readString(Path.of("/proc/stat")));
        long serverNs = 0;
        long ownBytes = 0;
        long residentBytes = 0;
        final List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server);
        for (final ProcessHandle process : all) {
            final Path directory = Path.of("/proc", Long.toString(process.pid()));
            serverNs += withEnded(directory);
            final String status = read(directory.resolve("status"));
            ownBytes += bytes(status, "RssAnon:");
            residentBytes += bytes(status, "VmRSS:");
        }
        return new Look(serverNs, oursNs, kernelNs, busyNs, ownBytes, residentBytes);
    }

    /** User and system time, that of children that have ended and were waited for included. */
    static long treeNanosIn(final String stat) {
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return ProcessCpu.nanosIn(stat) + (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_PER_TICK;
    }

    /** What all cores have worked. */
    static long busyNanos(final String stat) {
        final String[] fields = stat.substring(0, stat.indexOf('\n')).trim().split(" +");
        long ticks = 0;
        for (final int field : WORK) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * NANOS_PER_TICK;
    }

    static long bytes(final String status, final String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .sum();
    }

    private static long alone(final Path directory) throws IOException {
        final String stat = read(directory.resolve("stat"));
        return stat.isEmpty() ? 0 : ProcessCpu.nanosIn(stat);
    }

    private static long withEnded(final Path directory) throws IOException {
        final String stat = read(directory.resolve("stat"));
        return stat.isEmpty() ? 0 : treeNanosIn(stat);
    }

    /** Empty when the process has ended. */
    private static String read(final Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (final NoSuchFileException e) {
            return "";
        } catch (final IOException e) {
            // A process that ends while its file is read.
            if (Files.exists(file)) {
                throw e;
            }
            return "";
        }
    }

    private static List<Path> kernelThreads() throws IOException {
        final List<Path> threads = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (final Path directory : all.toList()) {
                final String stat =
                        directory.getFileName().toString().matches("\\d+") ? read(directory.resolve("stat")) : "";
                if (!stat.isEmpty() && parent(stat).equals(KTHREADD)) {
                    threads.add(directory);
                }
            }
        }
        return threads;
    }

    private static String parent(final String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1];
    }
}
