package io.luyun.simulator.replay;

/** Gives records their times and ids and hands them to the target. Confined to the target's loop. */
final class Transmitter implements Outlet {
    private final Target target;
    private final Stamps stamps;
    private final Account account;

    Transmitter(final Target target, final Stamps stamps, final Account account) {
        this.target = target;
        this.stamps = stamps;
        this.account = account;
    }

    @Override
    public boolean settled(final long nowNs) {
        return target.settled(nowNs) && target.closed() == null;
    }

    @Override
    public void rehearse(final Recorded record) {
        final ReplayDevice device = record.device();
        if (device != null && target.lacks(record.kind()) == null) {
            target.rehearse(device, record.kind(), stamps.stamped(record, record.timeNs()));
        }
    }

    @Override
    public void begin() {
        stamps.set();
    }

    @Override
    public boolean ready(final Recorded record) {
        return record.device() == null || target.closed() != null || target.ready(record.device());
    }

    @Override
    public boolean send(final Recorded record, final long dueNs) {
        final ReplayDevice device = record.device();
        final String lacks = device == null ? "no message" : target.lacks(record.kind());
        if (device == null || lacks != null) {
            account.notCarried(record.kind(), String.valueOf(lacks));
            return false;
        }
        final long utcNs = stamps.utcNs(record, dueNs);
        return target.send(device, record.kind(), stamps.stamped(record, utcNs), record.sequence(), utcNs, dueNs);
    }

    @Override
    public boolean shared() {
        return target.shared();
    }

    @Override
    public void flush() {
        target.flush();
    }
}
