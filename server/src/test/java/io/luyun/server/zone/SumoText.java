package io.luyun.server.zone;

/** A junction of three arms with traffic lights as SUMO writes it, x and y in metres around the junction. */
final class SumoText {
    /** Easting and northing of the junction in UTM zone 48. */
    static final double EASTING = 647_000;

    static final double NORTHING = 3_270_000;

    static final String NET = """
            <?xml version="1.0" encoding="UTF-8"?>
            <net version="1.16" junctionCornerDetail="5">
                <location netOffset="-647000.00,-3270000.00" convBoundary="-100,-100,100,100" origBoundary="0,0,1,1" projParameter="+proj=utm +zone=48 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>
                <type id="highway.primary" priority="12"/>
                <edge id=":C_0" function="internal">
                    <lane id=":C_0_0" index="0" speed="13.89" length="20.00" shape="-10.00,-1.75 10.00,-1.75"/>
                </edge>
                <edge id=":C_1" function="internal">
                    <lane id=":C_1_0" index="0" speed="6.50" length="10.00" shape="-10.00,-5.25 -4.00,-6.00 -1.75,-10.00"/>
                </edge>
                <edge id=":C_2" function="internal">
                    <lane id=":C_2_0" index="0" speed="8.00" length="10.15" shape="1.75,-10.00,12.5 0.00,0.00,12.5"/>
                </edge>
                <edge id=":C_5" function="internal">
                    <lane id=":C_5_0" index="0" speed="8.00" length="10.15" shape="0.00,0.00 -10.00,1.75"/>
                </edge>
                <edge id=":C_3" function="internal">
                    <lane id=":C_3_0" index="0" speed="13.89" length="20.00" shape="10.00,1.75 -10.00,1.75"/>
                </edge>
                <edge id=":C_4" function="internal">
                    <lane id=":C_4_0" index="0" speed="8.00" length="16.00" shape="10.00,1.75 0.00,0.00 -1.75,-10.00"/>
                </edge>
                <edge id=":C_c0" function="crossing" crossingEdges="wc cw">
                    <lane id=":C_c0_0" index="0" allow="pedestrian" speed="1.00" length="13.00" width="4.00" shape="-12.00,-9.00 -12.00,4.00"/>
                </edge>
                <edge id=":C_w0" function="walkingarea">
                    <lane id=":C_w0_0" index="0" allow="pedestrian" speed="1.00" length="3.00" width="3.00" shape="-13.00,-9.00 -10.00,-9.00"/>
                </edge>
                <edge id="wc" from="W" to="C" priority="-1" name="West Street" spreadType="right">
                    <lane id="wc_0" index="0" allow="pedestrian" speed="2.78" length="90.00" width="2.00" shape="-100.00,-8.00 -10.00,-8.00"/>
                    <lane id="wc_1" index="1" disallow="pedestrian tram" speed="13.89" length="90.00" width="3.50" shape="-100.00,-5.25 -10.00,-5.25"/>
                    <lane id="wc_2" index="2" disallow="pedestrian tram" speed="13.89" length="90.00" width="3.50" shape="-100.00,-1.75 -10.00,-1.75"/>
                </edge>
                <edge id="cw" from="C" to="W" priority="-1">
                    <lane id="cw_0" index="0" speed="13.89" length="90.00" width="3.50" shape="-10.00,1.75 -100.00,1.75"/>
                </edge>
                <edge id="ce" from="C" to="E" priority="-1">
                    <lane id="ce_0" index="0" speed="16.67" length="90.00" width="3.50" shape="10.00,-1.75 60.00,-1.75 100.00,-1.75"/>
                </edge>
                <edge id="ec" from="E" to="C" priority="-1">
                    <lane id="ec_0" index="0" speed="13.89" length="90.00" width="3.50" shape="100.00,1.75 10.00,1.75"/>
                </edge>
                <edge id="-4#1" from="S" to="C" priority="-1">
                    <lane id="-4#1_0" index="0" speed="8.33" length="90.00" shape="1.75,-100.00 1.75,-10.00"/>
                </edge>
                <edge id="4#1" from="C" to="S" priority="-1">
                    <lane id="4#1_0" index="0" speed="8.33" length="90.00" shape="-1.75,-10.00 -1.75,-100.00"/>
                </edge>
                <edge id="park" from="C" to="S" priority="-1">
                    <lane id="park_0" index="0" allow="bicycle" speed="5.00" length="130.00" shape="-100.00,-10.00 -10.00,-100.00"/>
                </edge>
                <tlLogic id="C" type="static" programID="0" offset="5">
                    <phase duration="30" state="GGGgrrr"/>
                    <phase duration="3"  state="yyygrrr"/>
                    <phase duration="10" state="rrrGrrr"/>
                    <phase duration="3"  state="rrryrrr"/>
                    <phase duration="20" state="rrrrGGG"/>
                    <phase duration="4"  state="rrrryyr"/>
                </tlLogic>
                <junction id=":C_5_0" type="internal" x="0.00" y="0.00" incLanes=":C_2_0" intLanes=""/>
                <junction id="W" type="dead_end" x="-100.00" y="0.00" incLanes="cw_0" intLanes="" shape="-100,0 -100,4"/>
                <junction id="C" type="traffic_light" x="0.00" y="0.00" incLanes="" intLanes="" shape="0,0 1,1"/>
                <junction id="E" type="priority" x="100.00" y="0.00" incLanes="ce_0" intLanes="" shape="0,0 1,1"/>
                <junction id="S" type="dead_end" x="0.00" y="-100.00" incLanes="" intLanes="" shape="0,0 1,1"/>
                <junction id="lonely" type="dead_end" x="900.00" y="900.00" incLanes="" intLanes="" shape="0,0 1,1"/>
                <connection from="wc" to="ce" fromLane="2" toLane="0" via=":C_0_0" tl="C" linkIndex="0" dir="s" state="O"/>
                <connection from="wc" to="4#1" fromLane="1" toLane="0" via=":C_1_0" tl="C" linkIndex="1" dir="r" state="O"/>
                <connection from="ec" to="cw" fromLane="0" toLane="0" via=":C_3_0" tl="C" linkIndex="2" dir="s" state="O"/>
                <connection from="ec" to="4#1" fromLane="0" toLane="0" via=":C_4_0" tl="C" linkIndex="3" dir="l" state="o"/>
                <connection from="-4#1" to="cw" fromLane="0" toLane="0" via=":C_2_0" tl="C" linkIndex="4" dir="l" state="o"/>
                <connection from="-4#1" to="ce" fromLane="0" toLane="0" tl="C" linkIndex="5" dir="r" state="O"/>
                <connection from=":C_0" to="ce" fromLane="0" toLane="0" dir="s" state="M"/>
                <connection from=":C_2" to="cw" fromLane="0" toLane="0" via=":C_5_0" dir="l" state="m"/>
                <connection from=":C_5" to="cw" fromLane="0" toLane="0" dir="l" state="M"/>
                <connection from=":C_w0" to=":C_c0" fromLane="0" toLane="0" tl="C" linkIndex="6" dir="s" state="M"/>
                <connection from="wc" to="park" fromLane="0" toLane="0" dir="r" state="M"/>
            </net>
            """;

    static final String STOPS = """
            <additional>
                <busStop id="stop1" lane="wc_1" startPos="40.00" endPos="60.00" name="West Stop" lines="1"/>
                <busStop id="stop2" lane="wc_1" startPos="-20.00" endPos="-10.00"/>
                <busStop id="stop3" lane="wc_0" startPos="0.00" endPos="10.00"/>
                <laneAreaDetector id="d" lane="wc_1"/>
            </additional>
            """;

    private SumoText() {}
}
