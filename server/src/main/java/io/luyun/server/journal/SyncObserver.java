package io.luyun.server.journal;

/** Hears of every sync, on the sync thread. */
@FunctionalInterface
public interface SyncObserver {
    /** All records up to this sequence survive a loss of power. */
    void onSynced(long sequence);
}
