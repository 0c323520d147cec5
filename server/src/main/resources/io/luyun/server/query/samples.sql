-- Road users five times a second at most, on a plane in metres: x to the east, y to the north; what pairs are made of.
-- A vehicle that reports itself and is seen as well has both its tracks here.
with middle as (
    select avg(latitude_deg) as latitude_deg, avg(longitude_deg) as longitude_deg from tracks
),
first_of_bin as (
    select track, epoch_ns(observed_at) // 200000000 as bin, arg_min(tracks, observed_at) as s
    from tracks
    where class <> 'OBSTACLE'
    group by all
)
select
    track,
    bin,
    s.observed_at as observed_at,
    s.device as device,
    s.self as self,
    s.class as class,
    s.class in ('PEDESTRIAN', 'BICYCLE', 'ANIMAL') as vulnerable,
    s.latitude_deg as latitude_deg,
    s.longitude_deg as longitude_deg,
    s.speed_mps as speed_mps,
    s.heading_deg as heading_deg,
    radians(s.longitude_deg - middle.longitude_deg) * cos(radians(middle.latitude_deg)) * 6371008.8 as x_m,
    radians(s.latitude_deg - middle.latitude_deg) * 6371008.8 as y_m,
    coalesce(s.speed_mps, 0) * sin(radians(coalesce(s.heading_deg, 0))) as vx_mps,
    coalesce(s.speed_mps, 0) * cos(radians(coalesce(s.heading_deg, 0))) as vy_mps,
    coalesce(s.length_m, if(s.class in ('PEDESTRIAN', 'BICYCLE', 'ANIMAL'), 0.5, 4.5)) as length_m,
    coalesce(s.width_m, if(s.class in ('PEDESTRIAN', 'BICYCLE', 'ANIMAL'), 0.5, 1.8)) as width_m
from first_of_bin, middle
