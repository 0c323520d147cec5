package io.luyun.server.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Judges a hello: whether it is right, whose it is, whether the server can take it now. One for each loop. */
final class Admission {
    private final Sessions.Environment env;
    private final MessageChecks checks;
    private final Refusal refusal = new Refusal();
    private @Nullable Hello hello;
    private @Nullable DeviceEntry entry;

    Admission(final Sessions.Environment env, final MessageChecks checks) {
        this.env = env;
        this.checks = checks;
    }

    /** Why the hello is refused; null when it is good, and {@link #hello} and {@link #entry} then hold. */
    @Nullable
    Refusal judge(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final @Nullable String commonName,
            final long receivedAtNs) {
        hello = null;
        entry = null;
        final Refusal wrong = checks.body(DeviceFrame.HELLO_FIELD_NUMBER, buffer, offset, length);
        if (wrong != null) {
            return wrong;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            return judge(Hello.parseFrom(bytes), commonName, receivedAtNs);
        } catch (final InvalidProtocolBufferException e) {
            return refusal.set(ErrorCode.ERROR_CODE_MALFORMED, "hello", "", String.valueOf(e.getMessage()));
        }
    }

    /** The same of a hello in another language. */
    @Nullable
    Refusal judge(final Hello said, final @Nullable String commonName, final long receivedAtNs) {
        hello = null;
        entry = null;
        final DeviceEntry found = env.registry().find(said.getDeviceId(), said.getRole());
        if (found == null || !found.proves(said, commonName, env.insecure())) {
            return refusal.set(
                    ErrorCode.ERROR_CODE_NOT_AUTHENTICATED,
                    "hello.device_id",
                    said.getDeviceId(),
                    "must be in the registry and prove itself by its token or client certificate");
        }
        if (found.role() != said.getRole()) {
            return refusal.set(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    "hello.role",
                    said.getRole().name(),
                    "must be the role the registry gives this device");
        }
        if (found.sends() && said.hasDeviceTimeMs()) {
            final Refusal clock = checks.clock("hello.device_time_ms", said.getDeviceTimeMs(), receivedAtNs);
            if (clock != null) {
                return clock;
            }
        }
        final String unavailable = env.line().refusal();
        if (unavailable != null) {
            return refusal.set(ErrorCode.ERROR_CODE_UNAVAILABLE, "", "", unavailable);
        }
        hello = said;
        entry = found;
        return null;
    }

    Hello hello() {
        if (hello == null) {
            throw new IllegalStateException("no hello");
        }
        return hello;
    }

    DeviceEntry entry() {
        if (entry == null) {
            throw new IllegalStateException("no entry");
        }
        return entry;
    }
}
