package io.luyun.server.ops;

import java.util.Map;

/**
 * State of the running server, as far as the counters do not tell it.
 *
 * @param version version of the server
 * @param uptimeSeconds since the start
 * @param mode {@code shared} or {@code dedicated}
 * @param zone name of the zone
 * @param sessions sessions open now
 * @param appendedSequence last sequence appended to the journal, 0 for none
 * @param syncedSequence last sequence that is safe on the disk, 0 for none
 * @param mqtt what goes over MQTT: names, and values Jackson can write; empty where it is not enabled
 * @param traffic traffic of the zone
 * @param scan what the scan at start found: names, and values Jackson can write
 */
public record OpsStatus(
        String version,
        long uptimeSeconds,
        String mode,
        String zone,
        int sessions,
        long appendedSequence,
        long syncedSequence,
        Map<String, ?> mqtt,
        OpsTraffic traffic,
        Map<String, ?> scan) {}
