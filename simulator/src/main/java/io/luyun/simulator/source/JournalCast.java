package io.luyun.simulator.source;

import io.luyun.proto.v1.MessageKind;
import io.luyun.server.journal.Damage;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is in a journal, by reading all of it once.
 *
 * @param vehicles places of the devices with BSM, by their ids in the journal, in the order of their first ones
 * @param units places of the roadside units with RSM likewise
 * @param firstNs receive time of the first message
 * @param lastNs and of the last one
 * @param damage what could not be read
 */
record JournalCast(
        Map<String, Integer> vehicles, Map<String, Integer> units, long firstNs, long lastNs, List<Damage> damage) {
    static final int BSM = MessageKind.MESSAGE_KIND_BSM_VALUE;
    static final int RSM = MessageKind.MESSAGE_KIND_RSM_VALUE;

    static Selection selection(final boolean roadside) {
        return Selection.ALL.withKinds(roadside ? Set.of(BSM, RSM) : Set.of(BSM));
    }

    static JournalCast of(final Recording recording, final boolean roadside) {
        final Map<String, Integer> vehicles = new LinkedHashMap<>();
        final Map<String, Integer> units = new LinkedHashMap<>();
        long firstNs = Long.MIN_VALUE;
        long lastNs = Long.MIN_VALUE;
        try (RecordCursor records = recording.messages(selection(roadside))) {
            while (records.next()) {
                final Map<String, Integer> of = records.kind() == RSM ? units : vehicles;
                of.putIfAbsent(records.deviceId(), of.size());
                firstNs = firstNs == Long.MIN_VALUE ? records.receivedAtNs() : firstNs;
                lastNs = records.receivedAtNs();
            }
            return new JournalCast(
                    Map.copyOf(vehicles), Map.copyOf(units), firstNs, lastNs, List.copyOf(records.damage()));
        }
    }

    boolean empty() {
        return firstNs == Long.MIN_VALUE;
    }
}
