package io.luyun.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device's millisecond of the minute, from the bits of a frame to the verdict about its clock. */
class MessageChecksTest {
    private static final int TOLERANCE_MILLIS = 5_000;
    private static final int BSM = MessageKind.MESSAGE_KIND_BSM_VALUE;
    private static final long MINUTE_MILLIS =
            Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    /** A BSM of the road. */
    private static final byte[] FRAME = HexFormat.of()
            .parseHex("02a4660606268666260636fe78cd1346f5d23e1c429a260606066000c5ce235f55f41fdfffe022d07d036480000000");

    /** Bits before its 16 bits of secMark: the frame's choice, extension bit and options, msgCnt, id. */
    private static final int SEC_MARK_AT = 4 + 8 + 7 + 64;

    private final MessageChecks checks = new MessageChecks(TOLERANCE_MILLIS);
    private final UperDecoder decoder = new UperDecoder();
    private final UnsafeBuffer canonical = new UnsafeBuffer(new byte[1024]);

    @ParameterizedTest
    @CsvSource({
        // what the device says, when it arrives; both in ms of the minute
        "59999,0",
        "0,59999",
        "59999,4999",
        "0,55000",
        "1,59500",
        "55000,0",
        // a lead of 3 s, across the minute, too
        "13000,10000",
        "2999,59999",
        "3000,0",
    })
    void theMinuteWraps(int secMark, int arrival) {
        assertThat(check(secMark, arrival)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"59998,5000,5002,behind", "5001,0,5001,ahead", "0,54999,5001,ahead", "54999,0,5001,behind"})
    void whatIsTooFarOffIsSo(int secMark, int arrival, int off, String way) {
        final Refusal refusal = check(secMark, arrival);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.ERROR_CODE_CLOCK);
        assertThat(refusal.field()).isEqualTo("message.bsm.sec_mark");
        assertThat(refusal.value()).isEqualTo(Integer.toString(secMark));
        assertThat(refusal.rule()).contains(off + " ms " + way);
    }

    /** A leap second, what is reserved, and what means unknown: a BSM must tell its time. */
    @ParameterizedTest
    @CsvSource({"60000", "60999", "61000", "65534", "65535"})
    void fromAMinuteOnTheTimeIsUnknown(int secMark) {
        final Refusal refusal = check(secMark, 0);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.ERROR_CODE_MISSING);
        assertThat(refusal.field()).isEqualTo("message.bsm.sec_mark");
    }

    private Refusal check(int secMark, int arrivalMillis) {
        final byte[] frame = FRAME.clone();
        for (int i = 0; i < Short.SIZE; i++) {
            final int bit = SEC_MARK_AT + i;
            final int mask = 0x80 >> (bit & 7);
            frame[bit >> 3] &= (byte) ~mask;
            frame[bit >> 3] |= (byte) ((secMark >>> (Short.SIZE - 1 - i) & 1) == 0 ? 0 : mask);
        }
        final int length = decoder.decode(Dialect.PHASE_2, new UnsafeBuffer(frame), 0, frame.length, canonical, 0);
        assertThat(decoder.violation()).isNull();
        final long receivedAtNs = TimeUnit.MILLISECONDS.toNanos(MINUTE_MILLIS + arrivalMillis);
        return checks.message(BSM, canonical, 0, length, DeviceEntry.ofRole(Role.ROLE_OBU), receivedAtNs);
    }
}
