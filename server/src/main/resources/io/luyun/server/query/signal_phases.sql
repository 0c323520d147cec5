-- What each signal phase showed, an interval each: from when it was first told until something else was told.
with shown as (
    select device, intersection_region, intersection_id, phase_id, received_at, light,
        counting_likely_end_time_s as ends_in_s
    from spat_phases
    where item = 0
),
marked as (
    select *,
        light is distinct from lag(light) over phase as changes,
        lead(received_at) over phase as next_at
    from shown
    window phase as (
        partition by device, intersection_region, intersection_id, phase_id order by received_at)
),
numbered as (
    select *,
        count(*) filter (changes) over (
            partition by device, intersection_region, intersection_id, phase_id order by received_at
            rows unbounded preceding) as interval_no
    from marked
)
select
    device,
    intersection_region,
    intersection_id,
    phase_id,
    any_value(light) as light,
    min(received_at) as begins_at,
    -- the last one ends where the signals were heard last
    max(coalesce(next_at, received_at)) as ends_at,
    epoch(max(coalesce(next_at, received_at)) - min(received_at)) as duration_s,
    bool_and(next_at is not null) as ended,
    interval_no > 1 as began,
    arg_min(ends_in_s, received_at) as told_duration_s
from numbered
group by device, intersection_region, intersection_id, phase_id, interval_no
