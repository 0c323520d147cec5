package io.luyun.simulator.recording;

import io.luyun.server.exchange.pcap.CaptureReader;
import io.luyun.server.exchange.pcap.Datagram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A capture, classic pcap or pcapng. UDP payloads are UPER frames or envelopes; every other packet is a frame with its problem. */
public final class CaptureFile {
    private CaptureFile() {}

    /**
     * All packets of a capture.
     *
     * @param port only datagrams to this port; 0 for all
     * @param speed how much faster than captured
     * @throws IOException when it cannot be read or is no capture
     */
    public static Recording read(final Path file, final UperFrames frames, final int port, final double speed)
            throws IOException {
        final List<FeedFrame> read = new ArrayList<>();
        final List<Long> timesNs = new ArrayList<>();
        try (CaptureReader capture = new CaptureReader(file)) {
            while (capture.next()) {
                timesNs.add(capture.timeNs());
                read.add(frame(Datagram.of(capture.linkType(), capture.packet()), frames, port));
            }
        }
        return Recording.timed(read, timesNs.stream().mapToLong(Long::longValue).toArray(), speed);
    }

    private static FeedFrame frame(final Datagram datagram, final UperFrames frames, final int port) {
        final String problem = datagram.problem();
        if (problem != null) {
            return UperFrames.Decoded.problem(problem);
        }
        return port != 0 && datagram.port() != port
                ? UperFrames.Decoded.problem("to another port")
                : frames.read(datagram.payload());
    }
}
