package io.luyun.proto.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.luyun.proto.v1.BusArrival;
import io.luyun.proto.v1.BusStopState;
import java.io.IOException;
import java.util.List;

/** Writes bus stops and who comes there. Any thread. */
public final class ArrivalJsonWriter {
    /** A stop. */
    public byte[] stop(BusStopState stop) {
        return JsonText.text(json -> members(json, stop));
    }

    /** Stops. */
    public byte[] stops(List<BusStopState> stops) {
        return JsonText.text(json -> {
            json.writeArrayFieldStart("stops");
            for (final BusStopState stop : stops) {
                json.writeStartObject();
                members(json, stop);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void members(JsonGenerator json, BusStopState stop) throws IOException {
        json.writeStringField("name", stop.getName());
        JsonText.place(json, "pos", stop.getPos());
        json.writeArrayFieldStart("arrivals");
        for (final BusArrival arrival : stop.getArrivalsList()) {
            json.writeStartObject();
            json.writeStringField("line", arrival.getLine());
            json.writeStringField("device", arrival.getDeviceId());
            json.writeNumberField("arrivalMs", arrival.getArrivalMs());
            json.writeNumberField("wayCm", arrival.getWayCm());
            json.writeNumberField("stopsBefore", arrival.getStopsBefore());
            json.writeBooleanField("atStop", arrival.getAtStop());
            json.writeNumberField("dwellMs", arrival.getDwellMs());
            json.writeNumberField("signalMs", arrival.getSignalMs());
            json.writeNumberField("queueVehicles", arrival.getQueueVehicles());
            JsonText.place(json, "pos", arrival.getPos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("time", JsonText.time(stop.getAtNs()));
    }
}
