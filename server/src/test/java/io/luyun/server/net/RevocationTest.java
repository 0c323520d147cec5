package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.DeviceRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed, revoked and end while the server runs. */
@ExtendWith(LeakGuard.class)
final class RevocationTest {
    private static final String REGISTRY = """
            devices:
              - {id: obu-1, role: OBU, certificate: "*"}
              - {id: obu-2, role: OBU, certificate: "*"}
            """;

    @TempDir
    private Path directory;

    private Certificates certificates;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = Certificates.make(directory);
        certificates.revoke();
    }

    @Test
    void aRevokedCertificateEndsItsSessionAndOpensNone() throws Exception {
        try (Rig rig = rig();
                TestDevice other = hello(rig, "obu-2");
                TestDevice device = hello(rig, "obu-1")) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectAck(1);

            certificates.revoke("obu-1");
            device.expectNotice(NoticeCode.NOTICE_CODE_REVOKED);
            device.expectClosed();
            rig.awaitCounter(Counter.SESSIONS_REVOKED, 1);

            other.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            other.expectAck(1);
            final long before = rig.counters.get(Counter.HANDSHAKES_FAILED);
            certificates.reuse(true);
            assertThatThrownBy(() -> hello(rig, "obu-1")).isInstanceOf(IOException.class);
            rig.awaitCounter(Counter.HANDSHAKES_FAILED, before + 1);
            hello(rig, "obu-2").close();
        }
    }

    @Test
    void theServersCertificateIsRenewedUnderLiveSessions() throws Exception {
        try (Rig rig = rig("want");
                TestDevice device = hello(rig, "obu-1")) {
            final BigInteger renewed = certificates.renewServer();
            Awaitility.await()
                    .atMost(5, TimeUnit.SECONDS)
                    .until(() -> certificates.serverSerial(rig.server.port()).equals(renewed));
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectAck(1);
            hello(rig, "obu-2").close();
        }
    }

    @Test
    void filesThatAreNoneChangeNothing() throws Exception {
        try (Rig rig = rig();
                TestDevice device = hello(rig, "obu-1")) {
            Files.writeString(directory.resolve("server.key"), "no key");
            Files.writeString(certificates.crl(), "no list");
            // what is read after this has been read after those
            certificates.renewServer();
            certificates.revoke("obu-1");
            device.expectNotice(NoticeCode.NOTICE_CODE_REVOKED);
        }
        Files.writeString(certificates.crl(), "no list");
        assertThatThrownBy(this::rig)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("net.tls.crl = " + certificates.crl() + ": must ");
    }

    @Test
    void aListOfAnotherAuthorityIsNone() throws Exception {
        final Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        final Certificates others = Certificates.make(elsewhere);
        others.revoke();
        Files.copy(others.crl(), certificates.crl(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::rig)
                .hasMessage("net.tls.crl = " + certificates.crl()
                        + ": the list of CN=test-ca must be signed by an authority that net.tls.clientCa has");
    }

    @Test
    void aSessionEndsWithItsCertificate() throws Exception {
        try (Rig rig = rig();
                TestDevice device = hello(rig, "obu-1")) {
            rig.aheadNs.set(TimeUnit.DAYS.toNanos(1));
            device.expectNotice(NoticeCode.NOTICE_CODE_REVOKED);
            device.expectClosed();
        }
    }

    @Test
    void aCertificateThatHasEndedOpensNoSession() throws Exception {
        certificates.until(Instant.now().minusSeconds(2));
        try (Rig rig = rig()) {
            assertThatThrownBy(() -> hello(rig, "obu-1")).isInstanceOf(IOException.class);
            rig.awaitCounter(Counter.HANDSHAKES_FAILED, 1);
        }
    }

    private TestDevice hello(final Rig rig, final String id) throws Exception {
        final TestDevice device = certificates.connect(rig.server.port(), id);
        try {
            return device.hello(id, Role.ROLE_OBU);
        } catch (final IOException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    private Rig rig() throws IOException {
        return rig("require");
    }

    private Rig rig(final String clientAuth) throws IOException {
        final Path file = Files.writeString(directory.resolve("registry.yaml"), REGISTRY);
        final NetConfig net = Rig.Configs.net(draft -> {
            draft.insecure = false;
            draft.registry = file.toString();
            draft.tls = certificates.tls(clientAuth);
            return draft;
        });
        return new Rig(net, Rig.Configs.session(), DeviceRegistry.load(file));
    }
}
