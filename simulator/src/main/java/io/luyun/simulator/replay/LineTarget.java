package io.luyun.simulator.replay;

import io.luyun.server.research.RecordLines;
import io.luyun.server.research.TextBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** JSON, an object a line, as the journal's own tool prints records; its time is the time that belongs to the message. */
final class LineTarget extends OneWay {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final OutputStream raw;
    private final OutputStream out;
    private final RecordLines lines = new RecordLines(RecordLines.Form.NDJSON, false);
    private final TextBytes line = new TextBytes();
    private final OneRecord record = new OneRecord();

    LineTarget(final String name, final OutputStream out, final Account account) {
        super(account);
        this.name = name;
        raw = out;
        this.out = new BufferedOutputStream(out, BUFFER);
    }

    @Override
    boolean write(
            final ReplayDevice device, final int kind, final byte[] message, final long sequence, final long utcNs)
            throws IOException {
        lines.print(line, record.of(device.id(), kind, message, sequence, utcNs));
        line.moveTo(out);
        return true;
    }

    @Override
    void writeOut() throws IOException {
        out.flush();
    }

    @Override
    String why(final IOException problem) {
        return name + " takes no more: " + problem.getMessage();
    }

    @Override
    void closeIt() throws IOException {
        // all has been flushed; who waits in the buffered stream holds its lock
        raw.close();
    }
}
