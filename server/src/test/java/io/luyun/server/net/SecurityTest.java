package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.DeviceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, over TLS and without. */
@ExtendWith(LeakGuard.class)
final class SecurityTest {
    // SHA-256 of "secret"
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    private static final String REGISTRY = """
            devices:
              - id: obu-token
                role: OBU
                tokenSha256: %s
              - id: obu-cert
                role: OBU
                certificate: "*"
              - id: rsu-*
                role: RSU
                tokenSha256: %s
            """.formatted(SECRET, SECRET);

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(directory);
    }

    @Test
    void aDeviceProvesItselfByTokenOverTls() throws Exception {
        try (Rig rig = tlsRig("want");
                TestDevice device = certificates.connect(rig.server.port(), null)) {
            device.hello(TestDevice.helloOf("obu-token", Role.ROLE_OBU).setToken("secret"));
            for (int number = 1; number <= 100; number++) {
                device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
            }
            device.expectAck(100);
        }
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        try (Rig rig = tlsRig("want");
                TestDevice device = certificates.connect(rig.server.port(), null)) {
            device.sendHello(TestDevice.helloOf("obu-token", Role.ROLE_OBU).setToken("guess"));
            assertThat(device.expectError(ErrorCode.ERROR_CODE_NOT_AUTHENTICATED)
                            .getCloses())
                    .isTrue();
            device.expectClosed();
            rig.awaitCounter(Counter.REFUSED_NOT_AUTHENTICATED, 1);
        }
    }

    @Test
    void aDeviceProvesItselfByItsCertificate() throws Exception {
        try (Rig rig = tlsRig("require");
                TestDevice device = certificates.connect(rig.server.port(), "obu-cert")) {
            device.hello("obu-cert", Role.ROLE_OBU);
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectAck(1);
        }
    }

    @Test
    void anotherDevicesCertificateIsNoProof() throws Exception {
        try (Rig rig = tlsRig("require");
                TestDevice device = certificates.connect(rig.server.port(), "obu-other")) {
            device.sendHello(TestDevice.helloOf("obu-cert", Role.ROLE_OBU));
            device.expectError(ErrorCode.ERROR_CODE_NOT_AUTHENTICATED);
            device.expectClosed();
        }
    }

    @Test
    void withoutACertificateThereIsNoHandshakeWhereOneIsRequired() throws Exception {
        try (Rig rig = tlsRig("require")) {
            assertThatThrownBy(() -> {
                        try (TestDevice device = certificates.connect(rig.server.port(), null)) {
                            device.hello(TestDevice.helloOf("obu-token", Role.ROLE_OBU)
                                    .setToken("secret"));
                        }
                    })
                    .isInstanceOf(IOException.class);
            rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 1);
        }
    }

    @Test
    void unknownDevicesAndFalseRolesAreRefused() throws Exception {
        try (Rig rig = plainRig(REGISTRY)) {
            try (TestDevice device = rig.connect()) {
                device.sendHello(TestDevice.helloOf("nobody", Role.ROLE_OBU));
                device.expectError(ErrorCode.ERROR_CODE_NOT_AUTHENTICATED);
                device.expectClosed();
            }
            try (TestDevice device = rig.connect()) {
                device.sendHello(TestDevice.helloOf("rsu-7", Role.ROLE_OBU).setToken("secret"));
                assertThat(device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED).getField())
                        .isEqualTo("hello.role");
                device.expectClosed();
            }
            try (TestDevice device = rig.connect()) {
                device.hello(TestDevice.helloOf("rsu-7", Role.ROLE_RSU).setToken("secret"));
            }
        }
    }

    @Test
    void idsAndAreaOfTheRegistryBind() throws Exception {
        try (Rig rig = plainRig("""
                devices:
                  - id: obu-1
                    role: OBU
                    ids: ["0102030405060708"]
                    area: {south: 29.5, west: 106.2, north: 29.7, east: 106.4}
                """);
                TestDevice device = rig.obu("obu-1")) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectAck(1);
            device.send(TestDevice.frame(
                    2,
                    TestDevice.bsm(rig.secMark())
                            .setId(com.google.protobuf.ByteString.copyFrom(new byte[] {9, 2, 3, 4, 5, 6, 7, 8}))));
            var error = device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED);
            assertThat(error.getField()).isEqualTo("message.bsm.id");
            assertThat(error.getValue()).isEqualTo("0902030405060708");
            final var outside = TestDevice.bsm(rig.secMark());
            outside.getPosBuilder().setLat(298000000);
            device.send(TestDevice.frame(3, outside));
            error = device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED);
            assertThat(error.getField()).isEqualTo("message.bsm.pos");
            assertThat(error.getValue()).isEqualTo("29.8, 106.3");
        }
    }

    @Test
    void aReloadRevokesAndNarrowsLiveSessions() throws Exception {
        final Path file = directory.resolve("reload.yaml");
        Files.writeString(file, "devices: [{id: obu-1, role: OBU}, {id: obu-2, role: OBU}]");
        final NetConfig net = Rig.Configs.net(draft -> draft);
        try (Rig rig = new Rig(net, Rig.Configs.session(), DeviceRegistry.load(file));
                TestDevice first = rig.obu("obu-1");
                TestDevice second = rig.obu("obu-2")) {
            replace(file, "devices: [{id: obu-1, role: ");
            replace(file, "devices: [{id: obu-2, role: OBU, kinds: [MAP]}]");
            first.expectNotice(NoticeCode.NOTICE_CODE_REVOKED);
            first.expectClosed();
            second.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            assertThat(second.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED).getField())
                    .isEqualTo("message");
        }
    }

    @Test
    void insecureModeIsForLoopbackOnly() {
        assertThatThrownBy(() -> Rig.Configs.net(draft -> {
                    draft.host = "0.0.0.0";
                    return draft;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.host = 0.0.0.0: must be a loopback address while net.insecure is true");
        assertThatThrownBy(() -> Rig.Configs.net(draft -> {
                    draft.insecure = false;
                    return draft;
                }))
                .hasMessageStartingWith("net.tls.enabled = false: must be true");
    }

    @Test
    void aPortInUseIsSaidSo() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            final NetConfig net = NetConfig.insecure(taken.getLocalPort());
            try (DeviceServer server = new DeviceServer(
                    net,
                    Rig.Configs.session(),
                    DeviceRegistry.everyone(),
                    new MemoryLine(),
                    System::nanoTime,
                    new io.luyun.server.monitor.Counters(),
                    error -> {})) {
                assertThatThrownBy(server::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort());
            }
        }
    }

    private static void replace(final Path file, final String text) throws IOException {
        final Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Rig plainRig(final String registry) throws IOException {
        final Path file = Files.writeString(Files.createTempFile(directory, "registry", ".yaml"), registry);
        return new Rig(Rig.Configs.net(), Rig.Configs.session(), DeviceRegistry.load(file));
    }

    private static Rig tlsRig(final String clientAuth) throws IOException, GeneralSecurityException {
        final Path file = Files.writeString(Files.createTempFile(directory, "registry", ".yaml"), REGISTRY);
        final NetConfig net = Rig.Configs.net(draft -> {
            draft.insecure = false;
            draft.registry = file.toString();
            draft.tls = certificates.tls(clientAuth);
            return draft;
        });
        return new Rig(net, Rig.Configs.session(), DeviceRegistry.load(file));
    }
}
