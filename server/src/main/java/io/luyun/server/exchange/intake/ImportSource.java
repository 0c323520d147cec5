package io.luyun.server.exchange.intake;

import java.io.IOException;

/** A file that is brought into a journal, record by record. One thread; closed by whoever opened it. */
public interface ImportSource extends AutoCloseable {
    /** Last time that is believed, ns since 1970: 2200-01-01. */
    long LAST_NS = 7_258_118_400_000_000_000L;

    /**
     * Goes on to the next thing it has; false when there is none.
     *
     * @throws IOException when the file cannot be read; what is damaged in it stands in the account
     */
    boolean next() throws IOException;

    /** When that was received, ns since 1970. */
    long timeNs();

    /** Hands it on. */
    void give(NewRecording to) throws IOException;

    /** Octets of the file, as it lies there, that have been read. */
    long octetsRead();

    /** What became of the file so far. */
    ImportAccount account();

    @Override
    void close() throws IOException;
}
