package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.report.Page.Cell;
import io.luyun.simulator.report.Page.Look;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a report. Stateless. */
final class PageTables {
    private static final double PERCENT = 100;
    private static final double BYTES_A_GIB = 1L << 30;

    private PageTables() {}

    static void verdicts(final Page page, final List<Assertions.Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        page.heading("Demanded").table("", "");
        for (final Assertions.Verdict verdict : verdicts) {
            page.row(
                    new Cell(verdict.holds() ? Look.GOOD : Look.BAD, verdict.holds() ? "holds" : "does not hold"),
                    Cell.of(verdict.text()));
        }
        page.endTable();
    }

    static void latencies(final Page page, final Map<String, Latency> latencies) {
        page.table("latency", " count", " min", " mean", " p50", " p90", " p99", " p99.9", " p99.99", " max");
        latencies.forEach((name, latency) -> {
            final boolean none = latency.count() == 0;
            page.row(
                    new Cell(name.indexOf('.') < 0 ? Look.PLAIN : Look.INSIDE, name),
                    Cell.number(Numbers.count(latency.count())),
                    time(none, latency.min()),
                    time(none, latency.mean()),
                    time(none, latency.p50()),
                    time(none, latency.p90()),
                    time(none, latency.p99()),
                    time(none, latency.p999()),
                    time(none, latency.p9999()),
                    time(none, latency.max()));
        });
        page.endTable();
    }

    private static Cell time(final boolean none, final double micros) {
        return Cell.number(none ? "-" : Numbers.time(micros));
    }

    static void cpu(final Page page, final RunReport.Cpu cpu) {
        page.heading("Processor time").table("", " a message", "");
        page.row(
                Cell.of("server"),
                Cell.number(known(cpu.serverMicrosPerMessage())),
                Cell.of("all its threads, for each message sent"));
        page.row(Cell.of("generator"), Cell.number(known(cpu.generatorMicrosPerMessage())), Cell.of("the same"));
        page.endTable();
        final Long disturbed = cpu.disturbedSeconds();
        page.text(
                "p",
                "soft",
                disturbed == null
                        ? "It was not watched what else used the machine."
                        : "Seconds in which something else used the machine: " + Numbers.count(disturbed) + ".");
    }

    private static String known(final @Nullable Double micros) {
        return micros == null ? "not known" : Numbers.time(micros);
    }

    static void stages(final Page page, final List<RunReport.Stage> stages) {
        if (stages.isEmpty()) {
            return;
        }
        page.heading("Search for the maximum").table(" offered", "", " acknowledgement p99", " lost", "why not");
        for (final RunReport.Stage stage : stages) {
            final Double p99 = stage.ackP99Micros();
            page.row(
                    Cell.number(Numbers.figure(Figure.Unit.RATE, stage.rate())),
                    new Cell(stage.passed() ? Look.GOOD : Look.BAD, stage.passed() ? "passed" : "not passed"),
                    Cell.number(p99 == null ? "-" : Numbers.time(p99)),
                    Cell.number(Numbers.count(stage.lost())),
                    Cell.of(stage.why() == null ? "" : stage.why()));
        }
        page.endTable();
    }

    /** Every message, stage by stage, and then the equations between them. */
    static void ledger(final Page page, final Ledger ledger) {
        page.heading("Ledger");
        final Ledger.Script script = ledger.script();
        final Ledger.Answers answers = ledger.answers();
        final Lines lines = new Lines(page, script.offered());
        page.table("every message, in one line of each stage", " messages", " of those offered");
        lines.group("offered by the script", script.offered());
        lines.part("withheld on purpose (simulated loss)", script.withheld());
        lines.part("shed: too much was outstanding", script.shed());
        lines.part("spoiled on purpose (malformed)", script.spoiled());
        lines.part("sent", script.sent());
        lines.group("sent", script.sent());
        lines.part("acknowledged", answers.acknowledged());
        answers.refused().forEach((reason, count) -> lines.part("refused: " + reason, count));
        lines.part("unanswered", answers.unanswered());
        lines.part("without answer by nature (UDP)", answers.withoutAnswer());
        lines.group(
                "written besides", ledger.extra().duplicated() + ledger.extra().sentAgain());
        lines.part("once more on purpose (duplicates)", ledger.extra().duplicated());
        lines.part("once more after a reconnect", ledger.extra().sentAgain());
        if (script.spoiled() > 0) {
            lines.group("spoiled on purpose", script.spoiled());
            lines.part("refused", ledger.spoiled().refused());
            lines.part("taken all the same", ledger.spoiled().taken());
            lines.part("unanswered", ledger.spoiled().unanswered());
        }
        found(lines, ledger);
        page.endTable();
        balances(page, ledger);
    }

