package io.luyun.server.session;

import io.luyun.proto.v1.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect and what each may do. Looked up by any thread; reloaded by one. A reload replaces the whole registry
 * or, when the file is not right, nothing.
 */
public final class DeviceRegistry {
    private static final Map<Role, DeviceEntry> BY_ROLE = byRole();

    private final @Nullable Path file;
    private String stamp;
    private volatile Map<String, DeviceEntry> entries;

    private DeviceRegistry(final @Nullable Path file, final String stamp, final Map<String, DeviceEntry> entries) {
        this.file = file;
        this.stamp = stamp;
        this.entries = entries;
    }

    /** Every device is known and may do what its role may; for insecure mode. */
    public static DeviceRegistry everyone() {
        return new DeviceRegistry(null, "", Map.of());
    }

    /** Reads a file, YAML or JSON; fails with one line that names the entry, the value and the rule. */
    public static DeviceRegistry load(final Path file) {
        final String stamp = stampOf(file);
        return new DeviceRegistry(file, stamp, RegistryFile.read(file));
    }

    /**
     * Reads the file again when it has changed. Fails, once for each change, as {@link #load} does, and keeps what it
     * has.
     *
     * @return true when another registry holds now
     */
    public boolean reload() {
        if (file == null) {
            return false;
        }
        final String now = stampOf(file);
        if (now.equals(stamp)) {
            return false;
        }
        stamp = now;
        entries = RegistryFile.read(file);
        return true;
    }

    /** Entries in the file. */
    public int size() {
        return entries.size();
    }

    /** The entry for a device of this id and role; null when there is none. */
    @Nullable
    DeviceEntry find(final String deviceId, final Role role) {
        if (file == null) {
            return BY_ROLE.get(role);
        }
        final Map<String, DeviceEntry> now = entries;
        DeviceEntry entry = now.get(deviceId);
        for (int end = deviceId.length(); entry == null && end >= 0; end--) {
            entry = now.get(deviceId.substring(0, end) + '*');
        }
        return deviceId.endsWith("*") ? null : entry;
    }

    private static String stampOf(final Path file) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (final IOException e) {
            return "unreadable: " + e;
        }
    }

    private static Map<Role, DeviceEntry> byRole() {
        final Map<Role, DeviceEntry> byRole = new EnumMap<>(Role.class);
        for (final Role role : Role.values()) {
            if (role != Role.UNRECOGNIZED && role != Role.ROLE_UNSPECIFIED) {
                byRole.put(role, DeviceEntry.ofRole(role));
            }
        }
        return byRole;
    }
}
