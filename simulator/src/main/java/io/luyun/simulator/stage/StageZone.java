package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.GeoPoint;
import io.luyun.simulator.traffic.Plane;
import io.luyun.simulator.traffic.Zone;
import java.util.ArrayList;
import java.util.List;

/**
 * The zone of many scenes that are played side by side, each on a tile of its own: in rows from west to east, so far apart that
 * no rule looks across. Everything of a tile is drawn on a plane around its own middle.
 */
public final class StageZone {
    static final int REGION = 1;

    /** Longer than a stage and the reach of any rule beyond it. */
    static final double SPACING_METRES = 2_500;

    private static final int COLUMNS = 64;
    private static final GeoPoint REFERENCE = new GeoPoint(296_000_000, 1_063_000_000);
    private static final int FIRST_NODE = 1_000;
    private static final int NODES_A_TILE = 8;
    private static final int LINKS_A_TILE = 16;
    /** What node numbers have room for. */
    private static final int MOST_TILES = (65_535 - FIRST_NODE) / NODES_A_TILE;

    private StageZone() {}

    /** The plane of a tile. */
    public static Plane plane(final int tile) {
        final Plane whole = new Plane(REFERENCE);
        final double east = (tile % COLUMNS - COLUMNS / 2.0) * SPACING_METRES;
        final int row = tile / COLUMNS;
        final double north = row * SPACING_METRES;
        return new Plane(whole.point(east, north));
    }

    /** Number of a node of the layout in the zone. */
    static int nodeId(final int tile, final int node) {
        return FIRST_NODE + tile * NODES_A_TILE + node;
    }

    /** Number of a node signals and maps are told of. */
    static int nodeId(final int tile, final Signal.Node node) {
        return switch (node) {
            case JUNCTION -> nodeId(tile, 0);
            case ELSEWHERE -> nodeId(tile, NODES_A_TILE - 1);
        };
    }

    /** Number of a link of the layout in the zone. */
    static int linkId(final int tile, final int link) {
        return 1 + tile * LINKS_A_TILE + link;
    }

    /** The zone with the roads of all scenes, the place in the list being the tile. */
    public static Zone of(final List<Scene> scenes) {
        return of(scenes, 0);
    }

    /** The zone of one scene alone, on its tile. */
    static Zone of(final Scene scene, final int tile) {
        return of(List.of(scene), tile);
    }

    private static Zone of(final List<Scene> scenes, final int firstTile) {
        if (scenes.size() > MOST_TILES) {
            throw new IllegalArgumentException(scenes.size() + " scenes at once; a zone has room for " + MOST_TILES);
        }
        final List<Zone.Node> nodes = new ArrayList<>();
        final List<Zone.Link> links = new ArrayList<>();
        final List<Zone.Movement> movements = new ArrayList<>();
        final List<Zone.Crossing> crossings = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            final int tile = firstTile + i;
            final Plane plane = plane(tile);
            final Layout layout = scenes.get(i).scenario().layout();
            for (int j = 0; j < layout.nodes().size(); j++) {
                final Layout.Node node = layout.nodes().get(j);
                nodes.add(new Zone.Node(nodeId(tile, j), node.name(), plane.point(node.x(), node.y()), null));
            }
            for (int j = 0; j < layout.links().size(); j++) {
                links.add(link(tile, j, layout.links().get(j), plane));
            }
            for (final Layout.Crossing one : layout.crossings()) {
                crossings.add(new Zone.Crossing(
                        nodeId(tile, 0),
                        "crossing " + tile,
                        false,
                        0,
                        List.of(plane.point(one.fromX(), one.fromY()), plane.point(one.toX(), one.toY()))));
            }
            for (final Layout.Way way : layout.ways()) {
                movements.add(new Zone.Movement(
                        nodeId(tile, way.node()),
                        linkId(tile, way.from()),
                        linkId(tile, way.to()),
                        way.maneuver(),
                        way.phase(),
                        way.lanes(),
                        way.line().points(plane)));
            }
        }
        return new Zone(
                "Stages", 0, REGION, REFERENCE, nodes, links, movements, crossings, List.of(), List.of(), List.of());
    }

    private static Zone.Link link(final int tile, final int index, final Layout.Link link, final Plane plane) {
        return new Zone.Link(
                linkId(tile, index),
                nodeId(tile, link.from()),
                nodeId(tile, link.to()),
                link.name(),
                link.lanes(),
                link.laneMetres(),
                link.limitKmh(),
                true,
                link.line().points(plane));
    }
}
