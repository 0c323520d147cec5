package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.Update;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.AlertBook;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches through one subscription, as an operations centre does, or whoever looks at one place. Its counts may be read anywhere. */
final class Observer implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private final AlertBook alerts;
    private final Set<Long> participants = new HashSet<>();
    private final Set<Integer> signals = new HashSet<>();
    private final Set<Long> events = new HashSet<>();
    private volatile int participantCount;
    private volatile int signalCount;
    private volatile int eventCount;
    private final AtomicLong updates = new AtomicLong();

    Observer(final AlertBook alerts) {
        this.alerts = alerts;
    }

    /** Updates so far. */
    long updates() {
        return updates.get();
    }

    int participants() {
        return participantCount;
    }

    int signals() {
        return signalCount;
    }

    int events() {
        return eventCount;
    }

    @Override
    public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
        alerts.add(delivery.getAlert());
    }

    @Override
    public void onUpdate(final DeviceClient client, final Update update) {
        if (update.getSnapshot()) {
            participants.clear();
            signals.clear();
            events.clear();
        }
        for (final ParticipantState participant : update.getParticipantsList()) {
            participants.add(participant.getParticipantId());
        }
        participants.removeAll(Set.copyOf(update.getParticipantsGoneList()));
        for (final IntersectionState signal : update.getSignalsList()) {
            signals.add(signal.getIntersection().getRegion() << 16
                    | signal.getIntersection().getId());
        }
        update.getEventsList().forEach(event -> events.add(event.getEventId()));
        events.removeAll(Set.copyOf(update.getEventsGoneList()));
        participantCount = participants.size();
        signalCount = signals.size();
        eventCount = events.size();
        updates.incrementAndGet();
    }

    @Override
    public void onRefused(final DeviceClient client, final long number, final io.luyun.proto.v1.Error error) {
        LOG.warn("the observer was refused: {} {} {}", error.getCode(), error.getField(), error.getRule());
    }

    @Override
    public void onNotice(final DeviceClient client, final Notice notice) {
        LOG.info("the server says {}: {}", notice.getCode(), notice.getText());
    }
}
