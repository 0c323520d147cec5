package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.script.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells drivers of their warnings, whichever loop they came in on. */
final class DriverWarnings implements LinkListener {
    private final Map<String, Integer> places = new HashMap<>();
    private volatile @Nullable StepFeed feed;

    DriverWarnings(final List<Device> devices) {
        devices.forEach(device -> places.put(device.id(), places.size()));
    }

    /** From now on, through this. */
    void to(final StepFeed script) {
        feed = script;
    }

    @Override
    public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
        final Integer place = places.get(client.identity().deviceId());
        final StepFeed script = feed;
        if (place != null && script != null) {
            script.warned(place, delivery.getAlert());
        }
    }
}
