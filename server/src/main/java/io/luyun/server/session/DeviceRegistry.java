package io.luyun.server.session;

import io.luyun.proto.v1.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect and what each may do. Looked up by any thread; reloaded by one. A reload replaces the whole registry
 * or, when the file is not right, nothing.
 */
public final class DeviceRegistry {
    private static final Map<Role, DeviceEntry> BY_ROLE = byRole();

    private final @Nullable Path file;
    private String stamp;
    private volatile Content content;

    /** What one reading of the file gave. */
    private record Content(Map<String, DeviceEntry> entries, UdpRules udp) {
        static Content of(final Map<String, DeviceEntry> entries) {
            return new Content(entries, UdpRules.of(entries));
        }
    }

    private DeviceRegistry(final @Nullable Path file, final String stamp, final Content content) {
        this.file = file;
        this.stamp = stamp;
        this.content = content;
    }

    /** Every device is known and may do what its role may; for insecure mode. */
    public static DeviceRegistry everyone() {
        return new DeviceRegistry(null, "", Content.of(Map.of()));
    }

    /** Reads a file, YAML or JSON; fails with one line that names the entry, the value and the rule. */
    public static DeviceRegistry load(final Path file) {
        final String stamp = stampOf(file);
        return new DeviceRegistry(file, stamp, read(file));
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
        content = read(file);
        return true;
    }

    /** Whether it is read from a file, which may change. */
    public boolean mayChange() {
        return file != null;
    }

    /** Entries in the file. */
    public int size() {
        return content.entries().size();
    }

    /**
     * All devices there are: those with a session, and those of the file that have none, in the order of their ids.
     *
     * @param sessions of this registry's devices
     */
    public List<DeviceView> devices(final ControlRecords sessions) {
        final List<DeviceView> all = new ArrayList<>(sessions.views());
        final Set<String> online = new HashSet<>();
        all.forEach(view -> online.add(view.id()));
        content.entries().forEach((id, entry) -> {
            if (!online.contains(id)) {
                all.add(new DeviceView(id, entry.role(), false, 0, "", "", new long[0], 0, Map.of(), 0, 0, 0));
            }
        });
        all.sort(Comparator.comparing(DeviceView::id));
        return all;
    }

    /** The entry for a device of this id and role; null when there is none. */
    @Nullable
    DeviceEntry find(final String deviceId, final Role role) {
        if (file == null) {
            return BY_ROLE.get(role);
        }
        final Map<String, DeviceEntry> now = content.entries();
        DeviceEntry entry = now.get(deviceId);
        for (int end = deviceId.length(); entry == null && end >= 0; end--) {
            entry = now.get(deviceId.substring(0, end) + '*');
        }
        return deviceId.endsWith("*") ? null : entry;
    }

    /** The entry of exactly this id; null when there is none. */
    @Nullable
    DeviceEntry find(final String deviceId) {
        return content.entries().get(deviceId);
    }

    /** Whose datagrams come from where. A reload that changes anything makes another object of it. */
    public UdpRules udp() {
        return content.udp();
    }

    private static Content read(final Path file) {
        final Map<String, DeviceEntry> entries = RegistryFile.read(file);
        try {
            return Content.of(entries);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("registry " + file + ": " + e.getMessage(), e);
        }
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
