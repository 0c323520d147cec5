package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that can be written when an export begins and cannot when it ends. */
final class ExportAuditTest {
    @TempDir
    private Path directory;

    private Path output;
    private ExportAudit log;

    @BeforeEach
    void begin() throws Exception {
        final Path file = directory.resolve("audit.ndjson");
        output = Files.writeString(directory.resolve("out"), "x");
        log = ExportAudit.of(directory, file);
        log.started(directory, List.of(), "csv", output, "", JsonNodeFactory.instance.objectNode());
        Files.delete(file);
        Files.createDirectory(file);
    }

    @Test
    void saysThatTheFilesAreThereWhenTheirHashesCannotBeWritten() {
        assertThatThrownBy(() -> log.finished(List.of(output), 1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the audit log " + directory.resolve("audit.ndjson") + " cannot be written")
                .hasMessageEndingWith("; the export is complete, and the log says no more than that it was begun");
    }

    @Test
    void keepsWhyItFailedWhenThatCannotBeWritten() {
        final IOException cause = new IOException("no space left");
        log.failed(cause);
        assertThat(cause.getSuppressed()).hasSize(1);
        assertThat(cause.getSuppressed()[0]).hasMessageContaining("cannot be written");
    }
}
