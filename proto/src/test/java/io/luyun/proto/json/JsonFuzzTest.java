package io.luyun.proto.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.fuzz.Fuzz;
import io.luyun.proto.v1.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of roadside units, mutated: a message the schema knows, a fault, or nothing; never an exception. */
class JsonFuzzTest {
    private static final int MAX_TEXT = 4_096;
    private static final byte[] UNIT = new byte[8];

    /** What breaks readers: other types, numbers without end, times nobody has, other alphabets. */
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e308",
            "-1e999",
            "99999999999999999999",
            "9223372036854775807",
            "0.00000000000000001",
            "[]",
            "{}",
            "[[[[",
            "\"\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"1\"",
            "\"\\ud800\"",
            "\"路\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-11-24 12:00:00\"",
            ",",
            ":",
            "\"ptcType\":",
            "\"timestamp\":",
            "\"latitude\":",
            "\"unheardOf\":");

    private static final Map<String, List<String>> TEXTS = Map.of(
            "participants", List.of("""
                    {"ack": true, "seqNum": 7, "rscuId": "r-1", "participants": [
                      {"timestamp": 1605336902333, "ptcType": 1, "ptcId": 12, "sourceType": 4, "longitude": 106.3,
                       "latitude": 29.6, "elevation": 231.4, "speed": 13.9, "heading": 90.5, "width": 1.9, "length": 4.6,
                       "height": 1.5, "license": "AB1234", "colour": 3},
                      {"timestamp": "2026-11-24T12:00:00.123Z", "ptcType": 3, "ptcId": 13, "longitude": 106.3001,
                       "latitude": 29.6001, "laneId": 4}]}""", """
                    {"timeStamp": "2026-11-24 12:00:00.5", "ptcType": "2", "ptcId": 1, "longitude": "106.3",
                     "latitude": "29.6", "speed": 0}"""),
            "rsm", List.of("""
                    {"refPos": {"lat": 296000000, "lon": 1063000000, "ele": 2300}, "msgCnt": 4, "participants": [
                      {"ptcType": 1, "ptcId": 5, "source": 3, "secMark": 65535, "speed": 8191, "heading": 7200,
                       "pos": {"lat": 296000000, "lon": 1063000000, "elevation": -4096},
                       "size": {"width": 180, "length": 460, "height": 30}}]}"""),
            "events", List.of("""
                    {"ack": 1, "seqNum": 99, "events": [{"eventId": "e-12", "eventType": 405, "longitude": 106.3,
                      "latitude": 29.6, "elevation": 12, "priority": 3, "eventConfidence": 0.9,
                      "eventDescription": "道路施工", "startTime": 1605336902, "endTime": "2026-11-24T13:00:00+08:00",
                      "linkName": "G75"}]}"""),
            "rsi", List.of("""
                    {"rsiDatas": [{"alertID": 123, "eventType": 9902, "eventPosition": {"lat": 29.6, "lon": 106.3},
                      "eventRadius": 1000, "eventSource": "police", "eventPriority": 5, "description": "施工",
                      "referencePaths": [{"activePath": [{"lat": 29.6, "lon": 106.3}, {"lat": 29.601, "lon": 106.3}],
                      "pathRadius": 200}]}, {"eventClass": "TrafficSign", "alertId": "s1", "eventType": 38,
                      "eventPos": [{"lat": 296000000, "lon": 1063000000}]}, {"eventStatus": false}]}"""),
            "lamps", List.of("""
                    [{"crossId": 149, "regionId": 1, "cityCode": "500", "cycleCountDown": 34, "lampRealInfos": [
                      {"phaseId": 1, "lightStatus": 3, "countDown": 12, "lightStatusNext": 6, "nextCountDown": 30,
                       "lightStatusNextNext": 7, "nextNextCountDown": 3}, {"phaseId": 260, "lightStatus": 3},
                      {"phaseId": 5, "lightStatus": 6}]}]"""),
            "heartbeat", List.of("""
                    {"rscuId": "r-1", "seqNum": 1, "status": {"cpu": 0.3, "faults": []}}"""));

    private final MessageValidator validator = new MessageValidator();

    @ParameterizedTest
    @MethodSource("contents")
    void everyTextIsAnsweredAndCheap(String content) {
        final RoadsideJson json = new RoadsideJson(new Bounds(290_000_000, 1_060_000_000, 300_000_000, 1_070_000_000));
        final List<byte[]> seeds = TEXTS.get(content).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        final int good = Fuzz.run("JSON " + content, TEXTS.size(), seeds, TOKENS, MAX_TEXT, (in, length) -> {
            final byte[] text = new byte[length];
            in.getBytes(0, text);
            final Mapped mapped = json.map(content, text, UNIT);
            for (final Mapped.Message message : mapped.messages()) {
                // good or not, it is one that can be told
                validator.check(message.kind(), new UnsafeBuffer(message.bytes()), 0, message.bytes().length);
            }
            if (mapped.fault() != null && !mapped.messages().isEmpty()) {
                throw new IllegalStateException("messages and a fault");
            }
            return mapped.fault() == null;
        });
        assertThat(good).isBetween(10, 950);
    }

    /** Found by the run above: an instant, and yet more milliseconds than a number holds. */
    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"})
    void aTimeBeyondMillisecondsIsAFault(String time) {
        final String text = "{\"timestamp\": \"" + time
                + "\", \"ptcType\": 1, \"ptcId\": 1, \"longitude\": 106.3, \"latitude\": 29.6}";
        final Mapped mapped = new RoadsideJson(null).map("participants", text.getBytes(StandardCharsets.UTF_8), UNIT);
        assertThat(mapped.fault()).isNotNull();
        assertThat(mapped.fault().code()).isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
        assertThat(mapped.fault().field()).isEqualTo("participants[0].timestamp");
        assertThat(mapped.fault().value()).isEqualTo(time);
    }

    static Stream<String> contents() {
        return TEXTS.keySet().stream().sorted();
    }
}
