package io.luyun.proto.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.TrafficFigures;
import java.io.IOException;
import java.util.List;

/** Writes the traffic on links in vehicles an hour, m/s, vehicles a kilometre and metres. Any thread. */
public final class TrafficJsonWriter {
    private static final double RAW_MPS = 0.02;
    private static final double TENTHS = 10;
    private static final double CENTIMETRES = 100;

    /** Links. */
    public byte[] links(List<LinkTraffic> links) {
        return JsonText.text(json -> {
            json.writeArrayFieldStart("links");
            for (final LinkTraffic link : links) {
                link(json, link);
            }
            json.writeEndArray();
        });
    }

    private static void link(JsonGenerator json, LinkTraffic link) throws IOException {
        json.writeStartObject();
        json.writeStringField("link", link.getLinkId());
        node(json, "from", link.getUpstream());
        node(json, "to", link.getDownstream());
        JsonText.place(json, "pos", link.getPos());
        figures(json, link.getWhole());
        json.writeArrayFieldStart("lanes");
        for (int i = 0; i < link.getLanesCount(); i++) {
            json.writeStartObject();
            json.writeNumberField("lane", i + 1);
            figures(json, link.getLanes(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("time", JsonText.time(link.getAtNs()));
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, String name, NodeReference node) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("region", node.getRegion());
        json.writeNumberField("id", node.getId());
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, TrafficFigures figures) throws IOException {
        json.writeNumberField("vehicles", figures.getVehicles());
        json.writeNumberField("flowPerHour", figures.getFlow());
        if (figures.hasSpeed()) {
            json.writeNumberField("speedMps", Math.rint(figures.getSpeed() * RAW_MPS * CENTIMETRES) / CENTIMETRES);
        }
        json.writeNumberField("densityPerKm", figures.getDensity() / TENTHS);
        json.writeNumberField("queueMetres", figures.getQueueCm() / CENTIMETRES);
        json.writeNumberField("queueVehicles", figures.getQueueVehicles());
        json.writeBooleanField("jam", figures.getJam());
    }
}
