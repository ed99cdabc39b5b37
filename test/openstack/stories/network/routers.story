# Routers, their interfaces and gateways, floating IPs and what they need to reach a port.
demo GET network /v2.0/networks?router:external=true&name=public
  public = networks.0.id
demo POST network /v2.0/networks {"network": {"name": "story-inner"}}
  net = network.id
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4, "cidr": "10.77.1.0/24"}}
  subnet = subnet.id
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4, "cidr": "10.77.2.0/24", "gateway_ip": null}}
  bare = subnet.id
demo POST network /v2.0/routers {"router": {"name": "story-router"}}
  router = router.id
demo PUT network /v2.0/routers/$router/add_router_interface {"subnet_id": "$subnet"}
  interface = port_id
demo PUT network /v2.0/routers/$router/add_router_interface {"subnet_id": "$subnet"}
demo PUT network /v2.0/routers/$router/add_router_interface {"subnet_id": "$bare"}
demo PUT network /v2.0/routers/$router/add_router_interface {}
demo PUT network /v2.0/routers/$router/add_router_interface {"subnet_id": "11111111-2222-3333-4444-555555555555"}
demo GET network /v2.0/ports/$interface
demo DELETE network /v2.0/ports/$interface
demo POST network /v2.0/ports {"port": {"network_id": "$net", "name": "story-inner-port", "fixed_ips": [{"subnet_id": "$subnet"}]}}
  port = port.id
demo POST network /v2.0/floatingips {"floatingip": {"floating_network_id": "$public", "port_id": "$port"}}
demo PUT network /v2.0/routers/$router {"router": {"external_gateway_info": {"network_id": "$public"}}}
demo PUT network /v2.0/routers/$router {"router": {"external_gateway_info": {"network_id": "$net"}}}
demo PUT network /v2.0/routers/$router {"router": {"external_gateway_info": {"network_id": "$public", "enable_snat": false}}}
demo POST network /v2.0/floatingips {"floatingip": {"floating_network_id": "$public", "port_id": "$port"}}
  fip = floatingip.id
demo POST network /v2.0/floatingips {"floatingip": {"floating_network_id": "$public", "port_id": "$port"}}
demo POST network /v2.0/floatingips {"floatingip": {"floating_network_id": "$net"}}
demo POST network /v2.0/floatingips {"floatingip": {}}
demo POST network /v2.0/floatingips {"floatingip": {"floating_network_id": "$public", "description": "spare"}}
  spare = floatingip.id
demo GET network /v2.0/floatingips/$fip
demo GET network /v2.0/floatingips?port_id=$port
demo PUT network /v2.0/routers/$router {"router": {"external_gateway_info": {}}}
demo PUT network /v2.0/routers/$router/remove_router_interface {"subnet_id": "$subnet"}
demo PUT network /v2.0/floatingips/$fip {"floatingip": {"port_id": null}}
demo PUT network /v2.0/floatingips/$fip {"floatingip": {"port_id": "$port"}}
demo PUT network /v2.0/floatingips/$spare {"floatingip": {"port_id": "$port"}}
demo DELETE network /v2.0/ports/$port
demo GET network /v2.0/floatingips/$fip
demo DELETE network /v2.0/floatingips/$fip
demo DELETE network /v2.0/floatingips/$fip
demo DELETE network /v2.0/floatingips/$spare
demo GET network /v2.0/floatingips/$spare
demo DELETE network /v2.0/routers/$router
demo DELETE network /v2.0/networks/$net
demo PUT network /v2.0/routers/$router {"router": {"name": "story-router-2", "admin_state_up": false,
  "routes": [{"destination": "10.99.0.0/16", "nexthop": "10.77.1.9"}]}}
demo PUT network /v2.0/routers/$router {"router": {"routes": []}}
demo PUT network /v2.0/routers/$router/remove_router_interface {"subnet_id": "$bare"}
demo PUT network /v2.0/routers/$router/remove_router_interface {"port_id": "$interface"}
demo GET network /v2.0/ports?device_id=$router
demo POST network /v2.0/ports {"port": {"network_id": "$net", "name": "story-leg", "fixed_ips": [{"subnet_id": "$bare"}]}}
  leg = port.id
demo PUT network /v2.0/routers/$router/add_router_interface {"port_id": "$leg"}
demo PUT network /v2.0/routers/$router/remove_router_interface {"subnet_id": "$bare"}
demo GET network /v2.0/ports/$leg
demo PUT network /v2.0/routers/$router {"router": {"external_gateway_info": {}}}
demo GET network /v2.0/routers/$router
demo DELETE network /v2.0/routers/$router
demo DELETE network /v2.0/routers/$router
demo POST network /v2.0/routers {"router": {"name": "story-outer", "external_gateway_info": {"network_id": "$public"}}}
  outer = router.id
demo GET network /v2.0/routers?name=story-outer
demo DELETE network /v2.0/routers/$outer
demo GET network /v2.0/routers/$outer
demo DELETE network /v2.0/networks/$net
demo GET network /v2.0/subnets/$subnet
