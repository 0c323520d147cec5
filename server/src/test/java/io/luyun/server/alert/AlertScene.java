package io.luyun.server.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MapData;
import io.luyun.server.alert.Applications.Share;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.alert.life.Order;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.Scene;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hand-driven world with the alert engine behind it; keeps all alerts. */
public final class AlertScene implements WorldListener {
    public static final double EAST = 90;
    public static final double WEST = 270;
    public static final int SUBJECT = 1;
    public static final int TARGET = 2;
    public static final int UNIT = 100;

    public final Scene scene;
    public final List<Alert> alerts = new ArrayList<>();
    /** Of each alert. */
    public final List<Order> orders = new ArrayList<>();

    public final AlertEngine engine;
    public final Sites sites;

    public AlertScene(final ZoneMap zone, final AlertConfig config) {
        this(zone, config, Share.ALL);
    }

    /** The same with a share of the rules. */
    public AlertScene(final ZoneMap zone, final AlertConfig config, final Share share) {
        scene = new Scene(zone, WorldConfig.DEFAULT, s -> this);
        sites = new Sites(scene.world, SiteConfig.DEFAULT);
        engine = Applications.engine(scene.world, sites.crossings(), config, share, this::onAlert);
        scene.world.nameDevice(SUBJECT, "subject");
        scene.world.nameDevice(TARGET, "target");
        scene.world.nameDevice(UNIT, "unit");
    }

    private void onAlert(final Alert alert, final int device, final long atNs) {
        alerts.add(alert);
        orders.add(engine.order());
    }

    public AlertScene() {
        this(Scene.road(), AlertConfig.DEFAULT);
    }

    /** The defaults but for one setting of one rule. */
    public static AlertConfig config(final String rule, final String setting, final Object value) {
        return config(AlertConfig.DEFAULT, rule, setting, value);
    }

    /** A configuration but for one setting of one rule. */
    public static AlertConfig config(
            final AlertConfig from, final String rule, final String setting, final Object value) {
        final ObjectMapper mapper = new ObjectMapper();
        final ObjectNode all = mapper.valueToTree(from);
        ((ObjectNode) all.required(rule)).putPOJO(setting, value);
        return mapper.convertValue(mapper.convertValue(all, Object.class), AlertConfig.class);
    }

    /** Steps of one kind. */
    public List<Alert> of(final AlertKind kind) {
        return alerts.stream().filter(alert -> alert.getKind() == kind).toList();
    }

    /** States of one kind in order. */
    public List<AlertState> states(final AlertKind kind) {
        return of(kind).stream().map(Alert::getState).toList();
    }

    /** Last step of one kind. */
    public Alert last(final AlertKind kind) {
        return of(kind).getLast();
    }

    public @Nullable Alert raised(final AlertKind kind) {
        return of(kind).stream()
                .filter(alert -> alert.getState() == AlertState.ALERT_STATE_RAISED)
                .findFirst()
                .orElse(null);
    }

    /** A unit sends a message of the roadside, of which only the kind matters. */
    public void unitSends(final int kind) {
        unitSends(kind, Participant.ABSENT, Participant.ABSENT);
    }

    /** The same from a place of the plane. */
    public void unitSends(final int kind, final int latE7, final int lonE7) {
        engine.onUnitMessage(UNIT, kind, latE7, lonE7, ++scene.sequence, scene.nowNs);
    }

    /** A MAP comes in. */
    public void map(final MapData map) {
        scene.map(UNIT, map);
        engine.onMap(map, scene.sequence, scene.nowNs);
    }

    public void tick() {
        scene.tick();
        sites.onTick(scene.sequence, scene.nowNs);
        engine.onTick(scene.nowNs);
    }

    @Override
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        engine.onMoved(participant, sequence, atNs);
    }

    @Override
    public void onGone(final Participant participant, final long atNs) {
        engine.onGone(participant, atNs);
    }

    @Override
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {
        engine.onSignal(signal, sequence, atNs);
    }

    @Override
    public void onEvent(final RoadEventState event, final long sequence, final long atNs) {
        // looked up when someone moves
    }

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        engine.onEventGone(event, atNs);
    }
}
