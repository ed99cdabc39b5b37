# Networks, subnets and ports: what is made, how it is listed, what is refused.
demo POST network /v2.0/networks {"network": {"name": "story-net"}}
  net = network.id
demo POST network /v2.0/networks {"network": {"name": "story-bad", "colour": "red"}}
demo POST network /v2.0/networks {"network": {"name": "story-bad", "admin_state_up": "perhaps"}}
demo POST network /v2.0/networks {"net": {}}
demo GET network /v2.0/networks/$net
demo GET network /v2.0/networks?name=story-net
demo GET network /v2.0/networks?name=story-net&fields=id&fields=name
demo GET network /v2.0/networks?name=story-none
demo GET network /v2.0/networks/11111111-2222-3333-4444-555555555555
demo PUT network /v2.0/networks/$net {"network": {"name": "story-net-2", "description": "a net"}}
demo PUT network /v2.0/networks/$net {"network": {"tenant_id": "nobody"}}

demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4,
  "cidr": "10.77.0.0/24", "name": "story-subnet"}}
  subnet = subnet.id
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4,
  "cidr": "10.77.0.128/25"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4,
  "cidr": "10.78.0.0/24", "gateway_ip": "10.79.0.1"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4}}
demo POST network /v2.0/subnets {"subnet": {"ip_version": 4, "cidr": "10.78.0.0/24"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 6, "cidr": "10.78.0.0/24"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4,
  "cidr": "not-a-cidr"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "11111111-2222-3333-4444-555555555555", "ip_version": 4,
  "cidr": "10.78.0.0/24"}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4,
  "cidr": "10.78.0.0/24", "gateway_ip": null, "enable_dhcp": false, "dns_nameservers": ["10.0.0.53"],
  "allocation_pools": [{"start": "10.78.0.10", "end": "10.78.0.20"}],
  "host_routes": [{"destination": "10.90.0.0/16", "nexthop": "10.78.0.5"}]}}
  subnet2 = subnet.id
demo GET network /v2.0/networks/$net
demo GET network /v2.0/subnets?network_id=$net
demo PUT network /v2.0/subnets/$subnet {"subnet": {"dns_nameservers": ["10.0.0.53"], "name": "story-subnet-2"}}
demo PUT network /v2.0/subnets/$subnet {"subnet": {"cidr": "10.80.0.0/24"}}

demo POST network /v2.0/ports {"port": {"network_id": "$net", "name": "story-port",
  "fixed_ips": [{"subnet_id": "$subnet"}]}}
  port = port.id
demo POST network /v2.0/ports {"port": {"network_id": "$net", "fixed_ips": [{"ip_address": "10.77.0.77"}],
  "mac_address": "fa:16:3e:00:00:77", "admin_state_up": false, "description": "fixed",
  "allowed_address_pairs": [{"ip_address": "10.77.0.99"}], "security_groups": []}}
  port2 = port.id
demo POST network /v2.0/ports {"port": {"network_id": "$net", "fixed_ips": [{"ip_address": "10.77.0.77"}]}}
demo POST network /v2.0/ports {"port": {"network_id": "$net", "mac_address": "fa:16:3e:00:00:77"}}
demo POST network /v2.0/ports {"port": {"network_id": "$net", "fixed_ips": [{"ip_address": "10.99.0.77"}]}}
demo POST network /v2.0/ports {"port": {"network_id": "$net", "fixed_ips": [{"subnet_id": "$subnet", "ip_address": "10.99.0.77"}]}}
demo POST network /v2.0/ports {"port": {"network_id": "11111111-2222-3333-4444-555555555555"}}
demo POST network /v2.0/ports {"port": {}}
demo POST network /v2.0/ports {"port": {"network_id": "$net", "security_groups": ["11111111-2222-3333-4444-555555555555"]}}
demo PUT network /v2.0/ports/$port {"port": {"name": "story-port-2", "device_id": "", "fixed_ips": [{"subnet_id": "$subnet", "ip_address": "10.77.0.88"}]}}
demo PUT network /v2.0/ports/$port {"port": {"network_id": "$net"}}
demo GET network /v2.0/ports?network_id=$net&sort_key=name&sort_dir=desc
demo GET network /v2.0/ports?fixed_ips=ip_address%3D10.77.0.77&network_id=$net
demo GET network /v2.0/ports?id=$port&id=$port2&fields=name
demo PUT network /v2.0/ports/$port/tags {"tags": ["red", "blue"]}
demo GET network /v2.0/ports/$port/tags
demo GET network /v2.0/ports/$port
demo GET network /v2.0/ports?tags=red&network_id=$net&fields=name
demo DELETE network /v2.0/ports/$port/tags

demo DELETE network /v2.0/ports/$port2
demo DELETE network /v2.0/subnets/$subnet
demo DELETE network /v2.0/networks/$net
demo DELETE network /v2.0/ports/$port
demo DELETE network /v2.0/ports/$port
demo GET network /v2.0/ports/$port
demo DELETE network /v2.0/subnets/$subnet
demo DELETE network /v2.0/subnets/$subnet
demo DELETE network /v2.0/networks/$net
demo DELETE network /v2.0/networks/$net
nobody GET network /v2.0/networks
demo GET network /v2.0/nonsense
demo GET network /
demo GET network /v2.0/
