package io.luyun.server.exchange.place;

import io.luyun.server.exchange.intake.ImportAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a file of FCD. What breaks a rule is counted by element, attribute and rule, with the first line and value there was, so
 * that a thousand of the same kind are one line for people. One thread.
 */
final class FcdAccount {
    private static final int SHOWN = 40;

    private final ImportAccount account = new ImportAccount();
    private final Map<String, String> first = new HashMap<>();

    /** An attribute that is not as it must be. */
    void refuse(final String element, final String attribute, final String value, final String rule, final int line) {
        lose(element + ' ' + attribute + ": must be " + rule, line, ", \"" + shown(value) + '"');
    }

    /** An attribute that is not there and must be. */
    void miss(final String element, final String attribute, final int line) {
        lose(element + ' ' + attribute + ": must be there", line, "");
    }

    /** Something else that does not become a record. */
    void lose(final String what, final int line) {
        lose(what, line, "");
    }

    private void lose(final String what, final int line, final String value) {
        account.lose(first.computeIfAbsent(what, rule -> rule + " (first in line " + line + value + ')'));
    }

    /** What stands in a file as one line of plain text, its beginning. */
    static String shown(final String value) {
        final StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(SHOWN)
                .forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? 0xFFFD : point));
        return value.codePointCount(0, value.length()) > SHOWN ? shown + "…" : shown.toString();
    }

    /** An element that has no place in a journal. */
    void leaveOut(final String element) {
        account.leaveOut("element " + shown(element));
    }

    /** Something has become a record. */
    void record() {
        account.record();
    }

    /** The account, with the place where the file cannot be read on; empty for none. */
    ImportAccount with(final List<String> damage) {
        account.damage(damage);
        return account;
    }
}
