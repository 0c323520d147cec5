package io.luyun.server.tools;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.research.Payloads;
import io.luyun.server.research.RecordLines;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How kinds and times of records are told. */
final class RecordText {
    private static final String KIND_PREFIX = "RECORD_KIND_";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private RecordText() {}

    /** The short name of a kind: BSM, TICK. */
    static String kind(final int number) {
        return RecordLines.kind(number);
    }

    /** The number of a kind by its short name, whatever its case; -1 for none. */
    static int kindOf(final String name) {
        for (final RecordKind kind : RecordKind.values()) {
            if (kind != RecordKind.UNRECOGNIZED
                    && kind.name().substring(KIND_PREFIX.length()).equalsIgnoreCase(name)) {
                return kind.getNumber();
            }
        }
        return -1;
    }

    /** The short names of all kinds. */
    static String kinds() {
        return Arrays.stream(RecordKind.values())
                .filter(kind -> kind != RecordKind.UNRECOGNIZED && kind != RecordKind.RECORD_KIND_UNSPECIFIED)
                .map(kind -> kind.name().substring(KIND_PREFIX.length()))
                .collect(Collectors.joining(", "));
    }

    /** A receive time as RFC 3339 with nanoseconds, UTC. */
    static String time(final long nanos) {
        return DateTimeFormatter.ISO_INSTANT.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
    }

    /** The message a kind of record holds; null when it holds none. */
    static @Nullable Descriptor descriptor(final int kind) {
        final Message message = Payloads.of(kind);
        return message == null ? null : message.getDescriptorForType();
    }
}
