package io.luyun.benchmarks.torture.fuzz;

/**
 * What one input may cost.
 *
 * @param nanos of processor time, the least of several tries
 * @param octets allocated
 */
public record Limits(long nanos, long octets) {
    /** Of what anybody can send: 1 ms and 64 KiB. */
    static final Limits WIRE = new Limits(1_000_000, 64 << 10);

    /** Of a request that is answered with something made for it: 2 ms and 256 KiB. */
    static final Limits ANSWERED = new Limits(2_000_000, 256 << 10);

    /** Of a file that whoever runs the server names: 250 ms and 64 MiB. */
    static final Limits FILE = new Limits(250_000_000, 64 << 20);
}
