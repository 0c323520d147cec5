package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Error;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.recording.FeedFrame;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/** Which frame each message belongs to, and what became of the frames. Confined to the client's loop. */
final class FrameLedger implements LinkListener {
    private static final long NO_FRAME = -1;

    private final List<? extends FeedFrame> frames;
    private final Long2LongHashMap frameOfNumber = new Long2LongHashMap(NO_FRAME);
    private final int[] waiting;
    private final boolean[] refused;
    private int framesDone;

    FrameLedger(final List<? extends FeedFrame> frames) {
        this.frames = frames;
        waiting = new int[frames.size()];
        refused = new boolean[frames.size()];
    }

    /** A message of the frame got that number; 0 when it was shed, and then it stays unanswered. */
    void sent(final long number, final int frame) {
        waiting[frame]++;
        if (number != 0) {
            frameOfNumber.put(number, frame);
        }
    }

    void done(final int frame) {
        framesDone = frame + 1;
    }

    @Override
    public void onAcked(
            final DeviceClient client, final long number, final int kind, final long intendedNs, final long nowNs) {
        answered(number);
    }

    @Override
    public void onRefused(final DeviceClient client, final long number, final Error error) {
        final int frame = answered(number);
        if (frame >= 0) {
            refused[frame] = true;
        }
    }

    FeedResult result(
            final Map<String, Long> refusedHereByReason,
            final boolean restamped,
            final Totals totals,
            final double seconds) {
        int empty = 0;
        int journaled = 0;
        int refusedFrames = 0;
        int refusedHere = 0;
        int unanswered = 0;
        int unknownLeftOut = 0;
        for (int i = 0; i < framesDone; i++) {
            final FeedFrame frame = frames.get(i);
            unknownLeftOut += frame.unknownLeftOut();
            if (frame.empty()) {
                empty++;
            } else if (waiting[i] > 0) {
                unanswered++;
            } else if (refused[i]) {
                refusedFrames++;
            } else if (!frame.problems().isEmpty()) {
                refusedHere++;
            } else {
                journaled++;
            }
        }
        return new FeedResult(
                frames.size(),
                framesDone,
                empty,
                journaled,
                refusedFrames,
                refusedHere,
                unanswered,
                refusedHereByReason,
                unknownLeftOut,
                restamped,
                totals,
                seconds);
    }

    private int answered(final long number) {
        final int frame = (int) frameOfNumber.remove(number);
        if (frame >= 0) {
            waiting[frame]--;
        }
        return frame;
    }
}
