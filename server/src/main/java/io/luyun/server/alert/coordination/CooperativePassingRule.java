package io.luyun.server.alert.coordination;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** CIP: a unit tells the subject how to pass a junction without signals. See the package. */
public final class CooperativePassingRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_CIP_VALUE;

    private final AlertBook book;
    private final Advice advice;

    public CooperativePassingRule(final World world, final CooperativePassing config, final AlertBook book) {
        this.book = book;
        advice = new Advice(world, Advice.PASSING);
        book.hold(AlertKind.ALERT_KIND_CIP, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final Coordination word = advice.find(subject, atNs);
        if (word != null) {
            book.of(KIND, subject).asks(word).is(Advice.severity(word));
        }
    }
}
