package io.luyun.server.ops;

import io.luyun.server.evidence.EvidenceCounts;
import org.jspecify.annotations.Nullable;

/** What the HTTP face has to know of the running server. Called on the face's own thread; has to be quick. */
public interface OpsSource {
    /** Why the server does not take messages now; null when it does. */
    @Nullable
    NotReady notReady();

    /** The state now. */
    OpsStatus status();

    /** The crossings and who is there, as JSON. */
    byte[] crossings();

    /** The bus stops and who comes there, as JSON. */
    byte[] arrivals();

    /** The links and the traffic on them, as JSON. */
    byte[] traffic();

    /** What has become of incidents; null where none are frozen. */
    default @Nullable EvidenceCounts evidence() {
        return null;
    }

    /** Whether the server takes messages. */
    default boolean ready() {
        return notReady() == null;
    }
}
