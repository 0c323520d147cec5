package io.luyun.server.exchange.pcap;

import java.io.IOException;

/** A file that is no capture, or not one to the end; its message is a line for people. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureException(final String message) {
        super(message);
    }
}
