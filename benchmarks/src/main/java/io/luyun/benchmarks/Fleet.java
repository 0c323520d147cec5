package io.luyun.benchmarks;

import io.luyun.proto.v1.MessageKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Vehicles on parallel roads, all at one speed and 40 m apart, so that nothing has to be warned of. They report in turn;
 * each report is a frame whose bytes are patched in place. Owned by one thread, as are the buffers.
 */
final class Fleet {
    /** Time between two reports of one vehicle. */
    static final long PERIOD_NS = 100_000_000L;

    /** Where the roads are, 1e-7 degrees. */
    static final int ORIGIN_LAT_E7 = 296_000_000;

    static final int ORIGIN_LON_E7 = 1_063_000_000;

    /** The kind of all its messages. */
    static final int KIND = MessageKind.MESSAGE_KIND_BSM_VALUE;

    private static final long FIRST_ID = 0x4c55_0000_0000_0001L;
    /** How fast all are, in steps of 0.02 m/s. */
    static final int SPEED = 550;

    private static final double SPEED_MPS = SPEED * 0.02;
    private static final double GAP_METRES = 40;
    private static final int VEHICLES_PER_ROAD = 40;

    /** Length of each road. */
    static final double ROAD_METRES = GAP_METRES * VEHICLES_PER_ROAD;

    private static final double ROAD_SPACING_METRES = 60;
    private static final double E7_PER_METRE_NORTH = 1e7 / 110_870;
    private static final double E7_PER_METRE_EAST = 1e7 / 96_860;
    private static final int HEADING_EAST = 7_200;
    private static final int HEADING_WEST = 21_600;

    /** No driver holds the wheel still: headings go over so many steps of 0.0125 degrees. */
    private static final int WOBBLE = 16;

    private final List<BsmFrame> frames = new ArrayList<>();
    private final List<UnsafeBuffer> buffers = new ArrayList<>();
    private final long[] numbers;
    private long reports;
    private int current = -1;
    private int reporting = -1;

    /** A frame for each vehicle. */
    Fleet(final int vehicles) {
        this(vehicles, vehicles);
    }

    /**
     * Vehicles that share frames.
     *
     * @param frameCount frames; the current one is overwritten when it is another vehicle's turn
     */
    Fleet(final int vehicles, final int frameCount) {
        numbers = new long[vehicles];
        Arrays.fill(numbers, BsmFrame.FIRST_NUMBER);
        for (int i = 0; i < frameCount; i++) {
            final BsmFrame frame = new BsmFrame(FIRST_ID + i, SPEED);
            frames.add(frame);
            buffers.add(new UnsafeBuffer(frame.bytes()));
        }
        for (int i = 0; i < vehicles; i++) {
            next(0);
        }
        reports = 0;
    }

    int size() {
        return numbers.length;
    }

    /** Goes on to the next vehicle, whose report of this moment is then current; returns its index. */
    int next(final long nowNs) {
        final int vehicle = (int) (reports++ % size());
        report(vehicle, nowNs);
        return vehicle;
    }

    /** Makes the report of this vehicle and moment current. */
    Fleet report(final int vehicle, final long nowNs) {
        current = vehicle % frames.size();
        reporting = vehicle;
        final int road = vehicle / VEHICLES_PER_ROAD;
        final double along =
                (vehicle % VEHICLES_PER_ROAD * GAP_METRES + SPEED_MPS * (nowNs % 1_000_000_000_000L) * 1e-9)
                        % ROAD_METRES;
        final double east = eastward(road) ? along : ROAD_METRES - along;
        frames.get(current)
                .id(FIRST_ID + vehicle)
                .number(++numbers[vehicle])
                .secMark((int) (nowNs / 1_000_000 % 60_000))
                .heading(heading(vehicle) + (int) (numbers[vehicle] % WOBBLE))
                .position(latE7(road), lonE7(east));
        return this;
    }

    /** Makes the current report tell another speed than that of all, in steps of 0.02 m/s; to be told again for the next. */
    Fleet speed(final int speed) {
        frames.get(current).speed(speed);
        return this;
    }

    /** Which vehicle a frame of a fleet is from. */
    int vehicleIn(final byte[] frame) {
        return (int) (frames.getFirst().idIn(frame) - FIRST_ID);
    }

    /** The number of a frame of a fleet. */
    long numberIn(final byte[] frame) {
        return frames.getFirst().numberIn(frame);
    }

    /** The bytes of the current frame, its length in front. */
    byte[] bytes() {
        return frames.get(current).bytes();
    }

    /** The same bytes. */
    DirectBuffer buffer() {
        return buffers.get(current);
    }

    /** Where the frame begins behind its length. */
    int frameOffset() {
        return frames.get(current).lengthBytes();
    }

    /** Bytes of the frame without its length. */
    int frameLength() {
        return bytes().length - frameOffset();
    }

    /** The number of the current message. */
    long number() {
        return numbers[reporting];
    }

    /** Roads that so many vehicles take. */
    static int roads(final int vehicles) {
        return (vehicles + VEHICLES_PER_ROAD - 1) / VEHICLES_PER_ROAD;
    }

    /** Whether the vehicles of a road go east; the others go west. */
    static boolean eastward(final int road) {
        return road % 2 == 0;
    }

    static int latE7(final int road) {
        return ORIGIN_LAT_E7 + (int) (road * ROAD_SPACING_METRES * E7_PER_METRE_NORTH);
    }

    static int lonE7(final double eastMetres) {
        return ORIGIN_LON_E7 + (int) (eastMetres * E7_PER_METRE_EAST);
    }

    private static int heading(final int vehicle) {
        return eastward(vehicle / VEHICLES_PER_ROAD) ? HEADING_EAST : HEADING_WEST;
    }
}
