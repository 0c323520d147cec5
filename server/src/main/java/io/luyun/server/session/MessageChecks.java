package io.luyun.server.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.MessageClock;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.codec.Wire;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsi;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one C-V2X message must satisfy: the schema's rules, the bounds of the device's entry, and a clock that agrees with
 * the time of arrival. One for each loop; allocates only to refuse, and for RSI and MAP of devices bound to an area.
 */
final class MessageChecks {
    private static final int MINUTE_MILLIS = 60_000;

    private final int clockToleranceMillis;
    private int clockAheadMillis = Integer.MIN_VALUE;
    private final MessageValidator validator = new MessageValidator();
    private final BsmReader bsm = new BsmReader();
    private final RsmReader rsm = new RsmReader();
    private final Refusal refusal = new Refusal();
    private final Phase2Bounds phase2 = new Phase2Bounds(this);

    MessageChecks(final int clockToleranceMillis) {
        this.clockToleranceMillis = clockToleranceMillis;
    }

    /** Why the message is refused; null when it is good. The answer holds until the next call. */
    @Nullable
    Refusal message(
            final int kind,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final DeviceEntry entry,
            final long receivedAtNs) {
        final Violation violation = validator.check(kind, buffer, offset, length);
        if (violation != null) {
            return refusal.set(violation);
        }
        if (entry.narrowsContent()) {
            final Refusal notAllowed = content(kind, buffer, offset, length, entry);
            if (notAllowed != null) {
                return notAllowed;
            }
        }
        return clock(kind, buffer, offset, length, receivedAtNs);
    }

    /** How far the device clock of the message just found good was ahead; MIN_VALUE where it tells no time. */
    int clockAheadMillis() {
        return clockAheadMillis;
    }

    /** Checks a message's number for itself. */
    @Nullable
    Refusal number(final long number) {
        final Violation violation = validator.checkNumber(number);
        return violation == null ? null : refusal.set(violation);
    }

    static String kindName(final int kind) {
        return String.valueOf(MessageKind.forNumber(kind)).replace("MESSAGE_KIND_", "");
    }

    /** Why a device may not send a kind. */
    static String kindRule(final int kind) {
        return kind == MessageKind.MESSAGE_KIND_VPM_VALUE
                ? "is taken on a payment topic only: what a payment tells of its payer belongs in no journal"
                : "must be a kind the registry lets this device send";
    }

    /** As {@link #message} for the other frames a device sends. */
    @Nullable
    Refusal body(final int body, final DirectBuffer buffer, final int offset, final int length) {
        final Violation violation = validator.checkBody(body, buffer, offset, length);
        return violation == null ? null : refusal.set(violation);
    }

    /** Checks a device clock given in full. */
    @Nullable
    Refusal clock(final String field, final long deviceTimeMs, final long receivedAtNs) {
        final long offMillis = deviceTimeMs - TimeUnit.NANOSECONDS.toMillis(receivedAtNs);
        return Math.abs(offMillis) > clockToleranceMillis ? clockOff(field, deviceTimeMs, offMillis) : null;
    }

    private @Nullable Refusal clock(
            final int kind, final DirectBuffer buffer, final int offset, final int length, final long receivedAtNs) {
        final int secMark = MessageClock.secMark(kind, buffer, offset, length);
        clockAheadMillis = Integer.MIN_VALUE;
        if (secMark == Wire.ABSENT) {
            return null;
        }
        final int arrival = (int) (TimeUnit.NANOSECONDS.toMillis(receivedAtNs) % MINUTE_MILLIS);
        int offMillis = secMark - arrival;
        if (offMillis > MINUTE_MILLIS / 2) {
            offMillis -= MINUTE_MILLIS;
        } else if (offMillis < -MINUTE_MILLIS / 2) {
            offMillis += MINUTE_MILLIS;
        }
        clockAheadMillis = offMillis;
        return Math.abs(offMillis) > clockToleranceMillis ? clockOff(clockField(kind), secMark, offMillis) : null;
    }

