package io.luyun.benchmarks.torture.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class ServerSideTest {
    @Test
    void aConnectionIsKnownWhileTheServerHasIt() throws IOException {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket client = new Socket(loopback, server.getLocalPort())) {
            final int port = server.getLocalPort();
            assertThat(ServerSide.has(port, client.getLocalPort()))
                    .as("not accepted yet")
                    .isTrue();
            final Socket accepted = server.accept();
            assertThat(ServerSide.has(port, client.getLocalPort())).isTrue();
            accepted.setSoLinger(true, 0);
            accepted.close();
            assertThat(ServerSide.has(port, client.getLocalPort())).as("reset").isFalse();
        }
    }
}
