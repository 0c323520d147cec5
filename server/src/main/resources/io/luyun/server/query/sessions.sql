-- Sessions of devices, a row each; closed_at is absent of one that was open at the end, or ended with its server.
select
    opened.session_id,
    opened.device_id as device,
    opened.role,
    opened.boot_epoch,
    opened.agent,
    opened.beside,
    opened.received_at as opened_at,
    closed.received_at as closed_at,
    epoch(closed.received_at - opened.received_at) as duration_s,
    closed.reason,
    opened.sequence as opened_sequence,
    closed.sequence as closed_sequence
from sessions_opened opened
left join sessions_closed closed using (session_id)
