# Security groups and their rules: defaults, duplicates, use by ports, quotas, extensions.
demo GET network /v2.0/security-groups?name=default&project_id=$project
  default = security_groups.0.id
demo POST network /v2.0/security-groups {"security_group": {"name": "story-group", "description": "web"}}
  group = security_group.id
demo POST network /v2.0/security-groups {"security_group": {"name": "default"}}
demo POST network /v2.0/security-groups {"security_group": {"description": "no name"}}
  unnamed = security_group.id
demo DELETE network /v2.0/security-groups/$unnamed
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "ingress", "protocol": "tcp", "port_range_min": 80, "port_range_max": 81}}
  rule = security_group_rule.id
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "ingress", "protocol": "tcp", "port_range_min": 80, "port_range_max": 81}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "ingress", "protocol": "icmp", "remote_ip_prefix": "10.0.0.0/8", "description": "ping"}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "egress", "ethertype": "IPv6", "protocol": 6, "remote_group_id": "$group"}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "sideways"}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "ingress", "port_range_min": 80, "port_range_max": 81}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"security_group_id": "$group",
  "direction": "ingress", "protocol": "tcp", "port_range_min": 82, "port_range_max": 81}}
demo POST network /v2.0/security-group-rules {"security_group_rule": {"direction": "ingress",
  "security_group_id": "11111111-2222-3333-4444-555555555555"}}
demo POST network /v2.0/security-group-rules {"security_group_rules": [
  {"security_group_id": "$group", "direction": "ingress", "protocol": "udp", "port_range_min": 53, "port_range_max": 53},
  {"security_group_id": "$group", "direction": "ingress", "protocol": "udp", "port_range_min": 54, "port_range_max": 54}]}
demo GET network /v2.0/security-group-rules?security_group_id=$group&direction=ingress
demo GET network /v2.0/security-group-rules/$rule
demo DELETE network /v2.0/security-group-rules/$rule
demo DELETE network /v2.0/security-group-rules/$rule
demo GET network /v2.0/security-groups/$group
demo PUT network /v2.0/security-groups/$group {"security_group": {"name": "story-group-2"}}
demo PUT network /v2.0/security-groups/$default {"security_group": {"name": "other"}}
demo POST network /v2.0/networks {"network": {"name": "story-groups-net"}}
  net = network.id
demo POST network /v2.0/ports {"port": {"network_id": "$net", "security_groups": ["$group"]}}
  port = port.id
demo DELETE network /v2.0/security-groups/$group
demo DELETE network /v2.0/ports/$port
demo DELETE network /v2.0/networks/$net
demo DELETE network /v2.0/security-groups/$group
demo DELETE network /v2.0/security-groups/$group
demo GET network /v2.0/security-groups/$group
demo DELETE network /v2.0/security-groups/$default
