package io.luyun.server.live;

/** One connected browser, for who holds its connection. Called on the thread of the face. */
public interface LiveClient {
    /** The browser has sent a text. */
    void onText(String text);

    /** The browser has sent what is no text, of which there is none. */
    void onBinary();

    /** It takes more again. */
    void onWritable();

    /** The connection has ended. */
    void onClosed();
}
