-- Roads of the maps, a row a straight piece: of each link as it was told last, between two points that follow each other.
with latest as (
    select node_region, node_id, node_name, link_name, link_upstream_node_region, link_upstream_node_id, link_width_m,
        from_json(link_points, '[{"latitude_deg":"DOUBLE","longitude_deg":"DOUBLE"}]') as points
    from map_links
    qualify row_number() over (
        partition by node_region, node_id, link_upstream_node_region, link_upstream_node_id order by sequence desc) = 1
),
pieces as (
    select *, unnest(range(1, len(points))) as piece
    from latest
)
select
    coalesce(link_upstream_node_id::varchar, '?') || '-' || node_id as link,
    link_name,
    node_name,
    node_region,
    node_id,
    link_upstream_node_id as upstream_node_id,
    link_width_m as width_m,
    piece,
    points[piece].latitude_deg as from_latitude_deg,
    points[piece].longitude_deg as from_longitude_deg,
    points[piece + 1].latitude_deg as to_latitude_deg,
    points[piece + 1].longitude_deg as to_longitude_deg
from pieces
