package io.luyun.server.alert;

import io.luyun.server.world.Participant;

/** One application. Looks at a subject that has just moved and tells the book about its case. */
@FunctionalInterface
interface Rule {
    /** Assesses; the subject's speed and heading are known. */
    void assess(Participant subject, long atNs);
}
