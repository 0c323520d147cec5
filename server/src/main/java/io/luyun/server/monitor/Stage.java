package io.luyun.server.monitor;

/** The parts of the line whose time is measured. */
public enum Stage {
    RECEIVE_APPEND("receive_append", "From the read of the socket to the append in the journal"),
    APPEND_SYNC("append_sync", "From the oldest append of a group to the end of its sync"),
    RECEIVE_ALERT("receive_alert", "From the read of the socket to the decision for an alert"),
    ALERT_SOCKET("alert_socket", "From the decision for an alert to its hand-over to the socket");

    private final String label;
    private final String doc;

    Stage(final String label, final String doc) {
        this.label = label;
        this.doc = doc;
    }

    /** The name it is published under. */
    public String label() {
        return label;
    }

    /** What it measures. */
    public String doc() {
        return doc;
    }
}
