package io.luyun.server.core;

import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications.Share;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;

/**
 * What decides on alerts besides the journal: the same journal and the same of these give the same alerts.
 *
 * @param zone the map
 * @param world how the road's state is kept
 * @param site crossings and what else lies beside the road
 * @param alert thresholds of the rules
 * @param share the rules that this core runs
 */
public record CoreConfig(ZoneMap zone, WorldConfig world, SiteConfig site, AlertConfig alert, Share share) {
    /** All rules. */
    public CoreConfig(final ZoneMap zone, final WorldConfig world, final SiteConfig site, final AlertConfig alert) {
        this(zone, world, site, alert, Share.ALL);
    }

    /** The same with these rules alone. */
    public CoreConfig with(final Share rules) {
        return new CoreConfig(zone, world, site, alert, rules);
    }
}
