package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.intake.ImportSource;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of files that others wrote. */
final class McapImportTest {
    private static final int BSM = RecordKind.RECORD_KIND_BSM_VALUE;

    @TempDir
    private Path directory;

    @Test
    void timesThatNobodyMeansAreLostAndCounted() throws Exception {
        final Path file = directory.resolve("other.mcap");
        final byte[] bsm = Bsm.newBuilder().setMsgCnt(7).build().toByteArray();
        try (McapWriter writer = new McapWriter(file, "other")) {
            final int schema = writer.schema(RecordSchemas.name(BSM), RecordSchemas.descriptors(BSM));
            final int channel = writer.channel(schema, "/bsm", Map.of("device", "veh-1"));
            for (final long timeNs : new long[] {0, -5, ImportSource.LAST_NS + 1, ImportSource.LAST_NS, 1}) {
                final int begun = writer.begin(channel, 1, timeNs, timeNs);
                writer.content().bytes(bsm, 0, bsm.length);
                writer.end(begun);
            }
        }
        try (McapImport source = new McapImport(file)) {
            assertThat(source.next()).isTrue();
            assertThat(source.timeNs()).isEqualTo(ImportSource.LAST_NS);
            assertThat(source.next()).isTrue();
            assertThat(source.timeNs()).isEqualTo(1);
            assertThat(source.next()).isFalse();
            assertThat(source.account().lost()).isEqualTo(Map.of("a time before 1970 or after 2200", 3L));
        }
    }
}
