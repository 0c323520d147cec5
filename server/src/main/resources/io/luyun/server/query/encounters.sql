-- Encounters: as long as two road users are within 50 m of each other, with not more than 5 s between; a row each, with the nearest they
-- were and the least time to collision. For vehicles in one queue that is long and says little: ask for those that close in.
with marked as (
    select *,
        observed_at - lag(observed_at) over pair > interval 5 seconds as apart
    from pairs
    window pair as (partition by track_a, track_b order by observed_at)
),
numbered as (
    select *, count(*) filter (apart) over (
        partition by track_a, track_b order by observed_at rows unbounded preceding) as encounter_no
    from marked
)
select
    track_a,
    track_b,
    any_value(class_a) as class_a,
    any_value(class_b) as class_b,
    bool_or(vulnerable) as vulnerable,
    min(observed_at) as begins_at,
    max(observed_at) as ends_at,
    epoch(max(observed_at) - min(observed_at)) as duration_s,
    min(distance_m) as least_distance_m,
    arg_min(observed_at, (distance_m, observed_at)) as nearest_at,
    arg_min(closing_mps, (distance_m, observed_at)) as closing_mps,
    max(closing_mps) as greatest_closing_mps,
    min(ttc_s) as least_ttc_s,
    arg_min(observed_at, (ttc_s, observed_at)) filter (ttc_s is not null) as least_ttc_at,
    -- where it was most urgent: at the least time to collision, else where they were nearest
    coalesce(arg_min(latitude_deg, (ttc_s, observed_at)) filter (ttc_s is not null), arg_min(latitude_deg, (distance_m, observed_at))) as latitude_deg,
    coalesce(arg_min(longitude_deg, (ttc_s, observed_at)) filter (ttc_s is not null), arg_min(longitude_deg, (distance_m, observed_at))) as longitude_deg,
    coalesce(arg_min(speed_a_mps, (ttc_s, observed_at)) filter (ttc_s is not null), arg_min(speed_a_mps, (distance_m, observed_at))) as speed_a_mps,
    coalesce(arg_min(speed_b_mps, (ttc_s, observed_at)) filter (ttc_s is not null), arg_min(speed_b_mps, (distance_m, observed_at))) as speed_b_mps
from numbered
group by track_a, track_b, encounter_no
