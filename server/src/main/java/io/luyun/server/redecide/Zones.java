package io.luyun.server.redecide;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.ServerStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The zone that is decided by, held against those that servers said they had. One thread. */
final class Zones {
    private final String name;
    private final ByteString sha256;
    private final Map<ByteString, ServerStarted> others = new LinkedHashMap<>();

    Zones(final String name, final ByteString sha256) {
        this.name = name;
        this.sha256 = sha256;
    }

    /**
     * The server that had started where deciding begins.
     *
     * @throws IllegalArgumentException when its zone was of another name
     */
    void begin(final @Nullable ServerStarted started) {
        if (started == null) {
            return;
        }
        add(started);
    }

    /**
     * A server has started.
     *
     * @throws IllegalArgumentException when its zone is of another name
     */
    void add(final ServerStarted started) {
        if (!started.getZone().equals(name)) {
            throw new IllegalArgumentException("the server that wrote the journal had the zone '" + started.getZone()
                    + "', the zone file is of '" + name + "'");
        }
        if (!started.getZoneSha256().equals(sha256)) {
            others.putIfAbsent(started.getZoneSha256(), started);
        }
    }

    /** Of those that had another file the first one each. */
    List<ServerStarted> others() {
        return List.copyOf(others.values());
    }
}
