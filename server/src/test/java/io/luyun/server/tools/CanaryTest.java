package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.privacy.RandomMessages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * A journal whose every text, octet and id is a known bird: no export with pseudonyms has it, in any spelling, in any form, and exports
 * without them do, so that the test would see it.
 */
final class CanaryTest {
    private static final long SEED = 7;
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final String TEXT = "CANARY-Q7X";
    private static final byte[] OCTETS = "CNRYQ7X!".getBytes(StandardCharsets.US_ASCII);
    private static final long NUMBER = 0x0C4A_7B3D_5E6F_1829L;
    private static final Set<String> ID_NUMBERS = Set.of("participant_id", "session_id", "alert_id", "boot_epoch");
    private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final int ROUNDS = 3;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();

    private static Map<RecordKind, Descriptor> types() {
        final Map<RecordKind, Descriptor> types = new LinkedHashMap<>();
        for (final RecordKind kind : RecordKind.values()) {
            final FieldDescriptor body = kind == RecordKind.UNRECOGNIZED
                    ? null
                    : io.luyun.proto.v1.Message.getDescriptor()
                            .findFieldByName(
                                    kind.name().replace("RECORD_KIND_", "").toLowerCase(Locale.ROOT));
            if (body != null && kind != RecordKind.RECORD_KIND_VPM) {
                types.put(kind, body.getMessageType());
            }
        }
        types.put(RecordKind.RECORD_KIND_RAW, RawMessage.getDescriptor());
        types.put(RecordKind.RECORD_KIND_DEVICE_WILL, RawMessage.getDescriptor());
        types.put(RecordKind.RECORD_KIND_SERVER_STARTED, ServerStarted.getDescriptor());
        types.put(RecordKind.RECORD_KIND_SESSION_OPENED, SessionOpened.getDescriptor());
        types.put(RecordKind.RECORD_KIND_SESSION_CLOSED, SessionClosed.getDescriptor());
        types.put(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED, SubscriptionChanged.getDescriptor());
        types.put(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED, AlertAcknowledged.getDescriptor());
        types.put(RecordKind.RECORD_KIND_DAMAGE_SEALED, DamageSealed.getDescriptor());
        types.put(RecordKind.RECORD_KIND_ALERT, Alert.getDescriptor());
        return types;
    }

    @BeforeEach
    void write() throws Exception {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        final RandomMessages messages = new RandomMessages(random, 1);
        final JournalConfig config =
                new JournalConfig(journal().toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final int device = journal.devices().indexOf(TEXT + "-veh");
            append(
                    journal,
                    RecordKind.RECORD_KIND_SESSION_OPENED,
                    device,
                    0,
                    SessionOpened.newBuilder()
                            .setDeviceId(TEXT + "-veh")
                            .setBootEpoch(NUMBER)
                            .setAgent(TEXT)
                            .setSessionId(NUMBER)
                            .build());
            int number = 1;
            for (int round = 0; round < ROUNDS; round++) {
                for (final Map.Entry<RecordKind, Descriptor> type : types().entrySet()) {
                    final boolean message = type.getKey().getNumber() < 64;
                    final Message bird = bird(messages.of(type.getValue()));
                    append(journal, type.getKey(), message ? device : -1, message ? number++ : 0, bird);
                }
            }
        }
        assertThat(errors).isEmpty();
        Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final byte[] key = new byte[32];
        random.nextBytes(key);
        Files.write(directory.resolve("key"), key);
    }

    private static void append(
            final Journal journal, final RecordKind kind, final int device, final long number, final Message message) {
        final byte[] payload = message.toByteArray();
        journal.writer()
                .append(kind.getNumber(), device, number, TIME_NS, new UnsafeBuffer(payload), 0, payload.length);
    }

