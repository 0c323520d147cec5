-- Samples of vehicles that drive along a link of the maps: which one, and how far it is to its end, where the stop line is. The nearest
-- piece counts whose direction is that of the vehicle within 45 degrees and that it is not further beside than the link is wide.
with middle as (
    select avg(latitude_deg) as latitude_deg, avg(longitude_deg) as longitude_deg from tracks
),
plane as (
    select links.*,
        radians(from_longitude_deg - middle.longitude_deg) * cos(radians(middle.latitude_deg)) * 6371008.8 as ax,
        radians(from_latitude_deg - middle.latitude_deg) * 6371008.8 as ay,
        radians(to_longitude_deg - middle.longitude_deg) * cos(radians(middle.latitude_deg)) * 6371008.8 as bx,
        radians(to_latitude_deg - middle.latitude_deg) * 6371008.8 as by_
    from links, middle
),
pieces as (
    select *, sqrt((bx - ax) ** 2 + (by_ - ay) ** 2) as length_m
    from plane
),
measured as (
    select *, coalesce(sum(length_m) over (
        partition by node_region, node_id, link order by piece rows between 1 following and unbounded following), 0)
        as behind_m
    from pieces
    where length_m > 0
),
-- each piece in all squares of 100 m that it, and 20 m around it, lie in
squares as (
    select measured.*, c.column_no, r.row_no
    from measured,
        unnest(range(floor((least(ax, bx) - 20) / 100)::bigint, floor((greatest(ax, bx) + 20) / 100)::bigint + 1))
            as c(column_no),
        unnest(range(floor((least(ay, by_) - 20) / 100)::bigint, floor((greatest(ay, by_) + 20) / 100)::bigint + 1))
            as r(row_no)
),
near as (
    select
        s.track, s.observed_at, s.device, s.self, s.class, s.latitude_deg, s.longitude_deg, s.speed_mps, s.heading_deg,
        s.length_m as vehicle_length_m, p.link, p.link_name, p.node_region, p.node_id, p.node_name, p.upstream_node_id,
        coalesce(p.width_m, 7) as width_m,
        ((s.x_m - p.ax) * (p.bx - p.ax) + (s.y_m - p.ay) * (p.by_ - p.ay)) / p.length_m as along_m,
        abs((s.x_m - p.ax) * (p.by_ - p.ay) - (s.y_m - p.ay) * (p.bx - p.ax)) / p.length_m as across_m,
        p.length_m, p.behind_m
    from samples s
    join squares p on floor(s.x_m / 100)::bigint = p.column_no and floor(s.y_m / 100)::bigint = p.row_no
    where not s.vulnerable
        and cos(radians(s.heading_deg) - atan2(p.bx - p.ax, p.by_ - p.ay)) > cos(radians(45))
)
select track, observed_at, device, self, class, latitude_deg, longitude_deg, speed_mps, heading_deg, vehicle_length_m,
    link, link_name, node_region, node_id, node_name, upstream_node_id, across_m,
    length_m - along_m + behind_m as to_end_m
from near
where along_m between -5 and length_m + 5 and across_m <= width_m
qualify row_number() over (partition by track, observed_at order by across_m) = 1
