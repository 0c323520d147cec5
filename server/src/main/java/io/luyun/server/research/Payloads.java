package io.luyun.server.research;

import com.google.protobuf.Message;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import org.jspecify.annotations.Nullable;

/** Which message the payload of a kind of record is. Stateless, any thread. */
public final class Payloads {
    private Payloads() {}

    /** An empty one of the message a kind of record (a number of RecordKind) holds; null when it holds none. */
    public static @Nullable Message of(final int kind) {
        final RecordKind known = RecordKind.forNumber(kind);
        if (known == null) {
            return null;
        }
        return switch (known) {
            case RECORD_KIND_BSM -> Bsm.getDefaultInstance();
            case RECORD_KIND_RSM -> Rsm.getDefaultInstance();
            case RECORD_KIND_RSI -> Rsi.getDefaultInstance();
            case RECORD_KIND_SPAT -> Spat.getDefaultInstance();
            case RECORD_KIND_MAP -> MapData.getDefaultInstance();
            case RECORD_KIND_TEST -> TestMsg.getDefaultInstance();
            case RECORD_KIND_RTCM -> Rtcm.getDefaultInstance();
            case RECORD_KIND_RSC -> Rsc.getDefaultInstance();
            case RECORD_KIND_SSM -> Ssm.getDefaultInstance();
            case RECORD_KIND_VIR -> Vir.getDefaultInstance();
            case RECORD_KIND_PAM -> Pam.getDefaultInstance();
            case RECORD_KIND_PSM -> Psm.getDefaultInstance();
            case RECORD_KIND_CLPMM -> Clpmm.getDefaultInstance();
            case RECORD_KIND_RAW, RECORD_KIND_DEVICE_WILL -> RawMessage.getDefaultInstance();
            case RECORD_KIND_SERVER_STARTED -> ServerStarted.getDefaultInstance();
            case RECORD_KIND_SESSION_OPENED -> SessionOpened.getDefaultInstance();
            case RECORD_KIND_SESSION_CLOSED -> SessionClosed.getDefaultInstance();
            case RECORD_KIND_SUBSCRIPTION_CHANGED -> SubscriptionChanged.getDefaultInstance();
            case RECORD_KIND_ALERT_ACKNOWLEDGED -> AlertAcknowledged.getDefaultInstance();
            case RECORD_KIND_DAMAGE_SEALED -> DamageSealed.getDefaultInstance();
            case RECORD_KIND_ALERT -> Alert.getDefaultInstance();
            default -> null;
        };
    }
}
