package io.luyun.proto.uper;

import com.google.protobuf.Message;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import io.luyun.proto.v1.Vpm;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The canonical messages there are, at their number of {@code MessageKind}. */
final class Canonical {
    static final List<Message> PROTOTYPES = List.of(
            Bsm.getDefaultInstance(),
            Rsm.getDefaultInstance(),
            Rsi.getDefaultInstance(),
            Spat.getDefaultInstance(),
            MapData.getDefaultInstance(),
            TestMsg.getDefaultInstance(),
            Rtcm.getDefaultInstance(),
            Rsc.getDefaultInstance(),
            Ssm.getDefaultInstance(),
            Vir.getDefaultInstance(),
            Pam.getDefaultInstance(),
            Psm.getDefaultInstance(),
            Clpmm.getDefaultInstance(),
            Vpm.getDefaultInstance());

    private Canonical() {}

    static Message prototype(String name) {
        return PROTOTYPES.stream()
                .filter(message -> message.getDescriptorForType().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    static Message prototype(int kind) {
        return PROTOTYPES.get(kind - 1);
    }

    /** The kinds a dialect can write: all but VPM, of which the canonical form holds too little. */
    static Stream<Integer> kinds(Dialect dialect) {
        return IntStream.rangeClosed(1, dialect == Dialect.PHASE_2 ? 13 : 5).boxed();
    }

    static int kind(Message message) {
        for (int i = 0; i < PROTOTYPES.size(); i++) {
            if (PROTOTYPES.get(i).getDescriptorForType() == message.getDescriptorForType()) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(message.getDescriptorForType().getName());
    }
}
