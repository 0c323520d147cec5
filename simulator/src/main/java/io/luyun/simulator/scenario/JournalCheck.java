package io.luyun.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.simulator.measure.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code journal verify} found in a journal that only this run wrote.
 *
 * @param journaled message records, each once
 * @param duplicates message records that were there before
 * @param damaged damaged ranges
 */
public record JournalCheck(long journaled, long duplicates, long damaged) {
    /**
     * Messages that were acknowledged and are not there. Exact when no message is unanswered; otherwise an unanswered one
     * that is there may hide a lost one.
     */
    public long lost(final Totals totals) {
        return Math.max(0, totals.acked() - journaled);
    }

    /** Whether nothing was lost, duplicated or damaged. */
    public boolean clean(final Totals totals) {
        return lost(totals) == 0 && duplicates == 0 && damaged == 0;
    }

    /**
     * Runs the verifier of another process over the journal.
     *
     * @throws IOException when it gives no answer
     */
    public static JournalCheck of(final String launcher, final Path journal) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(List.of(launcher, "journal", "verify", journal.toString(), "--json"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String output =
                new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        final int code = process.waitFor();
        final String last = output.isBlank() ? "" : output.strip().lines().reduce("", (_, line) -> line);
        if (!last.startsWith("{")) {
            throw new IOException("journal verify ended with " + code + " and no JSON: " + last);
        }
        return parse(new ObjectMapper().readTree(last));
    }

    static JournalCheck parse(final JsonNode node) {
        final long duplicates = node.path("duplicates").asLong();
        return new JournalCheck(
                node.path("messages").asLong() - duplicates,
                duplicates,
                node.path("damage").size());
    }
}
