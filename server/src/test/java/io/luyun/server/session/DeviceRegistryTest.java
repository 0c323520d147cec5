package io.luyun.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceRegistryTest {
    @TempDir
    private Path directory;

    @Test
    void theExactIdGoesBeforeTheLongestBeginning() throws IOException {
        final DeviceRegistry registry = DeviceRegistry.load(write("""
                devices:
                  - {id: "*", role: OBSERVER}
                  - {id: "obu-*", role: OBU, kinds: [BSM]}
                  - {id: obu-1, role: OPERATOR, subscribe: false}
                """));
        assertThat(registry.find("obu-1", Role.ROLE_OBU).role()).isEqualTo(Role.ROLE_OPERATOR);
        assertThat(registry.find("obu-1", Role.ROLE_OBU).subscribes()).isFalse();
        assertThat(registry.find("obu-12", Role.ROLE_OBU).role()).isEqualTo(Role.ROLE_OBU);
        assertThat(registry.find("other", Role.ROLE_OBU).role()).isEqualTo(Role.ROLE_OBSERVER);
        assertThat(registry.find("obu-*", Role.ROLE_OBU)).isNull();
    }

    @Test
    void aDatagramIsOfTheLongestPrefix() throws IOException {
        final UdpRules rules = DeviceRegistry.load(write("""
                        devices:
                          - {id: all, role: RSU, dialect: 2019, udp: {source: 0.0.0.0/0}}
                          - {id: net, role: RSU, dialect: phase2, udp: {source: 10.1.0.0/16}}
                          - {id: one, role: RSU, dialect: 2019, udp: {source: 10.1.2.3}}
                          - {id: text, role: RSU, dialect: 2019, udp: {source: 10.1.0.0/16, envelopeId: R1003101}}
                          - {id: hex, role: RSU, dialect: 2019, udp: {source: 10.1.0.0/16, envelopeId: "00000000000000ff"}}
                          - {id: six, role: RSU, dialect: 2019, udp: {source: "2001:db8::/33"}}
                        """)).udp();
        assertThat(bare(rules, "10.1.2.3")).isEqualTo("one");
        assertThat(bare(rules, "10.1.2.4")).isEqualTo("net");
        assertThat(bare(rules, "10.2.2.4")).isEqualTo("all");
        assertThat(bare(rules, "::ffff:10.2.2.4")).isEqualTo("all");
        assertThat(bare(rules, "2001:db8:7fff::1")).isEqualTo("six");
        assertThat(rules.at(InetAddress.ofLiteral("2001:db8:8000::1"))).isNull();
        assertThat(enveloped(rules, "10.1.2.3", 0x5231_3030_3331_3031L)).isEqualTo("text");
        assertThat(enveloped(rules, "10.1.255.255", 255)).isEqualTo("hex");
        assertThat(enveloped(rules, "10.2.0.0", 255)).isNull();
        assertThat(enveloped(rules, "10.1.2.3", 254)).isNull();
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.3")).envelopes()).isTrue();
        assertThat(rules.at(InetAddress.ofLiteral("10.2.2.3")).envelopes()).isFalse();
    }

    @Test
    void aPortGoesBeforeAnyPortOfTheSamePrefix() throws IOException {
        final UdpRules rules = DeviceRegistry.load(write("""
                        devices:
                          - {id: net, role: RSU, dialect: 2019, udp: {source: 10.1.0.0/16}}
                          - {id: net-port, role: RSU, dialect: 2019, udp: {source: 10.1.0.0/16, port: 5}}
                          - {id: net-six, role: RSU, dialect: 2019, udp: {source: 10.1.0.0/16, port: 6}}
                          - {id: any, role: RSU, dialect: 2019, udp: {source: 10.1.2.3}}
                          - {id: port, role: RSU, dialect: 2019, udp: {source: 10.1.2.3, port: 5}}
                          - {id: only, role: RSU, dialect: 2019, udp: {source: 10.1.2.4, port: 5}}
                        """)).udp();
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.3")).bare(5)).isEqualTo("port");
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.3")).bare(6))
                .as("a longer prefix goes before a port")
                .isEqualTo("any");
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.4")).bare(5)).isEqualTo("only");
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.4")).bare(6)).isEqualTo("net-six");
        assertThat(rules.at(InetAddress.ofLiteral("10.1.2.4")).bare(7)).isEqualTo("net");
        assertThat(rules.at(InetAddress.ofLiteral("10.1.9.9")).bare(5)).isEqualTo("net-port");
    }

    @Test
    void twoDevicesMayNotSendFromTheSamePlace() throws IOException {
        final Path file = write("""
                devices:
                  - {id: a, role: RSU, dialect: 2019, udp: {source: 10.1.2.3}}
                  - {id: b, role: RSU, dialect: 2019, udp: {source: 10.1.2.3}}
                """);
        assertThatThrownBy(() -> DeviceRegistry.load(file))
                .hasMessageStartingWith("registry " + file + ": udp of ")
                .hasMessageEndingWith("is the same: source, port and envelopeId");
    }

    private static String bare(final UdpRules rules, final String address) {
        return rules.at(InetAddress.ofLiteral(address)).bare(1_234);
    }

    private static String enveloped(final UdpRules rules, final String address, final long id) {
        return rules.at(InetAddress.ofLiteral(address)).enveloped(id);
    }

    @Test
    void jsonIsYamlToo() throws IOException {
        final DeviceRegistry registry = DeviceRegistry.load(write("""
                {"devices": [{"id": "rsu-1", "role": "RSU", "kinds": ["RSM"], "ids": ["00000000000000FF"]}]}
                """));
        final DeviceEntry entry = registry.find("rsu-1", Role.ROLE_RSU);
        assertThat(entry.allowsKind(MessageKind.MESSAGE_KIND_RSM_VALUE)).isTrue();
        assertThat(entry.allowsKind(MessageKind.MESSAGE_KIND_MAP_VALUE)).isFalse();
        assertThat(entry.allowsId(255)).isTrue();
        assertThat(entry.allowsId(1)).isFalse();
    }

    @Test
    void withoutAFileEveryoneMayDoWhatTheRoleMay() {
        final DeviceRegistry registry = DeviceRegistry.everyone();
        final DeviceEntry obu = registry.find("anything", Role.ROLE_OBU);
        assertThat(obu.allowsKind(MessageKind.MESSAGE_KIND_BSM_VALUE)).isTrue();
        assertThat(obu.allowsKind(MessageKind.MESSAGE_KIND_RSM_VALUE)).isFalse();
        assertThat(registry.find("anything", Role.ROLE_OBSERVER).sends()).isFalse();
        assertThat(registry.reload()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: a, role: CAR} | devices[0].role = CAR: must be OBU, RSU, OPERATOR or OBSERVER",
                "{id: a, role: OBU, kinds: [CAM]} | devices[0].kinds[0] = CAM: must be BSM, RSM, RSI, SPAT, MAP, TEST,",
                "{id: a, role: OBU, kinds: [BSM, TSL]} | devices[0].kinds[1] = TSL: must be",
                "{id: a, role: OBU, ids: [12]} | devices[0].ids[0] = 12: must be 8 octets in hexadecimal",
                "{id: a*b, role: OBU} | devices[0].id = a*b: may have * at its end only",
                "{role: OBU} | devices[0].id = : must be 1 to 64 bytes long",
                "{id: a, role: OBU, area: {south: 1, west: 1, north: 91, east: 2}} | devices[0].area.north = 91.0: must be -90.0 to 90.0",
                "{id: a, role: OBU, dialect: 2020} | devices[0].dialect = 2020: must be 2019 or phase2; a device with udp needs one",
                "{id: a, role: RSU, udp: {source: 10.0.0.1}} | devices[0].dialect = null: must be 2019 or phase2; a device with udp needs one",
                "{id: a*, role: RSU, dialect: 2019, udp: {source: 10.0.0.1}} | must stand at an id without *",
                "{id: a, role: RSU, dialect: 2019, udp: {source: 10.0.0.0/33}} | devices[0].udp.source = 10.0.0.0/33: must be an IP address or a network such as 10.1.0.0/16",
                "{id: a, role: RSU, dialect: 2019, udp: {source: rsu.example}} | devices[0].udp.source = rsu.example: must be an IP address",
                "{id: a, role: RSU, dialect: 2019, udp: {source: 10.0.0.1/24}} | devices[0].udp.source = 10.0.0.1/24: must have no bits set behind its prefix",
                "{id: a, role: RSU, dialect: 2019, udp: {source: 10.0.0.1, envelopeId: R1}} | devices[0].udp.envelopeId = R1: must be 8 characters",
                "{id: a, role: RSU, dialect: 2019, udp: {source: 10.0.0.1, port: 0}} | devices[0].udp.port = 0: must be 1 to 65535",
                "{id: a, role: RSU, dialect: 2019, udp: {source: 10.0.0.1, port: 5, envelopeId: R1003101}} | devices[0].udp.port = 5: is for bare frames",
                "{id: a, role: OBU, color: red} | Unrecognized field \"color\"",
            })
    void whatIsWrongIsNamed(final String device, final String message) throws IOException {
        final Path file = write("devices: [" + device + "]");
        assertThatThrownBy(() -> DeviceRegistry.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("registry " + file + ": ")
                .hasMessageContaining(message);
    }

    /** Found by fuzzing: a parser shows the place in further lines. */
    @Test
    void whatIsNoYamlIsSaidInOneLine() throws IOException {
        final Path file = write("devices:\n  - {id: bus-07( role: OBU, kinds: [BSM]}\n");
        assertThatThrownBy(() -> DeviceRegistry.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("registry " + file + ": while parsing a flow mapping (line 2)");
    }

    @Test
    void anEntryOfNothingIsNamed() throws IOException {
        final Path file = write("devices:\n  - {id: bus-07, role: OBU}\n  -\n");
        assertThatThrownBy(() -> DeviceRegistry.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("devices[1]: nothing stands there");
    }

    @Test
    void aReloadTakesAllOrNothing() throws IOException {
        final Path file = write("devices: [{id: a, role: OBU}]");
        final DeviceRegistry registry = DeviceRegistry.load(file);
        assertThat(registry.reload()).isFalse();
        Files.writeString(file, "devices: [{id: b, role: OBU}, {id: b, role: OBU}]");
        assertThatThrownBy(registry::reload).hasMessageContaining("devices[1].id = b: stands there twice");
        assertThat(registry.reload()).as("said once").isFalse();
        assertThat(registry.find("a", Role.ROLE_OBU)).isNotNull();
        Files.writeString(file, "devices: [{id: bb, role: OBU}]");
        assertThat(registry.reload()).isTrue();
        assertThat(registry.find("a", Role.ROLE_OBU)).isNull();
        assertThat(registry.find("bb", Role.ROLE_OBU)).isNotNull();
        Files.delete(file);
        assertThatThrownBy(registry::reload).hasMessageContaining("cannot be read");
        assertThat(registry.find("bb", Role.ROLE_OBU)).isNotNull();
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("registry.yaml"), text);
    }
}
