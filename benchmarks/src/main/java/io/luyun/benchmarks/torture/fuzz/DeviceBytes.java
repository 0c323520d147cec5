package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How a device begins in the server's own language. */
final class DeviceBytes {
    private DeviceBytes() {}

    static List<byte[]> hellos() {
        final List<byte[]> hellos = new ArrayList<>();
        for (final Role role : List.of(Role.ROLE_RSU, Role.ROLE_OBU, Role.ROLE_OPERATOR, Role.ROLE_OBSERVER)) {
            hellos.add(delimited(DeviceFrame.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setProtocol(1)
                            .setDeviceId("fuzz-1")
                            .setRole(role)
                            .setToken("secret")
                            .setBootEpoch(1)
                            .setAgent("fuzz")
                            .setAckLevel(AckLevel.ACK_LEVEL_APPENDED))
                    .build()));
        }
        return hellos;
    }

    private static byte[] delimited(final DeviceFrame frame) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            frame.writeDelimitedTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
