package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.server.alert.AlertConfig;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.fanout.FanOutConfig;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.net.NetConfig;
import io.luyun.server.ops.OpsConfig;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.world.WorldConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerConfigTest {
    private static final String INSECURE = "net: {insecure: true}\n";

    @Test
    void theDefaultsFileSaysWhatTheCodeSays() {
        final ServerConfig config = parse(INSECURE);

        assertThat(config.data()).isEqualTo("/base/data");
        assertThat(config.net()).isEqualTo(NetConfig.insecure(17_801));
        assertThat(config.udp()).isEqualTo(new UdpConfig(false, "127.0.0.1", 17_802, false, 1_024, 32_000));
        assertThat(config.session()).isEqualTo(SessionConfig.defaults());
        assertThat(config.journal()).isEqualTo(JournalConfig.defaults("/base/data/journal"));
        assertThat(config.world()).isEqualTo(WorldConfig.DEFAULT);
        assertThat(config.alert()).isEqualTo(AlertConfig.DEFAULT);
        assertThat(config.fanout()).isEqualTo(FanOutConfig.defaults());
        assertThat(config.ops()).isEqualTo(OpsConfig.defaults());
    }

    @Test
    void theAlertJournalLiesBesideTheJournal() {
        assertThat(parse(INSECURE + "data: /var/x").alertJournal().directory()).isEqualTo("/var/x/alerts");
    }

    @Test
    void pathsAreRelativeToTheFile() {
        final ServerConfig config = parse(INSECURE + "zone: {file: maps/zone.geojson}\n");
        assertThat(config.zone().file()).isEqualTo("/base/maps/zone.geojson");
        assertThat(config.net().registry()).isEmpty();
        final ServerConfig encrypted =
                parse(INSECURE + "ops: {tls: {enabled: true, certificate: tls/a.pem, key: /k/a.key}}\n");
        assertThat(encrypted.ops().tls()).isEqualTo(new OpsConfig.Tls(true, "/base/tls/a.pem", "/k/a.key"));
    }

    @Test
    void secretsLieWhereTheServiceManagerPutsThem() {
        final String text = INSECURE + "ops: {tokens: $CREDENTIALS_DIRECTORY/tokens}\n";
        assertThat(ServerConfig.tree(
                                "test", text, Path.of("/base"), Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/x"))
                        .at("/ops/tokens")
                        .asText())
                .isEqualTo("/run/credentials/x/tokens");
        assertThatThrownBy(() -> ServerConfig.tree("test", text, Path.of("/base"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("ops.tokens = $CREDENTIALS_DIRECTORY/tokens: there is no such variable");
    }

    @Test
    void theDefaultsAloneAreNotInsecure() {
        assertThatThrownBy(() -> parse(""))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("net.tls.enabled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            journal: {syncMaxRecords: 0}            | journal.syncMaxRecords = 0: must be 1 to 1000000
            journal: {syncMaxRecords: many}         | journal.syncMaxRecords = many: must be a whole number
            journal: {syncMaxRecords: 1.5}          | journal.syncMaxRecords = 1.5: must be a whole number
            journal: {syncMaxRecords: 99999999999}  | journal.syncMaxRecords = 99999999999: must be a whole number
            journal: {syncMaxRecord: 1}             | journal.syncMaxRecord = 1: no such key; there are syncMaxDelayMicros
            journal: {directory: x}                 | journal.directory = x: no such key
            journal: 7                              | journal = 7: must be a mapping of syncMaxDelayMicros
            net: {port: 70000, insecure: true}      | net.port = 70000: must be 0 to 65535
            net: {insecure: maybe}                  | net.insecure = maybe: must be true or false
            net: {insecure: true, host: 0.0.0.0}    | net.host = 0.0.0.0: must be a loopback address
            udp: {port: 70000}                      | udp.port = 70000: must be 0 to 65535
            udp: {maxDatagramBytes: 65508}          | udp.maxDatagramBytes = 65508: must be 256 to 65507
            udp: {receiveBufferKiB: 1}              | udp.receiveBufferKiB = 1: must be 64 to 65536
            udp: {enabled: true, host: 0.0.0.0}     | udp.host = 0.0.0.0: must be a loopback address while udp.trustAddresses is false
            udp: {enabled: true}                    | udp.enabled = true: needs net.registry
            world: {positionGain: wide}             | world.positionGain = wide: must be a number
            alert: {speedLimit: {truckClasses: 3}}  | alert.speedLimit.truckClasses = 3: must be a list
            alert: {speedLimit: {truckClasses: [x]}}| alert.speedLimit.truckClasses[0] = x: must be a whole number
            alert: {speedLimit: {signs: [{code: 1}]}} | alert.speedLimit.signs[0].pattern: is missing
            ops: {tls: {enabled: true}}             | ops.tls.certificate = "": must name a file
            ops: {unitAnswerMillis: 1}              | ops.unitAnswerMillis = 1: must be 100 to 60000
            data: ''                                | data = "": must name a directory
            nonsense: 1                             | nonsense = 1: no such key; there are data, zone, net
            """)
    void anErrorNamesKeyValueAndRule(final String text, final String message) {
        final String net = text.startsWith("net") ? "" : INSECURE;
        assertThatThrownBy(() -> parse(net + text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aGroupMayBeEmpty() {
        assertThat(parse(INSECURE + "journal:\n  # all lines are comments\nsession: {}\n")
                        .journal())
                .isEqualTo(JournalConfig.defaults("/base/data/journal"));
    }

    @Test
    void aKeyMayStandOnlyOnce() {
        assertThatThrownBy(() -> parse("data: a\ndata: b\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test.yaml line 2")
                .hasMessageContaining("data");
    }

    @Test
    void whatIsNotYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> parse("data: [a\nb: }"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("test.yaml line ");
    }

    private static ServerConfig parse(final String text) {
        return ServerConfig.parse("test.yaml", text, Path.of("/base"));
    }
}
