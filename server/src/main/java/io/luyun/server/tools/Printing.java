package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.RecordPrinter;
import io.luyun.server.research.Records;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Puts records to standard output. One thread. */
final class Printing {
    /** How often a journal that has nothing new is looked at. */
    private static final long PAUSE_NS = 20_000_000L;

    private final RecordPrinter printer;
    private final StandardOut out;

    Printing(final RecordPrinter printer, final StandardOut out) {
        this.printer = printer;
        this.out = out;
    }

    /**
     * Prints records up to the end or a number of them, or until nobody reads.
     *
     * @param skipped so many are left out at first
     * @return damaged ranges that were met
     */
    List<Damage> all(final Records records, final long skipped, final long limit) {
        printer.header(out.text());
        if (skip(records, skipped)) {
            for (long printed = 0; printed < limit && !out.gone() && records.next(); printed++) {
                printer.print(out.text(), records);
                out.appended();
            }
        }
        out.flush();
        return records.damage();
    }

    /**
     * Prints records as they come, until it is to end, nobody reads, or nothing more is wanted.
     *
     * @return damaged ranges that were met
     */
    List<Damage> following(final Records records, final long skipped, final BooleanSupplier ended) {
        printer.header(out.text());
        long toSkip = skipped;
        while (!ended.getAsBoolean() && !out.gone()) {
            if (!records.next()) {
                out.flush();
                if (records.over()) {
                    break;
                }
                LockSupport.parkNanos(PAUSE_NS);
            } else if (toSkip > 0) {
                toSkip--;
            } else {
                printer.print(out.text(), records);
                out.appended();
            }
        }
        out.flush();
        return records.damage();
    }

    private static boolean skip(final Records records, final long skipped) {
        for (long i = 0; i < skipped; i++) {
            if (!records.next()) {
                return false;
            }
        }
        return true;
    }
}
