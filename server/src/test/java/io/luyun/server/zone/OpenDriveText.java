package io.luyun.server.zone;

/**
 * A small OpenDRIVE file, x and y in metres around 29.5 N, 106.5 E.
 *
 * <pre>
 *   (-100,100)
 *      | road 2, a quarter of a circle to the left
 *       \\___ (0,0) ── road 1, from 120 m on with two lanes to the right ──▶ (200,0) junction 10
 *                                                                              \\ road 100, to the right
 *                                                                               | (220,-20) road 3
 * </pre>
 */
final class OpenDriveText {
    static final String XODR = """
            <?xml version="1.0" standalone="yes"?>
            <OpenDRIVE>
                <header revMajor="1" revMinor="7" name="" version="1.00">
                    <geoReference><![CDATA[+proj=tmerc +lat_0=29.5 +lon_0=106.5 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +vunits=m +no_defs]]></geoReference>
                </header>
                <road name="Long Road" length="200.0" id="1" junction="-1" rule="RHT">
                    <link>
                        <predecessor elementType="road" elementId="2" contactPoint="end"/>
                        <successor elementType="junction" elementId="10"/>
                    </link>
                    <type s="0.0" type="town"><speed max="60" unit="km/h"/></type>
                    <planView>
                        <geometry s="0.0" x="0.0" y="0.0" hdg="0.0" length="200.0"><line/></geometry>
                    </planView>
                    <elevationProfile><elevation s="0" a="5" b="0.01" c="0" d="0"/></elevationProfile>
                    <lanes>
                        <laneSection s="0.0">
                            <left><lane id="1" type="driving" level="false"><link><successor id="1"/><predecessor id="1"/></link><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
                            <center><lane id="0" type="none" level="false"/></center>
                            <right>
                                <lane id="-1" type="driving" level="false"><link><predecessor id="-1"/><successor id="-1"/></link><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>
                                <lane id="-2" type="sidewalk" level="false"><width sOffset="0" a="2.0" b="0" c="0" d="0"/></lane>
                            </right>
                        </laneSection>
                        <laneSection s="120.0">
                            <left><lane id="1" type="driving" level="false"><link><predecessor id="1"/></link><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
                            <center><lane id="0" type="none" level="false"/></center>
                            <right>
                                <lane id="-1" type="driving" level="false"><link><predecessor id="-1"/></link><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>
                                <lane id="-2" type="driving" level="false"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>
                            </right>
                        </laneSection>
                    </lanes>
                    <signals><signal s="195" t="-8" id="7" dynamic="yes" orientation="+" type="1000001" subtype="-1"/></signals>
                </road>
                <road name="" length="157.0796326794897" id="2" junction="-1">
                    <link><successor elementType="road" elementId="1" contactPoint="start"/></link>
                    <planView>
                        <geometry s="0.0" x="-100.0" y="100.0" hdg="-1.5707963267948966" length="157.0796326794897"><arc curvature="0.01"/></geometry>
                    </planView>
                    <lanes>
                        <laneSection s="0.0">
                            <left><lane id="1" type="driving" level="false"><link><successor id="1"/></link><width sOffset="0" a="3.0" b="0" c="0" d="0"/></lane></left>
                            <center><lane id="0" type="none" level="false"/></center>
                            <right><lane id="-1" type="driving" level="false"><link><successor id="-1"/></link><width sOffset="0" a="3.0" b="0" c="0" d="0"/></lane></right>
                        </laneSection>
                    </lanes>
                </road>
                <road name="" length="80.0" id="3" junction="-1">
                    <link><predecessor elementType="junction" elementId="10"/></link>
                    <planView>
                        <geometry s="0.0" x="220.0" y="-20.0" hdg="-1.5707963267948966" length="80.0"><line/></geometry>
                    </planView>
                    <lanes>
                        <laneOffset s="0" a="-3.5" b="0" c="0" d="0"/>
                        <laneSection s="0.0">
                            <right><lane id="-1" type="driving" level="false"><width sOffset="0" a="3.5" b="0" c="0" d="0"/><speed sOffset="0" max="30" unit="mph"/></lane></right>
                        </laneSection>
                    </lanes>
                </road>
                <road name="" length="31.41592653589793" id="100" junction="10">
                    <link>
                        <predecessor elementType="road" elementId="1" contactPoint="end"/>
                        <successor elementType="road" elementId="3" contactPoint="start"/>
                    </link>
                    <planView>
                        <geometry s="0.0" x="200.0" y="0.0" hdg="0.0" length="31.41592653589793"><arc curvature="-0.05"/></geometry>
                    </planView>
                    <lanes>
                        <laneOffset s="0" a="-3.5" b="0" c="0" d="0"/>
                        <laneSection s="0.0">
                            <right><lane id="-1" type="driving" level="false"><link><predecessor id="-2"/><successor id="-1"/></link><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></right>
                        </laneSection>
                    </lanes>
                </road>
                <junction name="Corner" id="10">
                    <connection id="0" incomingRoad="1" connectingRoad="100" contactPoint="start"><laneLink from="-2" to="-1"/></connection>
                </junction>
            </OpenDRIVE>
            """;

    private OpenDriveText() {}
}
