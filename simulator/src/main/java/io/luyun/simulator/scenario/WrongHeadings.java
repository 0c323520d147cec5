package io.luyun.simulator.scenario;

/** What becomes of headings beyond 360 degrees, which mean nothing. */
public enum WrongHeadings {
    /** Sent as they are: the server refuses their message. */
    SEND,
    /** Left out: the rest of their message holds. */
    LEAVE_OUT
}
