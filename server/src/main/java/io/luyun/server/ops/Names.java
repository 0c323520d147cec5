package io.luyun.server.ops;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import java.util.Arrays;
import java.util.List;

/** The schema's numbers that figures are told apart by, and their short names. */
final class Names {
    static final List<Role> ROLES = Arrays.stream(Role.values())
            .filter(role -> role != Role.UNRECOGNIZED && role != Role.ROLE_UNSPECIFIED)
            .toList();
    static final List<MessageKind> MESSAGES = Arrays.stream(MessageKind.values())
            .filter(kind -> kind != MessageKind.UNRECOGNIZED && kind != MessageKind.MESSAGE_KIND_UNSPECIFIED)
            .toList();
    static final List<AlertKind> ALERTS = Arrays.stream(AlertKind.values())
            .filter(kind -> kind != AlertKind.UNRECOGNIZED && kind != AlertKind.ALERT_KIND_UNSPECIFIED)
            .toList();

    private Names() {}

    static String of(final Role role) {
        return role.name().substring("ROLE_".length());
    }

    static String of(final MessageKind kind) {
        return kind.name().substring("MESSAGE_KIND_".length());
    }

    static String of(final AlertKind kind) {
        return kind.name().substring("ALERT_KIND_".length());
    }
}
