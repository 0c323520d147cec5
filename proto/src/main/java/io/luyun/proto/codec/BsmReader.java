package io.luyun.proto.codec;

import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.VehicleEmergencyExtension;
import io.luyun.proto.v1.VehicleSafetyExtension;
import org.agrona.DirectBuffer;

/**
 * The values of a {@code Bsm} that the road needs, all read in {@link #wrap}. Path history, path prediction and
 * confidences are passed over. One thread; no allocation.
 */
public final class BsmReader extends RoadUserReader {
    private static final int MSG_CNT = Bsm.MSG_CNT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ID = Bsm.ID_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SEC_MARK = Bsm.SEC_MARK_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int TIME_CONFIDENCE = Bsm.TIME_CONFIDENCE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int POS = Bsm.POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int TRANSMISSION = Bsm.TRANSMISSION_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SPEED = Bsm.SPEED_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int HEADING = Bsm.HEADING_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int STEERING = Bsm.STEERING_ANGLE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ACCEL = Bsm.ACCEL_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int BRAKES = Bsm.BRAKES_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SIZE = Bsm.SIZE_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int CLASS = Bsm.VEHICLE_CLASS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SAFETY = Bsm.SAFETY_EXT_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int EMERGENCY = Bsm.EMERGENCY_EXT_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    // all but pos_accuracy, pos_confidence and motion_confidence
    private static final long READ = 0b111_1110_1111_0011_1110L;

    private static final int BRAKE_PEDAL = BrakeStatus.BRAKE_PEDAL_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int WHEEL_BRAKES = BrakeStatus.WHEEL_BRAKES_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ABS = BrakeStatus.ABS_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int EVENTS = VehicleSafetyExtension.EVENTS_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LIGHTS = VehicleSafetyExtension.LIGHTS_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int RESPONSE = VehicleEmergencyExtension.RESPONSE_TYPE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SIREN = VehicleEmergencyExtension.SIREN_USE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LIGHTBAR = VehicleEmergencyExtension.LIGHTS_USE_FIELD_NUMBER << 3 | Wire.VARINT;

    private int msgCnt;
    private long id;
    private int timeConfidence;
    private int brakePedal;
    private int wheelBrakes;
    private int abs;
    private int events;
    private int lights;
    private int responseType;
    private int sirenUse;
    private int lightbarUse;

    @Override
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        clear();
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case MSG_CNT -> msgCnt = (int) cursor.varint();
                case ID -> id = readId();
                case SEC_MARK -> secMark = (int) cursor.varint();
                case TIME_CONFIDENCE -> timeConfidence = (int) cursor.varint();
                case POS -> readPosition();
                case TRANSMISSION -> transmission = (int) cursor.varint();
                case SPEED -> speed = (int) cursor.varint();
                case HEADING -> heading = (int) cursor.varint();
                case STEERING -> steeringAngle = Wire.zigZag(cursor.varint());
                case ACCEL -> readAcceleration();
                case BRAKES -> readBrakes();
                case SIZE -> readSize();
                case CLASS -> readClassification();
                case SAFETY -> readSafety();
                case EMERGENCY -> readEmergency();
                default -> cursor.skipUnless(tag, READ);
            }
        }
        return !cursor.malformed();
    }

    private void clear() {
        clearRoadUser();
        msgCnt = ABSENT;
        id = 0;
        timeConfidence = ABSENT;
        brakePedal = ABSENT;
        wheelBrakes = ABSENT;
        abs = ABSENT;
        events = ABSENT;
        lights = ABSENT;
        responseType = ABSENT;
        sirenUse = ABSENT;
        lightbarUse = ABSENT;
    }

    private void readBrakes() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case BRAKE_PEDAL -> brakePedal = (int) cursor.varint();
                case WHEEL_BRAKES -> wheelBrakes = (int) cursor.varint();
                case ABS -> abs = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b10110);
            }
        }
        cursor.leave(outer);
    }

    private void readSafety() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case EVENTS -> events = (int) cursor.varint();
                case LIGHTS -> lights = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b10010);
            }
        }
        cursor.leave(outer);
    }

    private void readEmergency() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case RESPONSE -> responseType = (int) cursor.varint();
                case SIREN -> sirenUse = (int) cursor.varint();
                case LIGHTBAR -> lightbarUse = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b1110);
            }
        }
        cursor.leave(outer);
    }

    /** Counter of the sender's messages, 0..127. */
    public int msgCnt() {
        return msgCnt;
    }

    /** Temporary id, its eight octets in network order; 0 when absent. */
    public long idAsLong() {
        return id;
    }

    /** Step of the clock accuracy ladder. */
    public int timeConfidence() {
        return timeConfidence;
    }

    /** 1 released, 2 pressed. */
    public int brakePedal() {
        return brakePedal;
    }

    /** Bits of BrakeAppliedStatus. */
    public int wheelBrakes() {
        return wheelBrakes;
    }

    /** Anti-lock brakes: 1 off, 2 on, 3 engaged. */
    public int abs() {
        return abs;
    }

    /** Bits of VehicleEventFlags; bit 7 is hard braking. */
    public int events() {
        return events;
    }

    /** Bits of ExteriorLights. */
    public int lights() {
        return lights;
    }

    /** Code of ResponseType. */
    public int responseType() {
        return responseType;
    }

    /** Siren: 1 not in use, 2 in use. */
    public int sirenUse() {
        return sirenUse;
    }

    /** Code of LightbarInUse. */
    public int lightbarUse() {
        return lightbarUse;
    }
}
