package io.luyun.server.mqtt;

import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.NoticeCode;

/** Reason codes of MQTT 5, as far as this endpoint gives them. */
final class Reason {
    static final int SUCCESS = 0x00;
    static final int WITH_WILL = 0x04;
    static final int NO_SUBSCRIPTION = 0x11;
    static final int ERROR = 0x80;
    static final int MALFORMED = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int CLIENT_ID = 0x85;
    static final int NOT_AUTHENTICATED = 0x86;
    static final int NOT_AUTHORIZED = 0x87;
    static final int UNAVAILABLE = 0x88;
    static final int SHUTTING_DOWN = 0x8B;
    static final int KEEP_ALIVE = 0x8D;
    static final int TAKEN_OVER = 0x8E;
    static final int TOPIC_FILTER = 0x8F;
    static final int TOPIC_NAME = 0x90;
    static final int PACKET_ID_UNKNOWN = 0x92;
    static final int RECEIVE_MAXIMUM = 0x93;
    static final int TOPIC_ALIAS = 0x94;
    static final int TOO_LARGE = 0x95;
    static final int RATE = 0x96;
    static final int QUOTA = 0x97;
    static final int ADMINISTRATIVE = 0x98;
    static final int PAYLOAD = 0x99;
    static final int SHARED = 0x9E;
    static final int WILDCARD = 0xA2;

    private Reason() {}

    static int of(final ErrorCode code) {
        return switch (code) {
            case ERROR_CODE_FRAME_TOO_LONG -> TOO_LARGE;
            case ERROR_CODE_NOT_AUTHENTICATED -> NOT_AUTHENTICATED;
            case ERROR_CODE_NOT_ALLOWED -> NOT_AUTHORIZED;
            case ERROR_CODE_OUT_OF_ORDER -> PROTOCOL_ERROR;
            case ERROR_CODE_UNAVAILABLE -> UNAVAILABLE;
            case ERROR_CODE_ABUSE -> ADMINISTRATIVE;
            case ERROR_CODE_LIMIT -> QUOTA;
            default -> PAYLOAD;
        };
    }

    static int of(final NoticeCode code) {
        return switch (code) {
            case NOTICE_CODE_SHUTDOWN -> SHUTTING_DOWN;
            case NOTICE_CODE_TAKEN_OVER -> TAKEN_OVER;
            case NOTICE_CODE_IDLE -> KEEP_ALIVE;
            case NOTICE_CODE_SLOW -> QUOTA;
            case NOTICE_CODE_REVOKED -> NOT_AUTHORIZED;
            default -> ADMINISTRATIVE;
        };
    }
}