    /** The same with the bird in place of every text, octet and number that is an id. */
    private static Message bird(final Message message) {
        final Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    builder.setRepeatedField(field, i, bird(field, message.getRepeatedField(field, i)));
                }
            } else {
                builder.setField(field, bird(field, value));
            }
        });
        return builder.build();
    }

    private static Object bird(final FieldDescriptor field, final Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> bird((Message) value);
            case STRING -> TEXT;
            case BYTE_STRING -> {
                final byte[] bytes = new byte[((ByteString) value).size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = OCTETS[i % OCTETS.length];
                }
                yield ByteString.copyFrom(bytes);
            }
            case LONG ->
                ID_NUMBERS.contains(field.getName()) ? NUMBER : field.getName().endsWith("_ns") ? TIME_NS : 1L;
            default -> value;
        };
    }

    /** Its path is one that no file may have in it. */
    private Path journal() {
        return directory.resolve(TEXT).resolve("journal");
    }

    private static List<String> formats() {
        return ExportFormat.all().stream().map(ExportFormat::name).toList();
    }

    private Path export(final String format, final String... options) {
        final Path output = directory.resolve("out").resolve(format);
        output.getParent().toFile().mkdirs();
        final List<String> arguments = new ArrayList<>(List.of(
                "export",
                journal().toString(),
                "--format",
                format,
                "--output",
                output.toString(),
                "--audit",
                directory.resolve("audit.ndjson").toString()));
        arguments.addAll(List.of(options));
        final int code = new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(new String[0]));
        assertThat(code).as("%s%s", out, err).isZero();
        return output;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void noExportWithPseudonymsHasIt(final String format) throws Exception {
        final Path output =
                export(format, "--pseudonymise", directory.resolve("key").toString(), "--reason", TEXT);
        assertThat(birds(output)).isEmpty();
        assertThat(size(output)).as("something is there").isPositive();
        final String audit = Files.readString(directory.resolve("audit.ndjson"));
        assertThat(audit).doesNotContain(HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("key"))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void thisTestWouldSeeIt(final String format) throws Exception {
        final Path output = export(format, "--with", "text,raw", "--reason", "to see the bird");
        assertThat(birds(output)).isNotEmpty();
    }

    @Test
    void findsItInAnySpelling() throws Exception {
        final ByteArrayOutputStream shifted = new ByteArrayOutputStream();
        shifted.write(0);
        for (final byte b : shift(OCTETS, 3)) {
            shifted.write(b);
        }
        for (final byte[] bytes : List.of(
                ("x" + TEXT).getBytes(StandardCharsets.UTF_8),
                HexFormat.of().formatHex(OCTETS).getBytes(StandardCharsets.US_ASCII),
                Base64.getEncoder().encode(("ab" + TEXT).getBytes(StandardCharsets.UTF_8)),
                Long.toString(NUMBER).getBytes(StandardCharsets.US_ASCII),
                shifted.toByteArray())) {
            final Path file = Files.write(directory.resolve("spelt"), bytes);
            assertThat(birds(file))
                    .as(new String(bytes, StandardCharsets.ISO_8859_1))
                    .isNotEmpty();
        }
        assertThat(birds(Files.writeString(directory.resolve("spelt"), "nothing")))
                .isEmpty();
    }

    private static long size(final Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** Where the bird was found: file and spelling. */
    private static Set<String> birds(final Path output) throws IOException {
        final Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String name = output.relativize(file).toString();
                if (name.contains(TEXT)) {
                    found.add(name + ": its name");
                }
                final byte[] bytes = Files.readAllBytes(file);
                for (final byte[] part : unpacked(bytes)) {
                    spellings().forEach((spelling, pattern) -> {
                        if (indexOf(part, pattern) >= 0) {
                            found.add(name + ": " + spelling);
                        }
                    });
                }
            }
        }
        return found;
    }

    /** The bytes, and what is in them that has been packed by gzip or zstd. */
    private static List<byte[]> unpacked(final byte[] bytes) throws IOException {
        final List<byte[]> parts = new ArrayList<>(List.of(bytes));
        if (bytes.length > 2 && bytes[0] == 0x1F && (bytes[1] & 0xFF) == 0x8B) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                parts.add(in.readAllBytes());
            }
        }
        for (int at = indexOf(bytes, ZSTD_MAGIC); at >= 0; ) {
            final ByteArrayOutputStream part = new ByteArrayOutputStream();
            try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
                in.setContinuous(true);
                in.transferTo(part);
            } catch (final IOException e) {
                // behind the frame comes something else; what was in it has been read
                assertThat(part.size()).as("a frame of zstd at " + at).isPositive();
            }
            parts.add(part.toByteArray());
            final int next = indexOf(java.util.Arrays.copyOfRange(bytes, at + 1, bytes.length), ZSTD_MAGIC);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return parts;
    }

    private static Map<String, byte[]> spellings() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        final byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        for (final byte[] plain : List.of(text, OCTETS)) {
            final String name = new String(plain, StandardCharsets.US_ASCII);
            all.put(name, plain);
            all.put(name + " in hex", ascii(HexFormat.of().formatHex(plain)));
            all.put(
                    name + " in capital hex",
                    ascii(HexFormat.of().withUpperCase().formatHex(plain)));
            for (int skip = 0; skip < 3; skip++) {
                final byte[] padded = new byte[skip + plain.length];
                System.arraycopy(plain, 0, padded, skip, plain.length);
                final String base64 = Base64.getEncoder().withoutPadding().encodeToString(padded);
                all.put(
                        name + " in base64 " + skip,
                        ascii(base64.substring(skip == 0 ? 0 : skip + 1, base64.length() - 2)));
            }
            for (int bits = 1; bits < 8; bits++) {
                all.put(name + " shifted by " + bits, shift(plain, bits));
            }
        }
        all.put("number", ascii(Long.toString(NUMBER)));
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            all.put(
                    "number " + order,
                    ByteBuffer.allocate(8).order(order).putLong(NUMBER).array());
        }
        return all;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** All whole bytes in the middle of octets that begin so many bits behind a byte. */
    private static byte[] shift(final byte[] octets, final int bits) {
        final byte[] shifted = new byte[octets.length - 1];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = (byte) ((octets[i] & 0xFF) << (8 - bits) | (octets[i + 1] & 0xFF) >>> bits);
        }
        return shifted;
    }

    private static int indexOf(final byte[] bytes, final byte[] pattern) {
        for (int i = 0; i + pattern.length <= bytes.length; i++) {
            int j = 0;
            while (j < pattern.length && bytes[i + j] == pattern[j]) {
                j++;
            }
            if (j == pattern.length) {
                return i;
            }
        }
        return -1;
    }
}
