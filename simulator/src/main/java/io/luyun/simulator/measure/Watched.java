package io.luyun.simulator.measure;

import org.jspecify.annotations.Nullable;

/** How much processor time generator, server and everybody else use from look to look. One thread. */
public final class Watched {
    private static final double NS = 1e9;

    private final ProcessorTime generator = ProcessorTime.own();
    private final @Nullable ProcessorTime server;
    private long atNs;
    private long generatorNs;
    private long serverNs;
    private long machineNs;

    /**
     * What was used between two looks, each as a number of processors.
     *
     * @param seconds how long between them
     * @param generator by this process
     * @param server by the server, or null when it is not known
     * @param others by everybody else, or null when that is not known
     */
    public record Cores(
            double seconds,
            double generator,
            @Nullable Double server,
            @Nullable Double others) {}

    /**
     * Begins.
     *
     * @param serverPid process of the server, or null when it is elsewhere
     * @throws IllegalArgumentException when there is no such process
     */
    public Watched(final @Nullable Long serverPid, final long nowNs) {
        server = serverPid == null ? null : new ProcessorTime(serverPid);
        atNs = nowNs;
        generatorNs = generator.nanos();
        serverNs = server == null ? 0 : server.nanos();
        machineNs = MachineTime.nanos();
    }

    /** What was used since the last look. */
    public Cores look(final long nowNs) {
        final double spanNs = Math.max(1, nowNs - atNs);
        final long generatorNow = generator.nanos();
        final long serverNow = server == null ? 0 : Math.max(serverNs, server.nanos());
        final long machineNow = MachineTime.nanos();
        final double own = (generatorNow - generatorNs) / spanNs;
        final double its = (serverNow - serverNs) / spanNs;
        final boolean all = server != null && machineNow != MachineTime.UNKNOWN && machineNs != MachineTime.UNKNOWN;
        final double rest = Math.max(0, (machineNow - machineNs) / spanNs - own - its);
        atNs = nowNs;
        generatorNs = generatorNow;
        serverNs = serverNow;
        machineNs = machineNow;
        return new Cores(
                spanNs / NS, own, server == null ? null : Double.valueOf(its), all ? Double.valueOf(rest) : null);
    }
}
