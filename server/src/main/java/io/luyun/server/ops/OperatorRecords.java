package io.luyun.server.ops;

import io.luyun.proto.v1.AlertAcknowledgement;

/** The way of what people do on the page into the journal. May wait for the disk: not on the face's thread. */
public interface OperatorRecords {
    /** How an operator of the page is called where devices have their ids. */
    static String deviceOf(final Caller caller) {
        return "ops:" + caller.name();
    }

    /**
     * An operator has seen an alert.
     *
     * @return when it was taken, ns since 1970; it is on the disk
     * @throws Problem when the journal does not take it
     */
    long acknowledge(String device, AlertAcknowledgement acknowledgement);
}
