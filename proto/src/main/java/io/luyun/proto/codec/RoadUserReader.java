package io.luyun.proto.codec;

import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSize;
import org.agrona.DirectBuffer;

/**
 * What a BSM, a PSM and a participant of an RSM or SSM tell alike. Integers and units are the schema's; an int that is not in the
 * message is {@link #ABSENT}. One thread; keeps nothing of the caller's buffer.
 */
public abstract sealed class RoadUserReader permits BsmReader, PsmReader, SeenReader {
    /** Not in the message. */
    public static final int ABSENT = Wire.ABSENT;

    static final int ID_LENGTH = 8;

    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | Wire.FIXED32;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | Wire.FIXED32;
    private static final int ELEVATION = Position.ELEVATION_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LONGITUDINAL = Acceleration4Way.LONGITUDINAL_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LATERAL = Acceleration4Way.LATERAL_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int VERTICAL = Acceleration4Way.VERTICAL_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int YAW_RATE = Acceleration4Way.YAW_RATE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int WIDTH = VehicleSize.WIDTH_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LENGTH = VehicleSize.LENGTH_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int HEIGHT = VehicleSize.HEIGHT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int CLASSIFICATION = VehicleClassification.CLASSIFICATION_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int FUEL_TYPE = VehicleClassification.FUEL_TYPE_FIELD_NUMBER << 3 | Wire.VARINT;

    final WireCursor cursor = new WireCursor();
    int secMark;
    int transmission;
    int speed;
    int heading;
    int steeringAngle;
    int widthCm;
    int lengthCm;
    private int latE7;
    private int lonE7;
    private int elevation;
    private int accelLongitudinal;
    private int accelLateral;
    private int accelVertical;
    private int yawRate;
    private int height;
    private int classification;
    private int fuelType;

    /**
     * Looks at one message.
     *
     * @return false when the bytes are not such a message; the accessors then mean nothing
     */
    public abstract boolean wrap(DirectBuffer buffer, int offset, int length);

    final void clearRoadUser() {
        secMark = ABSENT;
        transmission = ABSENT;
        speed = ABSENT;
        heading = ABSENT;
        steeringAngle = ABSENT;
        latE7 = ABSENT;
        lonE7 = ABSENT;
        elevation = ABSENT;
        accelLongitudinal = ABSENT;
        accelLateral = ABSENT;
        accelVertical = ABSENT;
        yawRate = ABSENT;
        widthCm = ABSENT;
        lengthCm = ABSENT;
        height = ABSENT;
        classification = ABSENT;
        fuelType = ABSENT;
    }

    final void readPosition() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case LAT -> latE7 = cursor.fixed32();
                case LON -> lonE7 = cursor.fixed32();
                case ELEVATION -> elevation = Wire.zigZag(cursor.varint());
                default -> cursor.skipUnless(tag, 0b1110);
            }
        }
        cursor.leave(outer);
    }

    final void readAcceleration() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case LONGITUDINAL -> accelLongitudinal = Wire.zigZag(cursor.varint());
                case LATERAL -> accelLateral = Wire.zigZag(cursor.varint());
                case VERTICAL -> accelVertical = Wire.zigZag(cursor.varint());
                case YAW_RATE -> yawRate = Wire.zigZag(cursor.varint());
                default -> cursor.skipUnless(tag, 0b11110);
            }
        }
        cursor.leave(outer);
    }

    final void readSize() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case WIDTH -> widthCm = (int) cursor.varint();
                case LENGTH -> lengthCm = (int) cursor.varint();
                case HEIGHT -> height = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b1110);
            }
        }
        cursor.leave(outer);
    }

    final void readClassification() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case CLASSIFICATION -> classification = (int) cursor.varint();
                case FUEL_TYPE -> fuelType = (int) cursor.varint();
                default -> cursor.skipUnless(tag, 0b110);
            }
        }
        cursor.leave(outer);
    }

    /** Eight octets as one number in network order; 0 when the field has another length. */
    final long readId() {
        return cursor.bytes() == ID_LENGTH ? cursor.octets(cursor.position() - ID_LENGTH) : 0;
    }

    /** Millisecond within the UTC minute of the sender's clock. */
    public final int secMark() {
        return secMark;
    }

    /** North latitude, 1e-7 degrees. */
    public final int latE7() {
        return latE7;
    }

    /** East longitude, 1e-7 degrees. */
    public final int lonE7() {
        return lonE7;
    }

    /** Height, 0.1 m. */
    public final int elevation() {
        return elevation;
    }

    /** Number of {@code TransmissionState}. */
    public final int transmission() {
        return transmission;
    }

    /** Speed over ground, 0.02 m/s. */
    public final int speed() {
        return speed;
    }

    /** Direction of movement, 0.0125 degrees clockwise from north. */
    public final int heading() {
        return heading;
    }

    /** Steering wheel, 1.5 degrees, right is positive. */
    public final int steeringAngle() {
        return steeringAngle;
    }

    /** Acceleration, 0.01 m/s2, forward is positive. */
    public final int accelLongitudinal() {
        return accelLongitudinal;
    }

    /** Acceleration, 0.01 m/s2, right is positive. */
    public final int accelLateral() {
        return accelLateral;
    }

    /** Acceleration, 0.02 g, downward is positive. */
    public final int accelVertical() {
        return accelVertical;
    }

    /** Rotation, 0.01 degrees a second, clockwise seen from above is positive. */
    public final int yawRate() {
        return yawRate;
    }

    /** Width, cm. */
    public final int widthCm() {
        return widthCm;
    }

    /** Length, cm. */
    public final int lengthCm() {
        return lengthCm;
    }

    /** Height of the vehicle, 5 cm. */
    public final int height() {
        return height;
    }

    /** Code of BasicVehicleClass. */
    public final int classification() {
        return classification;
    }

    /** Code of FuelType. */
    public final int fuelType() {
        return fuelType;
    }
}
