package io.luyun.server.exchange.place;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.ListedRecords;
import java.io.IOException;

/** Records made by hand, and messages to make them of. */
final class TestRecords {
    /** 2026-01-01T00:00:00Z. */
    static final long TIME_NS = 1_767_225_600_000_000_000L;

    static final long MILLI_NS = 1_000_000L;
    static final String HOSTILE = "veh \"<&'>\\\u0001\n\uD83D\uDE8C\uD83D 路";
    private static final ByteString ID = ByteString.copyFromUtf8("12345678");

    private final ListedRecords records = new ListedRecords();

    /** Received so many milliseconds after the beginning. */
    TestRecords add(final int kind, final String device, final long millis, final MessageLite message) {
        records.add(kind, device, TIME_NS + millis * MILLI_NS, message);
        return this;
    }

    /** A BSM, 20 ms on its way, somewhere near 29.6 north and 106.3 east. */
    TestRecords bsm(final String device, final long millis, final int north, final int east) {
        return add(
                RecordKind.RECORD_KIND_BSM_VALUE,
                device,
                millis + 20,
                bsm(millis, north, east).build());
    }

    static Bsm.Builder bsm(final long millis, final int north, final int east) {
        return Bsm.newBuilder()
                .setMsgCnt((int) (millis / 100 % 128))
                .setId(ID)
                .setSecMark((int) (millis % 60_000))
                .setPos(Position.newBuilder().setLat(296_000_000 + north).setLon(1_063_000_000 + east))
                .setSpeed(511)
                .setHeading(14_239)
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10));
    }

    /** An RSM with a pedestrian, 20 ms on its way. */
    TestRecords pedestrian(final String device, final long millis, final int number, final int north) {
        return add(
                RecordKind.RECORD_KIND_RSM_VALUE,
                device,
                millis + 20,
                Rsm.newBuilder()
                        .setMsgCnt(1)
                        .setId(ID)
                        .setRefPos(Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000))
                        .addParticipants(RsmParticipant.newBuilder()
                                .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)
                                .setPtcId(number)
                                .setSecMark((int) (millis % 60_000))
                                .setPos(Position.newBuilder()
                                        .setLat(296_000_000 + north)
                                        .setLon(1_063_000_000)))
                        .build());
    }

    /** Gives all of them to an exporter and finishes its file; answers how many left something there. */
    long into(final Exporter exporter) throws IOException {
        try (exporter) {
            while (records.next()) {
                exporter.add(records);
            }
        }
        records.rewind();
        return exporter.written();
    }
}
