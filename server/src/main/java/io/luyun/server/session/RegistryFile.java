package io.luyun.server.session;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a registry file, YAML or JSON.
 *
 * <pre>
 * devices:
 *   - id: obu-0001              # or obu-* for all ids that begin so; the longest beginning wins
 *     role: OBU                 # OBU, RSU, OPERATOR or OBSERVER
 *     tokenSha256: 9f86…0a08    # SHA-256 of the token, hexadecimal
 *     certificate: "*"          # common name of its client certificate; * for its id
 *     kinds: [BSM]              # all it may send; without it what its role may; VPM: it takes part in payments
 *     ids: [0102030405060708]   # message ids it may use, hexadecimal
 *     area: {south: 29.4, west: 106.1, north: 29.8, east: 106.5}
 *     subscribe: false          # operators and observers do by default
 *     dialect: 2019             # of its UPER frames: 2019 or phase2
 *     udp: {source: 10.1.0.0/16, envelopeId: R1003101}   # whose datagrams are its; without an id frames come bare, and
 *                                                        # then port: 4000 may name the port they are sent from
 * </pre>
 */
final class RegistryFile {
    private static final ObjectReader READER = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(Root.class);
    private static final int ID_BYTES = 8;
    private static final int SHA_256_BYTES = 32;
    private static final String KINDS_RULE =
            "must be BSM, RSM, RSI, SPAT, MAP, TEST, RTCM, RSC, SSM, VIR, PAM, PSM, CLPMM or VPM";

    record Root(@Nullable List<Device> devices) {}

    record Device(
            @Nullable String id,
            @Nullable String role,
            @Nullable String tokenSha256,
            @Nullable String certificate,
            @Nullable List<String> kinds,
            @Nullable List<String> ids,
            @Nullable Box area,
            @Nullable Boolean subscribe,
            @Nullable String dialect,
            @Nullable Udp udp) {}

    record Udp(
            @Nullable String source,
            @Nullable Integer port,
            @Nullable String envelopeId) {}

    record Box(
            @Nullable Double south,
            @Nullable Double west,
            @Nullable Double north,
            @Nullable Double east) {}

    private RegistryFile() {}

