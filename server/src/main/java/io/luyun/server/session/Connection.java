package io.luyun.server.session;

/** A connection as its session sees it. All but {@link #execute} on the thread that owns it. */
public interface Connection {
    /** Closes once what is queued has left. The session has ended before. */
    void close();

    /** What made the session say LATER may have passed. */
    void resume();

    /** The session has been welcomed: from here on it can be sent to. */
    void opened(long sessionId);

    /** What is spoken on it: {@code luyun}, {@code mqtt} or {@code udp}; any thread. */
    default String protocol() {
        return "luyun";
    }

    /** Address and port it comes from; empty where there is no such thing. Any thread. */
    default String remote() {
        return "";
    }

    /** Runs this on the thread that owns the connection, later; from any thread. */
    void execute(Runnable task);
}
