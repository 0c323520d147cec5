package io.luyun.server.supervise;

/** Hears of what happens to test vehicles; on the thread that reads the journal. */
public interface VehicleEvents {
    /** Nobody. */
    VehicleEvents NONE = (what, device, atNs, latE7, lonE7) -> {};

    /** What happens. */
    enum What {
        /** A person has taken over while it moved. */
        TAKEOVER,
        /** It says that it is disabled, or that an air bag has gone off. */
        FAILURE
    }

    /**
     * Something has happened.
     *
     * @param atNs receive time of the message that tells, ns since 1970
     * @param latE7 where, 1e-7 degrees
     * @param lonE7 the same
     */
    void on(What what, String device, long atNs, int latE7, int lonE7);
}
