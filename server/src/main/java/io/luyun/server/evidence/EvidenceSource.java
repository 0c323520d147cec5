package io.luyun.server.evidence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of packages come from.
 *
 * @param journal directory of the journal
 * @param alerts that of the journal of alerts; need not be there
 * @param zone the zone file; null for none
 * @param version of the software
 */
public record EvidenceSource(
        Path journal, Path alerts, @Nullable Path zone, String version) {}
