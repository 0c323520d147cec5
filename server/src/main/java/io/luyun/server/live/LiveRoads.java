package io.luyun.server.live;

import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.world.LocalPlane;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Where roads of the past come from.
 *
 * @param road by what the road is kept; its rules are not run
 * @param journal the messages, opened anew for each time that is sought
 * @param alerts the alerts that were told
 * @param devices how many devices have a number
 * @param names their ids by their numbers; any thread
 */
public record LiveRoads(
        CoreConfig road,
        Supplier<JournalArchive> journal,
        Supplier<JournalArchive> alerts,
        IntSupplier devices,
        IntFunction<String> names) {
    LocalPlane plane() {
        return road.zone().plane();
    }
}
