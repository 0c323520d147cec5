package io.luyun.benchmarks.torture.rights;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/** The matrix of rights: who with which proof over which way may have what done, asked of a whole server. */
public final class RightsMatrix {
    private RightsMatrix() {}

    /**
     * Starts a server and asks it everything.
     *
     * @param directory for its files and journal; empty, and the caller's to delete
     * @throws IOException when a port or the directory is not to be had, or the server does not keep to a protocol
     */
    public static RightsReport run(final Path directory, final Breadth breadth)
            throws IOException, InterruptedException {
        final List<Entry> entries = Entry.all();
        final Cells cells = new Cells();
        final Taken taken = new Taken();
        final Samples samples = new Samples();
        long slowestMillis = 0;
        try (ServerUnderTest under = new ServerUnderTest(directory, entries)) {
            new TcpCells(under, entries, samples, taken, cells, breadth).ask();
            new MqttCells(under, entries, samples, taken, cells, breadth).ask();
            new UdpCells(under, entries, samples, taken, cells, breadth).ask();
            new HttpCells(under, cells).ask();
            counted(under, cells);
            slowestMillis = new Revocations(under, entries, cells).ask();
            cells.check("errors", under.count("errors") == 0, "the server has failed itself");
        } catch (final GeneralSecurityException e) {
            throw new IOException("no certificates: " + e.getMessage(), e);
        }
        taken.check(directory.resolve("data/journal"), cells);
        return cells.report(slowestMillis);
    }

    /** Every refusal is counted: of a handshake, a hello, a message, a datagram or a request. */
    private static void counted(final ServerUnderTest under, final Cells cells)
            throws IOException, InterruptedException {
        final Map<String, Long> counts = under.counts();
        long counted = counts.getOrDefault("handshakes_failed", 0L) + counts.getOrDefault("http_refused", 0L);
        for (final Map.Entry<String, Long> count : counts.entrySet()) {
            counted += count.getKey().startsWith("refused_") ? count.getValue() : 0;
        }
        cells.check(
                "counters",
                counted >= cells.refused(),
                counted + " are counted as refused, " + cells.refused() + " were");
    }
}
