-- Time to collision of pairs that would touch if both go on as they do, a series for each pair.
select track_a, track_b, observed_at, ttc_s, distance_m, closing_mps, passing_m, class_a, class_b, vulnerable,
    speed_a_mps, speed_b_mps, latitude_deg, longitude_deg
from pairs
where ttc_s is not null
