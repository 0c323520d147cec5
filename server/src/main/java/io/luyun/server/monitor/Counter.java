package io.luyun.server.monitor;

/** Everything the server counts, with the label it is published under and what it means. */
public enum Counter {
    CONNECTIONS_ACCEPTED("connections_accepted", "Connections accepted on the device port"),
    CONNECTIONS_CLOSED("connections_closed", "Connections closed, whoever closed them"),
    CONNECTIONS_REFUSED(
            "connections_refused",
            "Connections closed because a connection limit was reached, or because too many wanted to begin at once"),
    SESSIONS_OPENED("sessions_opened", "Sessions opened by a valid hello"),
    SESSIONS_CLOSED("sessions_closed", "Sessions ended"),
    SESSIONS_TAKEN_OVER("sessions_taken_over", "Sessions ended because the device connected anew"),
    SESSIONS_IDLE("sessions_idle", "Sessions ended because no frame came in time"),
    SESSIONS_REVOKED(
            "sessions_revoked",
            "Sessions ended because the registry or the authorities no longer vouch for the device"),
    HANDSHAKES_FAILED("handshakes_failed", "TLS handshakes that failed or were given up, whatever the reason"),
    FRAMES_RECEIVED("frames_received", "Frames read from devices"),
    BYTES_RECEIVED("bytes_received", "Bytes read from devices"),
    BYTES_SENT("bytes_sent", "Bytes written to devices"),
    READS_PAUSED("reads_paused", "Times a connection was not read because the intake was full"),
    READS_SLOWED(
            "reads_slowed",
            "Times a connection that sends more than its share was not read because the intake was filling up"),
    NUMBER_GAPS("number_gaps", "Messages missing in the numbering of devices"),
    RAW_KEPT(
            "raw_kept",
            "Messages kept as they came, because they have no canonical form or were not understood in full"),
    SWAPPED_COORDINATES("swapped_coordinates", "Messages refused because latitude and longitude seem to be swapped"),
    MQTT_WILLS("mqtt_wills", "Last wills kept because a connection broke"),
    MQTT_DROPPED("mqtt_dropped", "Messages to MQTT devices dropped: too large for the device, or too many waiting"),
    MQTT_UNWRITABLE(
            "mqtt_unwritable", "Messages to MQTT devices not sent because the language of the topic cannot carry them"),
    PAYMENTS_HANDED_ON("payments_handed_on", "Payment frames handed to the other side"),
    PAYMENTS_NOT_HANDED_ON(
            "payments_not_handed_on", "Payment frames nobody was there for, or that the other side did not listen for"),
    UDP_RECEIVED("udp_received", "Datagrams received"),
    UDP_REFUSED("udp_refused", "Datagrams of which all or a part was refused; the reasons are among those of refused"),
    UDP_LOST("udp_lost", "Messages missing in datagrams, by the counter of their sender"),
    UDP_LATE("udp_late", "Messages in datagrams that came later than one sent after them, and were counted as lost"),
    UDP_REPEATED("udp_repeated", "Messages in datagrams with the same count as the one before"),
    REFUSED_UNKNOWN_SOURCE("refused_unknown_source", "Datagrams that no device of the registry sends"),
    REFUSED_FRAME_TOO_LONG("refused_frame_too_long", "Frames longer than the limit"),
    REFUSED_MALFORMED("refused_malformed", "Frames that are not of the schema"),
    REFUSED_UNKNOWN_KIND("refused_unknown_kind", "Frames or messages of an unknown kind"),
    REFUSED_MISSING("refused_missing", "Messages without a required field"),
    REFUSED_OUT_OF_RANGE("refused_out_of_range", "Messages with a value out of its range"),
    REFUSED_NOT_AUTHENTICATED("refused_not_authenticated", "Hellos of unknown devices or with a wrong proof"),
    REFUSED_NOT_ALLOWED("refused_not_allowed", "Frames the registry does not allow the device to send"),
    REFUSED_CLOCK("refused_clock", "Messages whose device clock is too far off"),
    REFUSED_NUMBER_BACKWARDS("refused_number_backwards", "Messages whose number does not rise within the session"),
    REFUSED_OUT_OF_ORDER("refused_out_of_order", "Frames at a time the conversation does not allow"),
    REFUSED_UNAVAILABLE("refused_unavailable", "Hellos and messages while the journal does not accept"),
    REFUSED_ABUSE("refused_abuse", "Connections closed because too much was refused on them"),
    REFUSED_LIMIT("refused_limit", "Requests beyond a limit, for example of subscriptions"),
    JOURNAL_APPENDED("journal_appended", "Records appended to the journal, of every kind"),
    JOURNAL_BYTES("journal_bytes", "Bytes appended to the journal"),
    JOURNAL_DUPLICATES("journal_duplicates", "Messages not appended because they are in the journal already"),
    JOURNAL_STALE("journal_stale", "Messages dropped unacknowledged because their session had been taken over"),
    JOURNAL_SYNCS("journal_syncs", "Times the journal was forced to the disk"),
    JOURNAL_INTAKE_FULL("journal_intake_full", "Offers refused because the intake was full"),
    JOURNAL_DAMAGE("journal_damage", "Damaged ranges found"),
    WORLD_REJECTED("world_rejected", "Records the core could not use, for example a MAP that contradicts itself"),
    WORLD_LATE("world_late", "Reports of a participant older than its last one, left unused"),
    WORLD_STALE("world_stale", "Reports that took much longer than others of the same sender, left unused"),
    WORLD_SECOND_PATH("world_second_path", "Reports of a vehicle that another device already reports, left unused"),
    WORLD_MOTION(
            "world_motion",
            "Times a road user seen contradicted its said speed or heading by its places, which were believed"),
    ALERTS_RAISED("alerts_raised", "Alerts raised"),
    ALERTS_UPDATED("alerts_updated", "Alerts updated"),
    ALERTS_CLEARED("alerts_cleared", "Alerts cleared"),
    ALERTS_SENT("alerts_sent", "Alert deliveries handed to sockets"),
    ALERT_ACKNOWLEDGEMENTS_SENT("alert_acknowledgements_sent", "Operators' acknowledgements handed to sockets"),
    ALERTS_DROPPED(
            "alerts_dropped",
            "Alert deliveries and operators' acknowledgements dropped because the receiver reads too slowly"),
    UPDATES_SENT("updates_sent", "Updates handed to sockets"),
    UPDATES_SKIPPED(
            "updates_skipped",
            "Updates left out because the receiver reads too slowly; the next one carries the latest state"),
    SHARES_SENT("shares_sent", "Answers to those who ask to be told what others perceive, handed to sockets"),
    SHARES_SKIPPED("shares_skipped", "Such answers left out because the asker is away or reads too slowly"),
    SUBSCRIBERS_CLOSED("subscribers_closed", "Connections closed by the policy for slow subscribers"),
    LIVE_SKIPPED(
            "live_skipped",
            "Turns the live view was not told of because nobody had taken the last ones; the next one tells everything"),
    LIVE_ALERTS_LOST(
            "live_alerts_lost",
            "Steps of alerts and acknowledgements the live view was not told of one by one; it was told so"),
    LIVE_FRAMES_SENT("live_frames_sent", "Frames of positions handed to browsers"),
    LIVE_FRAMES_SKIPPED(
            "live_frames_skipped",
            "Frames of positions left out because a browser reads too slowly; the next one carries the latest state"),
    LIVE_REFUSED("live_refused", "Messages of browsers that were refused"),
    LIVE_CLOSED("live_closed", "Browsers closed because they read too slowly or sent too much that was refused"),
    LIVE_REPLAYS("live_replays", "Replays begun for browsers"),
    HTTP_REQUESTS("http_requests", "Requests to the HTTP face"),
    HTTP_REFUSED("http_refused", "Requests and connections the HTTP face refused or gave up"),
    NOT_READY_STARTING("not_ready_starting", "Times the server was not ready because it was starting"),
    NOT_READY_STOPPING("not_ready_stopping", "Times the server was not ready because it was stopping"),
    NOT_READY_JOURNAL_FAILED("not_ready_journal_failed", "Times the server became not ready because a journal failed"),
    NOT_READY_DISK_LOW("not_ready_disk_low", "Times the server became not ready because the disk was nearly full"),
    NOT_READY_LINE_STILL("not_ready_line_still", "Times the server became not ready because its line stood still"),
    NOT_READY_CORE_BEHIND(
            "not_ready_core_behind",
            "Times the server became not ready because the core did not keep up with the journal"),
    NOT_READY_SYNC_SLOW("not_ready_sync_slow", "Times the server became not ready because a sync took too long"),
    NOT_READY_PORT_CLOSED("not_ready_port_closed", "Times the server became not ready because a port was not open"),
    ERRORS("errors", "Errors of the server itself; each distinct one is in the log once");

    private final String label;
    private final String doc;

    Counter(final String label, final String doc) {
        this.label = label;
        this.doc = doc;
    }

    /** The name it is published under. */
    public String label() {
        return label;
    }

    /** What it counts. */
    public String doc() {
        return doc;
    }
}
