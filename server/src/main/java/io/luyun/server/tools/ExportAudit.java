package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditEvent;
import io.luyun.server.audit.AuditException;
import io.luyun.server.audit.AuditLog;
import io.luyun.server.audit.FileHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in the audit log that an export begins, before it does, and what came of it. */
final class ExportAudit {
    private static final String JOURNAL = "journal";
    private static final String AUDIT = "audit";

    private final AuditLog log;
    private final String actor;
    private String started = "";

    private ExportAudit(final AuditLog log) {
        this.log = log;
        actor = actor();
    }

    /**
     * One in the file that was named, else beside the journal: {@code audit/audit.ndjson} in the data directory.
     *
     * @param journal a journal, or the data directory of a server
     */
    static ExportAudit of(final Path journal, final @Nullable Path named) {
        return new ExportAudit(new AuditLog(named == null ? beside(journal) : named, InstantSource.system()));
    }

    static Path beside(final Path journal) {
        final Path whole = journal.toAbsolutePath().normalize();
        final Path directory =
                Files.isDirectory(whole.resolve(JOURNAL)) ? whole.resolve(AUDIT) : whole.resolveSibling(AUDIT);
        return directory.resolve(AuditLog.FILE_NAME);
    }

    /**
     * It begins.
     *
     * @throws IllegalArgumentException when that cannot be written: then it must not
     */
    void started(
            final Path journal,
            final List<String> arguments,
            final String format,
            final Path output,
            final String reason,
            final ObjectNode privacy) {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("journal", journal.toAbsolutePath().normalize().toString());
        details.put("format", format);
        details.put("output", output.toAbsolutePath().normalize().toString());
        details.put("reason", reason);
        details.set("privacy", privacy);
        final ArrayNode given = details.putArray("arguments");
        arguments.forEach(given::add);
        final String behind = System.getenv("SUDO_USER");
        if (behind != null) {
            details.put("sudoUser", behind);
        }
        try {
            started = append("export-started", details);
        } catch (final AuditException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; nothing leaves without it, --audit FILE names another", e);
        }
    }

    /**
     * It is done.
     *
     * @param written what it has written, and nothing else; of what is no file, a pipe, nothing is said
     * @throws IllegalArgumentException when that cannot be written; the files are there then
     */
    void finished(final List<Path> written, final long records, final long leftOut, final int damaged)
            throws IOException {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("started", started);
        details.put("records", records);
        details.put("leftOut", leftOut);
        details.put("damagedRanges", damaged);
        final ArrayNode files = details.putArray("files");
        for (final Path file : written) {
            if (!Files.isRegularFile(file)) {
                continue;
            }
            final ObjectNode node = files.addObject();
            node.put("name", file.toAbsolutePath().normalize().toString());
            node.put("bytes", Files.size(file));
            node.put("sha256", FileHash.of(file));
        }
        try {
            append("export-finished", details);
        } catch (final AuditException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; the export is complete, and the log says no more than that it was begun", e);
        }
    }

    /** It ended before it was done. When that cannot be written, the cause has it as suppressed. */
    void failed(final Exception cause) {
        final ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("started", started);
        details.put("cause", String.valueOf(cause.getMessage()));
        try {
            append("export-failed", details);
        } catch (final AuditException e) {
            cause.addSuppressed(e);
        }
    }

    private String append(final String event, final ObjectNode details) {
        return log.append(new AuditEvent(event, actor, details));
    }

    /** Who runs this process, as the audit log has it. */
    static String actor() {
        return user() + "@" + host();
    }

    private static String user() {
        return System.getProperty("user.name", "unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            // its own name has no address: the message begins with the name
            return String.valueOf(e.getMessage()).split(":", 2)[0];
        }
    }
}