    /** Entries by id as written in the file. Fails with one line. */
    static Map<String, DeviceEntry> read(final Path file) {
        final Root root;
        try {
            root = READER.readValue(file.toFile());
        } catch (final JacksonException e) {
            // behind the first line stands a part of the file, which may hold what nobody may read
            throw new IllegalArgumentException(
                    "registry " + file + ": " + Settings.firstLine(e.getOriginalMessage()) + at(e), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("registry " + file + ": cannot be read: " + e.getMessage(), e);
        }
        try {
            return entries(root == null ? null : root.devices());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("registry " + file + ": " + e.getMessage(), e);
        }
    }

    private static String at(final JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private static Map<String, DeviceEntry> entries(final @Nullable List<Device> devices) {
        if (devices == null) {
            throw new IllegalArgumentException("devices: must be a list");
        }
        final Map<String, DeviceEntry> entries = new HashMap<>();
        for (int i = 0; i < devices.size(); i++) {
            final String at = "devices[" + i + "].";
            final Device device = devices.get(i);
            if (device == null) {
                throw new IllegalArgumentException("devices[" + i + "]: nothing stands there");
            }
            final String id = device.id() == null ? "" : device.id();
            final int bytes = id.getBytes(StandardCharsets.UTF_8).length;
            Settings.require(bytes >= 1 && bytes <= 64, at + "id", id, "must be 1 to 64 bytes long");
            final int star = id.indexOf('*');
            Settings.require(star < 0 || star == id.length() - 1, at + "id", id, "may have * at its end only");
            Settings.require(entries.put(id, entry(at, device)) == null, at + "id", id, "stands there twice");
        }
        return entries;
    }

    private static DeviceEntry entry(final String at, final Device device) {
        final Role role = role(at, device.role());
        final boolean subscribes =
                device.subscribe() == null ? DeviceEntry.subscribesByDefault(role) : device.subscribe();
        return new DeviceEntry(
                role,
                device.tokenSha256() == null ? null : hash(at + "tokenSha256", device.tokenSha256()),
                device.certificate(),
                kinds(at, device.kinds()),
                ids(at, device.ids()),
                area(at, device.area()),
                subscribes,
                language(at, device));
    }

    private static Language language(final String at, final Device device) {
        final String name = device.dialect();
        final Dialect dialect = name == null ? null : Dialect.of(name);
        if (dialect == null && (name != null || device.udp() != null)) {
            throw new IllegalArgumentException(
                    at + "dialect = " + name + ": must be 2019 or phase2; a device with udp needs one");
        }
        final Udp udp = device.udp();
        if (udp == null) {
            return dialect == null ? Language.NATIVE : new Language(dialect, null);
        }
        Settings.require(!String.valueOf(device.id()).endsWith("*"), at + "udp", udp, "must stand at an id without *");
        return new Language(dialect, UdpSource.parse(at + "udp.", udp.source(), udp.port(), udp.envelopeId()));
    }

    private static Role role(final String at, final @Nullable String text) {
        for (final Role role : Role.values()) {
            if (role != Role.UNRECOGNIZED
                    && role != Role.ROLE_UNSPECIFIED
                    && role.name().equals("ROLE_" + text)) {
                return role;
            }
        }
        throw new IllegalArgumentException(at + "role = " + text + ": must be OBU, RSU, OPERATOR or OBSERVER");
    }

    private static int kinds(final String at, final @Nullable List<String> texts) {
        int kinds = 0;
        for (int i = 0; texts != null && i < texts.size(); i++) {
            final int kind = kind(texts.get(i));
            Settings.require(kind > 0, at + "kinds[" + i + "]", texts.get(i), KINDS_RULE);
            kinds |= DeviceEntry.bit(kind);
        }
        return kinds;
    }

    private static int kind(final @Nullable String text) {
        for (final MessageKind kind : MessageKind.values()) {
            if (kind != MessageKind.UNRECOGNIZED && kind.name().equals("MESSAGE_KIND_" + text)) {
                return kind.getNumber();
            }
        }
        return 0;
    }

    private static @Nullable LongHashSet ids(final String at, final @Nullable List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return null;
        }
        final LongHashSet ids = new LongHashSet();
        for (int i = 0; i < texts.size(); i++) {
            final byte[] id = hex(at + "ids[" + i + "]", texts.get(i), ID_BYTES);
            long value = 0;
            for (final byte octet : id) {
                value = value << Byte.SIZE | (octet & 0xFF);
            }
            ids.add(value);
        }
        return ids;
    }

    /** Where a hash is wanted the token itself may stand by mistake: it is not shown. */
    private static byte[] hash(final String key, final String text) {
        try {
            return hex(key, text, SHA_256_BYTES);
        } catch (final IllegalArgumentException _) {
            throw new IllegalArgumentException(key
                    + ": must be the SHA-256 of the token, 32 octets in hexadecimal; what stands there is not shown");
        }
    }

    private static byte[] hex(final String key, final @Nullable String text, final int bytes) {
        final String rule = "must be " + bytes + " octets in hexadecimal";
        final String digits = String.valueOf(text);
        Settings.require(digits.length() == 2 * bytes, key, digits, rule);
        try {
            return HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " = " + text + ": " + rule, e);
        }
    }

    private static @Nullable Area area(final String at, final @Nullable Box box) {
        if (box == null) {
            return null;
        }
        final Area area = new Area(
                e7(at + "area.south", box.south(), 90),
                e7(at + "area.west", box.west(), 180),
                e7(at + "area.north", box.north(), 90),
                e7(at + "area.east", box.east(), 180));
        Settings.require(area.southE7() < area.northE7(), at + "area", area, "north must be north of south");
        Settings.require(area.westE7() < area.eastE7(), at + "area", area, "east must be east of west");
        return area;
    }

    private static int e7(final String key, final @Nullable Double degrees, final double bound) {
        if (degrees == null) {
            throw new IllegalArgumentException(key + ": must be given");
        }
        return (int) Math.round(Settings.inRange(key, degrees, -bound, bound) * 1e7);
    }
}
