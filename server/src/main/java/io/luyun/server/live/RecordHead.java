package io.luyun.server.live;

import io.luyun.server.journal.JournalReader;

/** The head of the record that the road is taking. */
public interface RecordHead {
    /** The device, or -1. */
    int deviceIndex();

    /** Boot epoch the number belongs to. */
    long bootEpoch();

    /** The device's number of the message; 0 for records that are not messages. */
    long number();

    /** Where a reader stands. */
    static RecordHead of(final JournalReader reader) {
        return new RecordHead() {
            @Override
            public int deviceIndex() {
                return reader.deviceIndex();
            }

            @Override
            public long bootEpoch() {
                return reader.bootEpoch();
            }

            @Override
            public long number() {
                return reader.number();
            }
        };
    }
}
