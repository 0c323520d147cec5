package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.recording.UperFrames;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of feeds whose frames are UPER. */
final class UperOption {
    @Option(
            names = "--dialect",
            defaultValue = "phase2",
            paramLabel = "2019|phase2",
            description = "Generation of the message set (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(
            names = "--role",
            defaultValue = "rsu",
            paramLabel = "rsu|obu",
            description =
                    "What the frames are sent as (default: ${DEFAULT-VALUE}). A roadside unit may send BSM only where the"
                            + " registry says so.")
    private String role = "";

    @Option(
            names = "--keep-times",
            description =
                    "Leave the times within the messages as recorded. Otherwise each message gets the time it is due;"
                            + " recorded times are long past, and a server refuses them.")
    private boolean keepTimes;

    UperFrames frames() {
        final Dialect known = Dialect.of(dialect);
        if (known == null) {
            throw new IllegalArgumentException("--dialect " + dialect + " is not one of 2019, phase2");
        }
        return new UperFrames(known, keepTimes);
    }

    Role role() {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "rsu" -> Role.ROLE_RSU;
            case "obu" -> Role.ROLE_OBU;
            default -> throw new IllegalArgumentException("--role " + role + " is not one of rsu, obu");
        };
    }

    boolean restamps() {
        return !keepTimes;
    }
}
