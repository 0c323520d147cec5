package io.luyun.simulator;

/** Exit codes other than 0 done and 1 check failed. */
final class ExitCode {
    /** Usage or bad input. */
    static final int USAGE = 2;

    /** A port, disk or peer was not to be had. */
    static final int RESOURCE = 3;

    private ExitCode() {}
}
