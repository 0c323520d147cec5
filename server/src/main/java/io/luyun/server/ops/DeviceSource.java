package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.session.DeviceView;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The devices, and the way to those that take requests. Any thread. */
public interface DeviceSource {
    /** Those of the registry and those with a session. */
    List<DeviceView> devices();

    /**
     * Sends a request down that the unit is to acknowledge, again and again until it does or the answer is cancelled.
     *
     * @param what CONFIG, OM_CONFIG or QUERY
     * @param content what is asked; gets {@code seqNum} and {@code ack}
     * @return the unit's answer
     * @throws Problem when nothing can be sent to the device
     */
    CompletableFuture<Reply> request(String device, String what, ObjectNode content);

    /**
     * What a unit says.
     *
     * @param errorCode 0 when it has done it
     */
    record Reply(int errorCode, String description) {}
}
