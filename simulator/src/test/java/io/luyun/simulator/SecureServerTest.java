package io.luyun.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a server that wants encryption and proof. */
final class SecureServerTest {
    // SHA-256 of "secret"
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void makeKeys() throws Exception {
        final X509Bundle authority = authority("CN=test authority");
        write("server", issued("CN=localhost", authority));
        write("rig", issued("CN=load-rig", authority));
        write("other", issued("CN=somebody-else", authority));
        write("foreign", issued("CN=load-rig", authority("CN=another authority")));
    }

    @Test
    void aLoadProvesItselfByItsCertificate() throws Exception {
        try (LuyunServer server = server("require")) {
            assertThat(load(server, "--tls-trust", ca("server"), "--tls-cert", cert("rig"), "--tls-key", key("rig")))
                    .as(err)
                    .isZero();
        }
        assertEverythingAcknowledged();
    }

    @Test
    void aLoadProvesItselfByAToken() throws Exception {
        try (LuyunServer server = server("want")) {
            assertThat(load(server, "--tls-trust", ca("server"), "--token", "secret"))
                    .as(err)
                    .isZero();
        }
        assertEverythingAcknowledged();
    }

    @Test
    void aRecordingIsFedWithACertificateOrAToken() throws Exception {
        final Path file = Files.writeString(directory.resolve("tracks.json"), """
                [{"content": {"rsms": [{"refPos": {"lat": 295000000, "lon": 1063000000}, "participants": [{"ptcType":
                "motor", "ptcId": 1, "pos": {"lat": 295000000, "lon": 1063000000}, "heading": 28800}]}]}}]
                """);
        try (LuyunServer server = server("want")) {
            final String at = "127.0.0.1:" + server.devicePort();
            assertThat(run(
                            "feed",
                            "rsm-tracks",
                            file.toString(),
                            "--server",
                            at,
                            "--json",
                            "--tls-trust",
                            ca("server"),
                            "--token",
                            "secret"))
                    .as(err)
                    .isZero();
            assertThat(json().required("journaled").asLong()).isEqualTo(1);
            assertThat(run(
                            "feed",
                            "rsm-tracks",
                            file.toString(),
                            "--server",
                            at,
                            "--json",
                            "--tls-trust",
                            ca("server"),
                            "--tls-cert",
                            cert("rig"),
                            "--tls-key",
                            key("rig")))
                    .as(err)
                    .isZero();
            assertThat(json().required("journaled").asLong()).isEqualTo(1);
            assertThat(run(
                            "feed",
                            "rsm-tracks",
                            file.toString(),
                            "--server",
                            at,
                            "--tls-trust",
                            ca("server"),
                            "--token",
                            "guess"))
                    .isEqualTo(ExitCode.RESOURCE);
            assertThat(err).contains("rsu-feed", "NOT_AUTHENTICATED", "token or client certificate");
        }
    }

    @Test
    void aWrongTokenIsNamed() throws Exception {
        try (LuyunServer server = server("want")) {
            assertThat(load(server, "--tls-trust", ca("server"), "--token", "guess"))
                    .isEqualTo(ExitCode.RESOURCE);
        }
        assertThat(err)
                .contains("veh-", "NOT_AUTHENTICATED", "token or client certificate")
                .hasLineCount(1);
    }