    private Refusal clockOff(final String field, final long value, final long offMillis) {
        return refusal.set(
                ErrorCode.ERROR_CODE_CLOCK,
                field,
                Long.toString(value),
                "within " + clockToleranceMillis + " ms of the server's clock; it is " + Math.abs(offMillis) + " ms "
                        + (offMillis > 0 ? "ahead" : "behind"));
    }

    private static String clockField(final int kind) {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> "message.rsm.participants[0].sec_mark";
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> "message.spat.time_stamp";
            default -> "message." + kindName(kind).toLowerCase(Locale.ROOT) + ".sec_mark";
        };
    }

    private @Nullable Refusal content(
            final int kind, final DirectBuffer buffer, final int offset, final int length, final DeviceEntry entry) {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE -> bsmContent(buffer, offset, length, entry);
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> rsmContent(buffer, offset, length, entry);
            default -> parsedContent(kind, buffer, offset, length, entry);
        };
    }

    private @Nullable Refusal bsmContent(
            final DirectBuffer buffer, final int offset, final int length, final DeviceEntry entry) {
        if (!bsm.wrap(buffer, offset, length)) {
            return malformed("message.bsm");
        }
        final Refusal id = id("message.bsm.id", bsm.idAsLong(), entry);
        return id != null ? id : inArea("message.bsm.pos", bsm.latE7(), bsm.lonE7(), entry);
    }

    private @Nullable Refusal rsmContent(
            final DirectBuffer buffer, final int offset, final int length, final DeviceEntry entry) {
        if (!rsm.wrap(buffer, offset, length)) {
            return malformed("message.rsm");
        }
        final Refusal id = id("message.rsm.id", rsm.idAsLong(), entry);
        return id != null ? id : inArea("message.rsm.ref_pos", rsm.refLatE7(), rsm.refLonE7(), entry);
    }

    private @Nullable Refusal parsedContent(
            final int kind, final DirectBuffer buffer, final int offset, final int length, final DeviceEntry entry) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            if (kind == MessageKind.MESSAGE_KIND_RSI_VALUE) {
                final Rsi rsi = Rsi.parseFrom(bytes);
                final Refusal id =
                        id("message.rsi.id", rsi.getId().asReadOnlyByteBuffer().getLong(), entry);
                return id != null ? id : inArea("message.rsi.ref_pos", rsi.getRefPos(), entry);
            }
            if (kind == MessageKind.MESSAGE_KIND_MAP_VALUE) {
                int i = 0;
                for (final MapNode node : MapData.parseFrom(bytes).getNodesList()) {
                    final Refusal place = inArea("message.map.nodes[" + i++ + "].ref_pos", node.getRefPos(), entry);
                    if (place != null) {
                        return place;
                    }
                }
                return null;
            }
            return phase2.check(kind, bytes, entry);
        } catch (final InvalidProtocolBufferException e) {
            return malformed("message");
        }
    }

    private Refusal malformed(final String field) {
        return refusal.set(ErrorCode.ERROR_CODE_MALFORMED, field, "", "must be a message of the schema");
    }

    @Nullable
    Refusal id(final String field, final long id, final DeviceEntry entry) {
        return entry.allowsId(id)
                ? null
                : refusal.set(
                        ErrorCode.ERROR_CODE_NOT_ALLOWED,
                        field,
                        String.format("%016x", id),
                        "must be one of the ids the registry gives this device");
    }

    @Nullable
    Refusal inArea(final String field, final Position pos, final DeviceEntry entry) {
        return inArea(field, pos.getLat(), pos.getLon(), entry);
    }

    private @Nullable Refusal inArea(final String field, final int latE7, final int lonE7, final DeviceEntry entry) {
        final Area area = entry.area();
        return area == null || area.contains(latE7, lonE7)
                ? null
                : refusal.set(
                        ErrorCode.ERROR_CODE_NOT_ALLOWED,
                        field,
                        Area.degrees(latE7) + ", " + Area.degrees(lonE7),
                        "must lie in the area the registry gives this device: " + area);
    }
}
