package io.luyun.server.live;

/** The way to one browser. Called on the thread of the face. */
public interface Outbox {
    /** Closed because it does not keep up; it may come again. */
    int TRY_AGAIN_LATER = 1013;

    /** Closed because it does not keep to what was agreed. */
    int POLICY_VIOLATION = 1008;

    /** Closed because the server ends. */
    int GOING_AWAY = 1001;

    /** Whether it takes more now. */
    boolean writable();

    /** Sends a text in UTF-8; the bytes are shared and not to be changed. */
    void text(byte[] utf8);

    /** Sends the first bytes, which are copied before the call returns. */
    void binary(byte[] bytes, int length);

    /** Ends it, with a code of RFC 6455. */
    void close(int code, String why);
}
