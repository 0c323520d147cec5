package io.luyun.server.live;

/** What a browser asks for. */
sealed interface LiveRequest {
    /** Positions in a box, so often a second at most. */
    record Look(Box box, double hz) implements LiveRequest {}

    /** Positions of one road user wherever it is; 0 for nobody any more. */
    record Watch(long participantId) implements LiveRequest {}

    /** The journal from a time on. */
    record Replay(long fromNs, double speed) implements LiveRequest {}

    /** So many seconds of the journal a second. */
    record Speed(double speed) implements LiveRequest {}

    /** Time stands. */
    record Pause() implements LiveRequest {}

    /** Time goes on. */
    record Play() implements LiveRequest {}

    /** So much further, then time stands. */
    record Step(long millis) implements LiveRequest {}

    /** Another time of the journal. */
    record Seek(long toNs) implements LiveRequest {}

    /** The road as it is. */
    record Live() implements LiveRequest {}
}
