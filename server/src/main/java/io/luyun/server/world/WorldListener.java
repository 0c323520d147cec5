package io.luyun.server.world;

/** Hears of changes of the road's state, on the thread that drives the world, while the record is being taken. */
public interface WorldListener {
    /** A road user was heard of or seen. The object is reused once the user is gone. */
    void onMoved(Participant participant, long sequence, long atNs);

    /** A road user has gone silent, or has turned out to be another one. */
    void onGone(Participant participant, long atNs);

    /** A signal was heard of. */
    void onSignal(SignalState signal, long sequence, long atNs);

    /** An event or sign is new, or has changed. A mere repetition is not told. */
    void onEvent(RoadEventState event, long sequence, long atNs);

    /** An event or sign has ended; {@link RoadEventState#ended()} tells whether by its own time or by silence. */
    void onEventGone(RoadEventState event, long atNs);
}
