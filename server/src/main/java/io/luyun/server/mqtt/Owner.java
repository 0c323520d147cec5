package io.luyun.server.mqtt;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.Session.Outcome;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The session as its parts see it. On its thread. */
interface Owner {
    /** Hands a message to the line under the next number. */
    Outcome take(int kind, long receivedAtNs, DirectBuffer buffer, int offset, int length);

    /** The same for a step of a payment without what tells of the payer. */
    Outcome takePayment(long receivedAtNs, DirectBuffer buffer, int offset, int length);

    /** Whether the device takes part in payments. */
    boolean pays();

    /** Hands the line what the device said as it came, under the next number; false when the intake is full. */
    boolean keepRaw(RawMessage raw, long receivedAtNs);

    /** Hands the line a record that is not a message; false when the intake is full. */
    boolean record(int kind, byte[] payload, long nowNs);

    /** Refuses a message, which uses up the next number. */
    Outcome refuseMessage(ErrorCode code, String field, String value, String rule);

    /** Whether refusals do not speak against the device. */
    void lenient(boolean on);

    /** Refuses something that is not a message. */
    Outcome refuse(ErrorCode code, String field, String value, String rule);

    /** Ends the session, which has broken the protocol. */
    Outcome violated(int reason, String text);

    /** The last number used. */
    long used();

    long id();

    String deviceId();

    @Nullable
    Dialect dialect();

    boolean allowsId(long id);

    /** Whether the device may watch what does not concern itself. */
    boolean subscribes();

    /** Where the registry says it may speak of; null for everywhere. */
    @Nullable
    Area area();

    Role role();

    Counters counters();

    long nanoTime();
}
