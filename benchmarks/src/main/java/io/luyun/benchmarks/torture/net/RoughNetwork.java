package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Trial;
import java.io.IOException;

/** F9: everything a network does. */
final class RoughNetwork implements Fault {
    @Override
    public String id() {
        return "F9";
    }

    @Override
    public String what() {
        return "delay, cuts at any byte, vanished peers, resets, partitions, 1 Mbit/s; datagrams lost, doubled, swapped";
    }

    @Override
    public String promise() {
        return "0 acknowledged lost, 0 twice, 0 out of order; lost datagrams counted within 0.1 %";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        new RoughTcp(trial, notes).run();
        new RoughUdp(trial, notes).run();
        return notes.outcome();
    }
}
