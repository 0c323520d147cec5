package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Spat;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** World and rules as the server's core joins them. */
final class Served implements WorldListener {
    private final World world;
    private final AlertEngine engine;
    private final BsmReader bsmReader = new BsmReader();
    private final RsmReader rsmReader = new RsmReader();
    private final SpatReader spatReader = new SpatReader();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final ObjIntConsumer<Alert> told;
    private long sequence;

    Served(final Path zone, final int devices, final Consumer<Alert> raised) throws IOException {
        this(zone, devices, (alert, _) -> {
            if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
                raised.accept(alert);
            }
        });
    }

    /** Every step of every alert is told, with the device it is for. */
    Served(final Path zone, final int devices, final ObjIntConsumer<Alert> told) throws IOException {
        this.told = told;
        world = new World(ZoneMap.load(zone), WorldConfig.DEFAULT, this, new Counters());
        engine = Applications.engine(
                world, new Sites(world, SiteConfig.DEFAULT).crossings(), AlertConfig.DEFAULT, this::onAlert);
        for (int i = 0; i < devices; i++) {
            world.nameDevice(i, "device-" + i);
        }
    }

    private void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        told.accept(alert, subjectDevice);
    }

    void bsm(final int device, final MessageLite message, final long utcMs) {
        wrap(message);
        assertThat(bsmReader.wrap(buffer, 0, buffer.capacity())).isTrue();
        world.onBsm(++sequence, utcMs * 1_000_000, device, bsmReader);
    }

    void rsm(final int device, final MessageLite message, final long utcMs) {
        wrap(message);
        assertThat(rsmReader.wrap(buffer, 0, buffer.capacity())).isTrue();
        world.onRsm(++sequence, utcMs * 1_000_000, device, rsmReader);
        heard(device, MessageKind.MESSAGE_KIND_RSM_VALUE, rsmReader.refLatE7(), rsmReader.refLonE7(), utcMs);
    }

    void spat(final int device, final @Nullable Spat spat, final long utcMs) {
        if (spat != null) {
            wrap(spat);
            assertThat(spatReader.wrap(buffer, 0, buffer.capacity())).isTrue();
            world.onSpat(++sequence, utcMs * 1_000_000, device, spatReader);
            heard(device, MessageKind.MESSAGE_KIND_SPAT_VALUE, Participant.ABSENT, Participant.ABSENT, utcMs);
        }
    }

    void map(final int device, final MapData map, final long utcMs) {
        world.onMap(++sequence, utcMs * 1_000_000, device, map);
        engine.onMap(map, sequence, utcMs * 1_000_000);
        heard(device, MessageKind.MESSAGE_KIND_MAP_VALUE, Participant.ABSENT, Participant.ABSENT, utcMs);
    }

    private void heard(final int device, final int kind, final int latE7, final int lonE7, final long utcMs) {
        engine.onUnitMessage(device, kind, latE7, lonE7, sequence, utcMs * 1_000_000);
    }

    void rsi(final int device, final @Nullable Rsi rsi, final long utcMs) {
        if (rsi != null) {
            world.onRsi(++sequence, utcMs * 1_000_000, device, rsi);
        }
    }

    void tick(final long utcMs) {
        world.onTick(utcMs * 1_000_000);
        engine.onTick(utcMs * 1_000_000);
    }

    private void wrap(final MessageLite message) {
        buffer.wrap(message.toByteArray());
    }

    @Override
    public void onMoved(final Participant participant, final long seq, final long atNs) {
        engine.onMoved(participant, seq, atNs);
    }

    @Override
    public void onGone(final Participant participant, final long atNs) {
        engine.onGone(participant, atNs);
    }

    @Override
    public void onSignal(final SignalState signal, final long seq, final long atNs) {
        engine.onSignal(signal, seq, atNs);
    }

    @Override
    public void onEvent(final RoadEventState event, final long seq, final long atNs) {}

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        engine.onEventGone(event, atNs);
    }
}
