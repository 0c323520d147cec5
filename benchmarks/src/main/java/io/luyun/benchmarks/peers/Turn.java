package io.luyun.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One turn, in the process that generates: connects, sends, looks at the machine meanwhile.
 *
 * @param contender what is at the other end
 * @param port where on loopback
 * @param server its process
 * @param harness the process that measures
 * @param foreignLimitPercent a second in which others used more of one core does not count
 */
public record Turn(Contender contender, int port, long server, long harness, double foreignLimitPercent) {
    /** From connecting to the first message, so that what connecting costs is over. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Runs it.
     *
     * @throws IOException when the other end does not take what is offered
     */
    public TurnResult run(final Load load, final Reports reports) throws IOException, InterruptedException {
        reports.next(0, 0, false);
        final Machine machine =
                new ProcMachine(server, List.of(harness, ProcessHandle.current().pid()));
        final Account account = new Account(load.vehicles(), load.seconds());
        try (Client client = Clients.of(contender, port, load.vehicles(), reports)) {
            client.open(account);
            final long startNs = System.nanoTime() + PAUSE_NS;
            final long firstNs = startNs + TimeUnit.SECONDS.toNanos(load.leadSeconds());
            client.loop().submit(() -> account.begin(firstNs)).sync();
            try (Watch watch = new Watch(machine, firstNs, load.seconds())) {
                watch.start();
                final boolean settled = new LoadRun(client, reports, account, load, startNs).run();
                return TurnResult.of(account, watch.looks(), foreignLimitPercent, settled);
            }
        }
    }
}
