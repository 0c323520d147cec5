package io.luyun.server.exchange.mcap;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file shows besides the records.
 *
 * @param zone a zone file whose roads are drawn and whose reference point is the origin of the scene; null for none, then the first road
 *     user is
 * @param follow ids of devices that get a topic and a frame of their own, so that a panel can stay with them
 */
public record McapOptions(@Nullable Path zone, Set<String> follow) {
    /** Nothing. */
    public static final McapOptions NONE = new McapOptions(null, Set.of());

    public McapOptions {
        follow = Set.copyOf(follow);
    }
}
