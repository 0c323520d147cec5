package io.luyun.benchmarks;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a frame of a roadside unit costs that sees 100 road users of a junction ({@link JunctionFrames}), ten times a second:
 * who is who, and every rule for each of them. There is no map, so that no rule can leave anybody out.
 */
public class JunctionBenchmark {
    private static final int UNIT = 1_000;
    private static final long PERIOD_NS = 100_000_000L;
    /** After so many frames it begins anew; the silence before lets all time out. */
    private static final int FRAMES_PER_MINUTE = 600;

    /** A minute begins. */
    private static final long START_NS = 1_800_000_000_000_000_000L;

    /** Seen by the unit only; all rules. */
    @State(Scope.Thread)
    public static class Seen extends Junction {
        public Seen() {
            super(true, false);
        }
    }

    /** Without rules: who is who. */
    @State(Scope.Thread)
    public static class Known extends Junction {
        public Known() {
            super(false, false);
        }
    }

    /** All vehicles report themselves as well; all rules. */
    @State(Scope.Thread)
    public static class Reporting extends Junction {
        public Reporting() {
            super(true, true);
        }
    }

    /** The same without rules. */
    @State(Scope.Thread)
    public static class ReportingKnown extends Junction {
        public ReportingKnown() {
            super(false, true);
        }
    }

    /** A frame of those seen only, and all rules. */
    @Benchmark
    public long seen(final Seen junction) {
        return junction.frame();
    }

    /** The same without rules. */
    @Benchmark
    public long seenWithoutRules(final Known junction) {
        return junction.frame();
    }

    /** A frame of those who report themselves as well, and all rules; their own reports are not counted. */
    @Benchmark
    public long reporting(final Reporting junction) {
        return junction.frame();
    }

    /** The same without rules. */
    @Benchmark
    public long reportingWithoutRules(final ReportingKnown junction) {
        return junction.frame();
    }

    /** A junction. */
    @State(Scope.Thread)
    @NullUnmarked // JMH sets up before it runs
    public abstract static class Junction {
        private final boolean rules;
        private final boolean reporting;
        private final JunctionFrames drive = new JunctionFrames();
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private final RsmReader rsm = new RsmReader();
        private final BsmReader bsm = new BsmReader();
        private RoadUnderTest road;
        private long frames;
        private long sequence;
        private long nowNs = START_NS;

        Junction(final boolean rules, final boolean reporting) {
            this.rules = rules;
            this.reporting = reporting;
        }

        @Setup(Level.Trial)
        public void open() {
            road = new RoadUnderTest(
                    ZoneMap.empty(JunctionFrames.LAT_E7, JunctionFrames.LON_E7), WorldConfig.DEFAULT, rules);
        }

        /** The reports of the vehicles and the ticks, which are not what is measured. */
        @Setup(Level.Invocation)
        public void before() {
            frames++;
            int frame = (int) (frames % FRAMES_PER_MINUTE);
            if (frame >= JunctionFrames.COUNT) {
                frames += FRAMES_PER_MINUTE - frame;
                frame = 0;
            }
            nowNs = START_NS + frames * PERIOD_NS;
            road.tick(nowNs);
            for (int i = 0; reporting && i < JunctionFrames.VEHICLES; i++) {
                buffer.wrap(drive.bsm(frame, i));
                if (!bsm.wrap(buffer, 0, buffer.capacity())) {
                    throw new IllegalStateException("malformed");
                }
                road.world.onBsm(++sequence, nowNs, drive.device(frame, i), bsm);
            }
            buffer.wrap(drive.rsm(frame));
        }

        @TearDown(Level.Trial)
        public void expectAll() {
            if (road.moves == 0 || road.alerts > 0) {
                throw new IllegalStateException(road.moves + " moves, " + road.alerts + " alerts");
            }
        }

        final long frame() {
            if (!rsm.wrap(buffer, 0, buffer.capacity())) {
                throw new IllegalStateException("malformed");
            }
            road.world.onRsm(++sequence, nowNs, UNIT, rsm);
            return road.moves;
        }
    }
}
