package io.luyun.benchmarks.torture;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its first record and holds it against ledgers. */
public final class Books {
    private final Map<String, Page> byDevice = new HashMap<>();
    private final Map<Integer, Page> byIndex = new HashMap<>();
    private long journaled;
    private long foreign;

    /** What the journal has of one device. */
    private static final class Page {
        private final Ledger ledger;
        private final BitSet seen = new BitSet();
        private int highest;
        private long twice;
        private long disordered;
        private long altered;

        Page(final Ledger ledger) {
            this.ledger = ledger;
        }

        void onMessage(final int number, final byte[] payload) {
            if (seen.get(number)) {
                twice++;
            } else if (number < highest) {
                disordered++;
            }
            if (!ledger.matches(number, payload)) {
                altered++;
            }
            seen.set(number);
            highest = Math.max(highest, number);
        }

        long lost() {
            long lost = 0;
            for (int number = 1; number <= ledger.acknowledged(); number++) {
                if (ledger.promised(number) && !seen.get(number)) {
                    lost++;
                }
            }
            return lost;
        }
    }

    private Books(final Collection<Ledger> ledgers) {
        for (final Ledger ledger : ledgers) {
            byDevice.put(ledger.device(), new Page(ledger));
        }
    }

    /**
     * Reads it as it lies there.
     *
     * @param journal its directory, of a server that does not run
     * @param ledgers of all devices that have sent to it
     */
    public static Account of(final Path journal, final Collection<Ledger> ledgers) throws IOException {
        final Books books = new Books(ledgers);
        return books.account(books.read(journal));
    }

    /**
     * The highest number the journal has of each device, 0 for none.
     *
     * @param journal its directory, of a server that does not run
     * @param ledgers of all devices that have sent to it
     */
    public static int[] highest(final Path journal, final Collection<Ledger> ledgers) throws IOException {
        final Books books = new Books(ledgers);
        books.read(journal);
        return ledgers.stream()
                .mapToInt(ledger -> Objects.requireNonNull(books.byDevice.get(ledger.device())).highest)
                .toArray();
    }

    private List<Damage> read(final Path journal) throws IOException {
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            while (reader.next()) {
                onRecord(reader);
            }
            return reader.damage();
        }
    }

    private void onRecord(final JournalReader reader) throws IOException {
        final boolean opened = reader.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE;
        if (!opened && reader.kind() != RecordKind.RECORD_KIND_BSM_VALUE) {
            return;
        }
        final byte[] payload = new byte[reader.payloadLength()];
        reader.buffer().getBytes(reader.payloadOffset(), payload);
        if (opened) {
            final @Nullable Page page =
                    byDevice.get(SessionOpened.parseFrom(payload).getDeviceId());
            if (page != null) {
                byIndex.put(reader.deviceIndex(), page);
            }
            return;
        }
        journaled++;
        final @Nullable Page page = byIndex.get(reader.deviceIndex());
        if (page == null || reader.number() < 1 || reader.number() > page.ledger.sent()) {
            foreign++;
        } else {
            page.onMessage((int) reader.number(), payload);
        }
    }

    private Account account(final List<Damage> damage) {
        long promised = 0;
        long lost = 0;
        long twice = 0;
        long disordered = 0;
        long altered = 0;
        for (final Page page : byDevice.values()) {
            promised += page.ledger.promised();
            lost += page.lost();
            twice += page.twice;
            disordered += page.disordered;
            altered += page.altered;
        }
        return new Account(
                promised,
                journaled,
                lost,
                twice,
                disordered,
                altered,
                foreign,
                damage.size(),
                damage.stream().map(Damage::toString).toList());
    }
}
