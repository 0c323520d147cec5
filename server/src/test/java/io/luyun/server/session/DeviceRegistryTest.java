package io.luyun.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import java.io.IOException;
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
                "{id: a, role: OBU, kinds: [CAM]} | devices[0].kinds[0] = CAM: must be BSM, RSM, RSI, SPAT or MAP",
                "{id: a, role: OBU, ids: [12]} | devices[0].ids[0] = 12: must be 8 octets in hexadecimal",
                "{id: a*b, role: OBU} | devices[0].id = a*b: may have * at its end only",
                "{role: OBU} | devices[0].id = : must be 1 to 64 bytes long",
                "{id: a, role: OBU, area: {south: 1, west: 1, north: 91, east: 2}} | devices[0].area.north = 91.0: must be -90.0 to 90.0",
                "{id: a, role: OBU, color: red} | Unrecognized field \"color\"",
            })
    void whatIsWrongIsNamed(final String device, final String message) throws IOException {
        final Path file = write("devices: [" + device + "]");
        assertThatThrownBy(() -> DeviceRegistry.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("registry " + file + ": ")
                .hasMessageContaining(message);
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
