package io.luyun.simulator.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.tools.RecordText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** JSON, an object a line, as the journal's own tool prints records; its time is the time that belongs to the message. */
final class LineTarget extends OneWay {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final OutputStream raw;
    private final OutputStream out;

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
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sequence", sequence);
        node.put("time", RecordText.time(utcNs));
        node.put("kind", RecordText.kind(kind));
        node.put("device", device.id());
        node.set("payload", RecordText.payload(kind, message));
        out.write(node.toString().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
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
