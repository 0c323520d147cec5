package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTimeTest {
    @ParameterizedTest
    @CsvSource({
        "59999, 2026-11-24T12:00:00Z,     2026-11-24T11:59:59.999Z",
        "0,     2026-11-24T11:59:59.999Z, 2026-11-24T12:00:00Z",
        "0,     2026-11-24T12:00:00Z,     2026-11-24T12:00:00Z",
        "59999, 2026-11-24T11:59:59.999Z, 2026-11-24T11:59:59.999Z",
        "2999,  2026-12-31T23:59:59.999Z, 2027-01-01T00:00:02.999Z",
        "57001, 2027-01-01T00:00:00Z,     2026-12-31T23:59:57.001Z",
        "30000, 2026-11-24T12:00:00Z,     2026-11-24T12:00:30Z",
        "30001, 2026-11-24T12:00:00Z,     2026-11-24T11:59:30.001Z",
    })
    void theNearestMomentIsMeant(int secMark, Instant received, Instant meant) {
        assertThat(MessageTime.ofSecMark(secMark, nanos(received))).isEqualTo(nanos(meant));
    }

    @ParameterizedTest
    @CsvSource({
        "0,      2026-12-31T23:59:30Z, 2027-01-01T00:00:00Z",
        "525599, 2027-01-01T00:00:30Z, 2026-12-31T23:59:00Z",
        "527039, 2028-12-31T23:59:30Z, 2028-12-31T23:59:00Z",
    })
    void theYearWrapsToo(int minute, Instant received, Instant meant) {
        assertThat(MessageTime.ofMinuteOfYear(minute, nanos(received))).isEqualTo(nanos(meant));
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