    private static void found(final Lines lines, final Ledger ledger) {
        final Ledger.InJournal journal = ledger.journal();
        if (journal != null) {
            lines.group("in the journal", journal.messages());
            lines.known("unanswered, and there", journal.late());
            lines.known("without answer, and there", journal.withoutAnswer());
            lines.known("dropped on the way, by the server's count", journal.droppedOnTheWay());
            lines.fault("there twice", journal.duplicates());
            lines.fault("damaged ranges", journal.damaged());
            final Long lost = ledger.lost();
            lines.fault("lost", lost == null ? 0 : lost);
        }
        final Ledger.Delivered delivered = ledger.delivered();
        if (delivered != null) {
            // of what was offered they are no share: a message can go to nobody or to many
            final Lines copies = new Lines(lines.page(), 0);
            copies.group("delivered to subscribers", delivered.allAlerts() + delivered.updates());
            delivered.alerts().forEach((kind, count) -> copies.part("alert " + kind, count));
            copies.part("updates", delivered.updates());
            copies.known("dropped because they did not read", delivered.dropped());
        }
    }

    private static void balances(final Page page, final Ledger ledger) {
        page.text("p", "soft", "The stages have to add up:").table("", "");
        for (final Ledger.Balance balance : ledger.balances()) {
            page.row(
                    balance.closes() ? "" : "bad",
                    new Cell(balance.closes() ? Look.GOOD : Look.BAD, balance.closes() ? "closes" : "DOES NOT CLOSE"),
                    Cell.of(balance.text()));
        }
        page.endTable();
        if (ledger.journal() == null) {
            page.text("p", "soft", "The journal was not looked at, so nothing is known of what was lost.");
        }
    }

    static void machine(final Page page, final RunReport.Machine machine) {
        page.heading("Machine").table("", "generator", "server");
        final RunReport.Host one = machine.generator();
        final RunReport.Host two = machine.server();
        host(page, "processor", one.cpu(), two == null ? null : two.cpu());
        host(page, "logical cores", one.logicalCores() + "", two == null ? null : two.logicalCores() + "");
        host(page, "memory", memory(one), two == null ? null : memory(two));
        host(page, "kernel", one.kernel(), two == null ? null : two.kernel());
        host(page, "JVM", one.jvm(), two == null ? null : two.jvm());
        host(page, "JVM flags", flags(one), two == null ? null : flags(two));
        host(page, "Luyun", one.luyun(), two == null ? null : two.luyun());
        page.endTable();
    }

    private static void host(final Page page, final String name, final String one, final @Nullable String two) {
        page.row(Cell.of(name), Cell.of(one), Cell.of(two == null ? "not known" : two));
    }

    private static String memory(final RunReport.Host host) {
        return String.format(Locale.ROOT, "%.1f GiB", host.memoryBytes() / BYTES_A_GIB);
    }

    private static String flags(final RunReport.Host host) {
        return host.jvmFlags().isEmpty() ? "none" : String.join(" ", host.jvmFlags());
    }

    /** Lines of the ledger's table. */
    private record Lines(Page page, long offered) {
        void group(final String name, final long count) {
            page.row("group", Cell.of(name), Cell.number(Numbers.count(count)), share(count));
        }

        void part(final String name, final long count) {
            page.row(new Cell(Look.INSIDE, name), Cell.number(Numbers.count(count)), share(count));
        }

        void known(final String name, final @Nullable Long count) {
            if (count == null) {
                page.row(new Cell(Look.INSIDE, name), Cell.number("not known"), Cell.of(""));
            } else {
                part(name, count);
            }
        }

        void fault(final String name, final long count) {
            page.row(
                    count == 0 ? "" : "bad",
                    new Cell(Look.INSIDE, name),
                    Cell.number(Numbers.count(count)),
                    share(count));
        }

        private Cell share(final long count) {
            return Cell.number(
                    count == 0 || offered == 0 ? "" : String.format(Locale.ROOT, "%.4f %%", PERCENT * count / offered));
        }
    }
}
