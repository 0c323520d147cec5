package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.exchange.intake.ImportSource;
import io.luyun.server.exchange.intake.MergedSources;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.exchange.mcap.McapImport;
import io.luyun.server.exchange.pcap.PcapImport;
import io.luyun.server.exchange.place.FcdImport;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How far an import is, by the octets of its files. */
final class ImportOctetsTest {
    @TempDir
    private Path directory;

    private Path export(final String format, final String name) {
        final Path file = directory.resolve(name);
        final StringWriter said = new StringWriter();
        final int code = new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "export",
                        directory.resolve("data").toString(),
                        "-f",
                        format,
                        "-o",
                        file.toString(),
                        "--reason",
                        "test",
                        "--audit",
                        directory.resolve("audit").toString());
        assertThat(code).as(said.toString()).isZero();
        return file;
    }

    @Test
    void growsFromOneRecordToTheNextUpToAllOfTheFiles() throws IOException {
        SampleJournal.write(directory.resolve("data"), 1, 500);
        final List<Path> files = List.of(
                export("mcap", "a.mcap"),
                export("pcap", "a.pcapng"),
                export("fcd", "a.xml"),
                export("fcd", "a.xml.gz"));
        final List<ImportSource> sources = List.of(
                new McapImport(files.get(0)),
                new PcapImport(files.get(1), ExportOptions.dialect("phase2"), 0, false),
                new FcdImport(files.get(2), null),
                new FcdImport(files.get(3), null));
        long size = 0;
        for (final Path file : files) {
            size += Files.size(file);
        }
        final List<Long> octets = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        try (NewRecording recording = new NewRecording(
                directory.resolve("back"),
                (at, clock) -> Journal.open(
                        new JournalConfig(at.toString(), 2_000, 256, 2_048, 1, "FAST_DAILY", 1, 2, 0, 1_000_000, 0),
                        clock,
                        new Counters(),
                        new Latencies(),
                        errors::add))) {
            new MergedSources(sources).give(recording, (read, given) -> octets.add(read));
        }
        assertThat(errors).isEmpty();
        assertThat(octets).isSorted().hasSizeGreaterThan(5_000);
        assertThat(octets.getFirst()).isLessThan(size / 2);
        long end = 0;
        for (int i = 0; i < files.size(); i++) {
            final long length = Files.size(files.get(i));
            // of an MCAP file the index behind the last record is read by its own way
            assertThat(sources.get(i).octetsRead())
                    .as(files.get(i).toString())
                    .isBetween(i == 0 ? length / 4 : length, length);
            end += sources.get(i).octetsRead();
            sources.get(i).close();
        }
        assertThat(octets.getLast()).isBetween(end * 9 / 10, end);
    }
}
