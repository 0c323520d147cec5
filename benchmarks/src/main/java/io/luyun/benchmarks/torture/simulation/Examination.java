package io.luyun.benchmarks.torture.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds a journal against what devices were told, and against what it was before a death. */
final class Examination {
    private final Map<String, DeviceLedger> ledgers = new HashMap<>();

    Examination(final List<SimulatedDevice> devices) {
        for (final SimulatedDevice device : devices) {
            ledgers.put(device.ledger().deviceId(), device.ledger());
        }
    }

    /**
     * Acknowledged is there, everything once, as it was sent and in order.
     *
     * @param opened whether a server has opened it since the last loss of power: before, messages may stand there whose session
     *     was lost in a hole
     */
    void examine(final JournalContent content, final boolean opened) {
        long sequence = 0;
        long timeNs = 0;
        final Map<String, Map<Long, Long>> last = new HashMap<>();
        for (final JournalContent.Entry entry : content.entries()) {
            Violation.unless(
                    entry.sequence() > sequence, "record %d comes after record %d", entry.sequence(), sequence);
            Violation.unless(entry.timeNs() >= timeNs, "record %d is older than the one before", entry.sequence());
            sequence = entry.sequence();
            timeNs = entry.timeNs();
            if (entry.message()) {
                final String owner = content.owner(entry);
                if (owner == null && !opened) {
                    continue;
                }
                if (owner == null) {
                    throw new Violation("record " + sequence + " is a message of nobody: no session before it opens");
                }
                final DeviceLedger ledger = ledgers.get(owner);
                if (ledger == null) {
                    throw new Violation("record " + sequence + " is of " + owner + ", which there is not");
                }
                ledger.check(entry.epoch(), entry.number(), entry.crc(), sequence);
                Violation.unless(
                        content.note(owner, entry.epoch(), entry.number()),
                        "record %d is number %d of %s a second time",
                        sequence,
                        entry.number(),
                        owner);
                final Long before =
                        last.computeIfAbsent(owner, o -> new HashMap<>()).put(entry.epoch(), entry.number());
                Violation.unless(
                        before == null || before < entry.number(),
                        "record %d is number %d of %s, after number %d",
                        sequence,
                        entry.number(),
                        owner,
                        before);
            }
        }
        ledgers.forEach((id, ledger) -> ledger.checkPromised((epoch, number) -> content.has(id, epoch, number)));
    }

    /**
     * What was safe when the server died is there unchanged; what was not is there unchanged or not at all.
     *
     * @param before all that the server had written
     * @param safe the last record that had to survive
     * @param written the last record written when it died
     */
    static void compare(final JournalContent before, final JournalContent after, final long safe, final long written) {
        final Map<Long, JournalContent.Entry> there = new HashMap<>();
        after.entries().forEach(entry -> there.put(entry.sequence(), entry));
        for (final JournalContent.Entry entry : before.entries()) {
            if (entry.sequence() > written) {
                return;
            }
            final JournalContent.Entry now = there.get(entry.sequence());
            if (entry.sequence() <= safe) {
                Violation.unless(now != null, "record %d was safe, to %d, and is gone", entry.sequence(), safe);
            }
            Violation.unless(
                    now == null || entry.sequence() > safe || now.equals(entry),
                    "record %d is not what it was before the server died",
                    entry.sequence());
        }
    }
}
