package io.luyun.server.mqtt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that are none, found by fuzzing: each is refused in one line. */
final class TopicTableTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|No content to map due to end-of-input",
                "{}|families: must be given",
                "families: {rsu: }|rsu: must be given",
                "families: {rsu: [~]}|rsu[0].: must be given",
                "'families: {rsu: []}\nalerts: {HLW: }'|alerts.HLW.at: must be given",
                "'families: {rsu: [{up: a, form: json:\n'|while parsing a flow mapping"
            })
    void isRefusedInOneLine(final String text, final String error) throws IOException {
        final Path file = Files.writeString(directory.resolve("topics.yaml"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> TopicTable.load(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mqtt.topics = " + file + ": " + error);
    }
}
