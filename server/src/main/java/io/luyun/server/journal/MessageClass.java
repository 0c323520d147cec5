package io.luyun.server.journal;

import io.luyun.proto.v1.RecordKind;
import org.jspecify.annotations.Nullable;

/** What retention tells apart: whom records are about. */
public enum MessageClass {
    /** What devices say of themselves, and whatever is not known to be something else. */
    TEST_VEHICLES("testVehicles"),
    /** What units see of others. */
    BYSTANDERS("bystanders"),
    /** Signals, maps, events and what else roadside units say of the road. */
    INFRASTRUCTURE("infrastructure"),
    /** Records that are not messages: sessions, ticks, alerts. They stay as long as anything of their file does. */
    CONTROL("control");

    private final String label;

    MessageClass(final String label) {
        this.label = label;
    }

    /** Its name in rules and lists. */
    public String label() {
        return label;
    }

    /** The class of a kind of record, a number of RecordKind. */
    public static MessageClass of(final int kind) {
        if (kind >= JournalWriter.CONTROL_KINDS) {
            return CONTROL;
        }
        return switch (known(kind)) {
            case RECORD_KIND_RSM, RECORD_KIND_SSM -> BYSTANDERS;
            case RECORD_KIND_RSI,
                    RECORD_KIND_SPAT,
                    RECORD_KIND_MAP,
                    RECORD_KIND_RTCM,
                    RECORD_KIND_RSC,
                    RECORD_KIND_PAM -> INFRASTRUCTURE;
            default -> TEST_VEHICLES;
        };
    }

    private static RecordKind known(final int kind) {
        final @Nullable RecordKind known = RecordKind.forNumber(kind);
        return known == null ? RecordKind.RECORD_KIND_UNSPECIFIED : known;
    }
}