    @Test
    void theCertificateOfSomebodyElseIsNamed() throws Exception {
        try (LuyunServer server = server("require")) {
            assertThat(load(
                            server,
                            "--tls-trust",
                            ca("server"),
                            "--tls-cert",
                            cert("other"),
                            "--tls-key",
                            key("other")))
                    .isEqualTo(ExitCode.RESOURCE);
        }
        assertThat(err)
                .contains("NOT_AUTHENTICATED", "token or client certificate")
                .hasLineCount(1);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNamed() throws Exception {
        try (LuyunServer server = server("require")) {
            assertThat(load(
                            server,
                            "--tls-trust",
                            ca("server"),
                            "--tls-cert",
                            cert("foreign"),
                            "--tls-key",
                            key("foreign")))
                    .isEqualTo(ExitCode.RESOURCE);
        }
        assertThat(err)
                .startsWith("luyun: TLS: ")
                .containsIgnoringCase("certificate")
                .hasLineCount(1);
    }

    @Test
    void noCertificateWhereOneIsRequiredIsNamed() throws Exception {
        try (LuyunServer server = server("require")) {
            assertThat(load(server, "--tls-trust", ca("server"), "--token", "secret"))
                    .isEqualTo(ExitCode.RESOURCE);
        }
        assertThat(err)
                .startsWith("luyun: TLS: ")
                .containsIgnoringCase("certificate")
                .hasLineCount(1);
    }

    @Test
    void aServerThatIsNotTrustedIsNamed() throws Exception {
        try (LuyunServer server = server("want")) {
            assertThat(load(server, "--tls-trust", ca("foreign"), "--token", "secret"))
                    .isEqualTo(ExitCode.RESOURCE);
        }
        assertThat(err)
                .startsWith("luyun: TLS: ")
                .containsIgnoringCase("certificat")
                .hasLineCount(1);
    }

    @Test
    void filesThatAreNoKeysAndHalfAPairAreRefused() throws Exception {
        final String nonsense =
                Files.writeString(directory.resolve("nonsense.pem"), "nothing").toString();
        try (LuyunServer server = server("want")) {
            assertThat(load(server, "--tls-cert", cert("rig"))).isEqualTo(ExitCode.USAGE);
            assertThat(err).contains("belong together");
            assertThat(load(server, "--tls-trust", nonsense)).isEqualTo(ExitCode.RESOURCE);
            assertThat(err)
                    .contains("cannot use the certificates", "nonsense.pem")
                    .hasLineCount(1);
        }
    }

    private void assertEverythingAcknowledged() throws IOException {
        final JsonNode end = json();
        assertThat(end.required("sent").asLong()).isPositive();
        assertThat(end.required("acked").asLong())
                .isEqualTo(end.required("sent").asLong());
        assertThat(end.required("refused").isEmpty()).isTrue();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.lines().toList().getLast());
    }

    private int load(final LuyunServer server, final String... options) {
        final List<String> all = new ArrayList<>(List.of("sim", "load", "--server"));
        all.add("127.0.0.1:" + server.devicePort());
        all.addAll(List.of("--vehicles", "3", "--rsus", "0", "--seconds", "1", "--json"));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    /** Runs a command line; leaves what it says in {@link #out} and {@link #err}, without its progress. */
    private int run(final String... args) {
        final PrintStream outBefore = System.out;
        final PrintStream errBefore = System.err;
        final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return new CommandLine(new Main())
                    .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                    .execute(args);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
        }
    }

    private LuyunServer server(final String clientAuth) throws IOException {
        Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: "veh-*", role: OBU, certificate: load-rig, tokenSha256: %s}
                  - {id: "rsu-*", role: RSU, certificate: load-rig, tokenSha256: %s}
                """.formatted(SECRET, SECRET));
        return LuyunServer.launch(ServerConfig.parse(
                "test", """
                data: data
                net:
                  port: 0
                  registry: registry.yaml
                  tls: {enabled: true, certificate: "%s", key: "%s", clientCa: "%s", clientAuth: %s}
                ops: {port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """.formatted(cert("server"), key("server"), ca("server"), clientAuth), directory));
    }

    private static X509Bundle authority(final String name) throws Exception {
        return new CertificateBuilder()
                .subject(name)
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static X509Bundle issued(final String name, final X509Bundle authority) throws Exception {
        return new CertificateBuilder()
                .subject(name)
                .ecp256()
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
    }

    private static void write(final String name, final X509Bundle bundle) throws IOException {
        Files.writeString(Path.of(cert(name)), bundle.getCertificatePathPEM());
        Files.writeString(Path.of(key(name)), bundle.getPrivateKeyPEM());
        Files.writeString(Path.of(ca(name)), bundle.getRootCertificatePEM());
    }

    private static String cert(final String name) {
        return keys.resolve(name + ".pem").toString();
    }

    private static String key(final String name) {
        return keys.resolve(name + ".key").toString();
    }

    private static String ca(final String name) {
        return keys.resolve(name + "-ca.pem").toString();
    }
}
