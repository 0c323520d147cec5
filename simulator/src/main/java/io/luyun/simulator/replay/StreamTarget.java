package io.luyun.simulator.replay;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.MutableLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream of octets, of a connection or of this process. It holds what devices send to a server, one after the other:
 *
 * <pre>
 *   length | DeviceFrame.hello      whose messages follow, before the first one and whenever it is another device's
 *   length | DeviceFrame.message    a message, numbered from 1 for each device
 *   length | DeviceFrame.message    …
 * </pre>
 *
 * Lengths are varints. Nothing is read.
 */
final class StreamTarget extends OneWay {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final OutputStream raw;
    private final OutputStream out;
    private final long bootEpoch;
    private final Map<ReplayDevice, MutableLong> numbers = new HashMap<>();
    private @Nullable ReplayDevice last;

    /**
     * A stream.
     *
     * @param name what it is called in words
     * @param bootEpoch that of all devices
     */
    StreamTarget(final String name, final OutputStream out, final long bootEpoch, final Account account) {
        super(account);
        this.name = name;
        raw = out;
        this.out = new BufferedOutputStream(out, BUFFER);
        this.bootEpoch = bootEpoch;
    }

    @Override
    boolean write(
            final ReplayDevice device, final int kind, final byte[] message, final long sequence, final long utcNs)
            throws IOException {
        if (!device.equals(last)) {
            out.write(Frames.delimited(hello(device)));
            last = device;
        }
        final MutableLong number = numbers.computeIfAbsent(device, _ -> new MutableLong());
        out.write(Frames.delimited(number.incrementAndGet(), kind, message));
        return true;
    }

    private DeviceFrame hello(final ReplayDevice device) {
        return DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(device.id())
                        .setRole(device.role())
                        .setBootEpoch(bootEpoch)
                        .setAckLevel(AckLevel.ACK_LEVEL_UNSPECIFIED)
                        .setAgent("luyun replay"))
                .build();
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
