package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal of alerts as it is written and remembers in a file how far, so that what was decided while nobody looked is
 * looked at later. What is read twice makes the same triggers. One thread.
 */
final class AlertFollower implements AutoCloseable {
    private static final int MOST_A_TURN = 10_000;
    private static final String SEQUENCE = "alertSequence";

    private final Path directory;
    private final Path file;
    private final Path alerts;
    private final AlertTriggers triggers;
    private @Nullable JournalReader reader;
    private long read;
    private long saved = -1;

    AlertFollower(final PackageStore store, final Path alerts, final AlertTriggers triggers) {
        directory = store.directory();
        file = directory.resolve("position.json");
        this.alerts = alerts;
        this.triggers = triggers;
    }

    /** Looks at what has come; answers how many alerts. */
    int turn() throws IOException {
        JournalReader open = reader;
        if (open == null) {
            if (!Journal.existsAt(alerts)) {
                return 0;
            }
            read = Files.exists(file)
                    ? PackageStore.read(file).path(SEQUENCE).asLong()
                    : Journal.openReadOnly(alerts).lastSequence();
            open = Journal.openReadOnly(alerts).follow(read + 1);
            reader = open;
            save(); // from here on no alert is missed, whenever this process ends
        }
        int count = 0;
        while (count < MOST_A_TURN && open.next()) {
            triggers.on(open);
            read = open.sequence();
            count++;
        }
        return count;
    }

    /** Remembers how far it has read. */
    void save() throws IOException {
        if (reader != null && read != saved) {
            Files.createDirectories(directory);
            SafeFile.write(
                    file,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put(SEQUENCE, read)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8));
            saved = read;
        }
    }

    @Override
    public void close() {
        CloseHelper.close(reader);
    }
}
