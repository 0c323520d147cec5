-- Two road users within 50 m of each other, five times a second at most: how far apart, how fast they close in, and how near they come
-- if both go on as they do. Two that report themselves, two that one unit sees, or a vehicle that reports itself and a vulnerable road
-- user that is seen: so nobody meets itself. Not two pedestrians. The plane is cut into squares of 50 m, and who is in one is held against those in it and
-- in the eight around it.
with placed as (
    select *, floor(x_m / 50)::bigint as column_no, floor(y_m / 50)::bigint as row_no
    from samples
),
around as (
    select placed.*, column_no + dx as near_column, row_no + dy as near_row
    from placed, unnest([-1, 0, 1]) as columns(dx), unnest([-1, 0, 1]) as rows(dy)
),
near as (
    select
        a.track as track_a, b.track as track_b, a.observed_at as observed_at, a.device as device_a, b.device as device_b,
        a.class as class_a, b.class as class_b, a.vulnerable or b.vulnerable as vulnerable,
        a.latitude_deg as latitude_deg, a.longitude_deg as longitude_deg,
        a.speed_mps as speed_a_mps, b.speed_mps as speed_b_mps,
        -- where b is and how it moves, seen from a, at a's time
        b.x_m - a.x_m + b.vx_mps * epoch(a.observed_at - b.observed_at) as dx,
        b.y_m - a.y_m + b.vy_mps * epoch(a.observed_at - b.observed_at) as dy,
        b.vx_mps - a.vx_mps as vx, b.vy_mps - a.vy_mps as vy,
        (a.length_m + b.length_m) / 2 as lengths_m, (a.width_m + b.width_m) / 2 as widths_m
    from around a
    join placed b on a.bin = b.bin and a.near_column = b.column_no and a.near_row = b.row_no and a.track < b.track
    where (a.class <> 'PEDESTRIAN' or b.class <> 'PEDESTRIAN')
        and ((a.self and b.self)
            or (not a.self and not b.self and a.device = b.device)
            or (a.self <> b.self and a.vulnerable <> b.vulnerable))
),
measured as (
    select *, sqrt(dx * dx + dy * dy) as distance_m, sqrt(vx * vx + vy * vy) as relative_mps, dx * vx + dy * vy as closing
    from near
)
select
    * exclude (dx, dy, vx, vy, closing, lengths_m, widths_m),
    case when distance_m > 0 then -closing / distance_m end as closing_mps,
    case when closing < 0 then abs(dx * vy - dy * vx) / relative_mps else distance_m end as passing_m,
    -- they touch when they pass within half their widths; then until their middles are half their lengths apart
    case
        when closing >= 0 or abs(dx * vy - dy * vx) / relative_mps >= widths_m then null
        when distance_m <= lengths_m then 0
        else (-closing - sqrt(greatest(0, closing * closing - relative_mps ** 2 * (distance_m ** 2 - lengths_m ** 2))))
            / relative_mps ** 2
    end as ttc_s
from measured
where distance_m <= 50
