package io.luyun.benchmarks.peers;

import java.io.IOException;

/** What the processes of a machine have used so far. */
interface Machine {
    /**
     * One look; CPU time in ns since some beginning, of all cores together.
     *
     * @param serverNs the system under test, all its processes
     * @param oursNs the generator and who measures
     * @param kernelNs threads of the kernel, which work for whoever writes
     * @param busyNs the whole machine, the above included
     * @param ownBytes memory of the system under test that is backed by no file
     * @param residentBytes all its memory that is in RAM
     */
    record Look(long serverNs, long oursNs, long kernelNs, long busyNs, long ownBytes, long residentBytes) {
        /** What nobody of ours used. */
        long foreignNs() {
            return busyNs - serverNs - oursNs - kernelNs;
        }
    }

    /** Looks now. */
    Look look() throws IOException;
}
