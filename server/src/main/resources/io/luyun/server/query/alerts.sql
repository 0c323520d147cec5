-- Alerts, a row each: what was found, when it was raised and when it ended, and the worst it came to.
select
    alert_id,
    any_value(kind) as kind,
    any_value(subject_device_id) as subject,
    any_value(subject_seen_by) as subject_seen_by,
    any_value(target_device_id) as target,
    any_value(target_seen_by) as target_seen_by,
    min(raised_at) as raised_at,
    max(happened_at) filter (state = 'CLEARED') as cleared_at,
    epoch(max(happened_at) filter (state = 'CLEARED') - min(raised_at)) as duration_s,
    any_value(clear_reason) as clear_reason,
    arg_min(severity, sequence) as first_severity,
    case max(case severity when 'CRITICAL' then 4 when 'WARNING' then 3 when 'CAUTION' then 2 when 'INFO' then 1 end)
        when 4 then 'CRITICAL' when 3 then 'WARNING' when 2 then 'CAUTION' when 1 then 'INFO' end as worst_severity,
    count(*) as steps,
    any_value(latency_s order by sequence) filter (state = 'RAISED') as latency_s,
    arg_min(latitude_deg, sequence) as latitude_deg,
    arg_min(longitude_deg, sequence) as longitude_deg,
    arg_min(speed_mps, sequence) as speed_mps,
    min(time_to_collision_s) as least_time_to_collision_s,
    min(distance_m) as least_distance_m,
    coalesce(any_value(node_id), any_value(signal_node_id)) as node_id,
    arg_min(cause_sequences, sequence) as cause_sequences
from alert_steps
group by alert_id
