package io.luyun.server.ops;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** What a request is answered with, before it becomes HTTP. The bytes are the receiver's. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Answer(HttpResponseStatus status, String contentType, byte[] body) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";

    static Answer text(final HttpResponseStatus status, final String line) {
        return new Answer(status, TEXT, (line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
