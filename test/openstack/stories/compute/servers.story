# A server's life: networks and ports, actions, interfaces, volumes, metadata, deletion.
demo GET image /v2/images?name=cirros
  image = images.0.id
demo GET image /v2/images?name=cirros-alt
  image2 = images.0.id
demo GET compute@2.1 /v2.1/flavors
  unrecorded
  flavor = flavors.0.id
  flavor2 = flavors.1.id
demo POST network /v2.0/networks {"network": {"name": "story-servers"}}
  net = network.id
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-a", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"uuid": "$net"}]}}
demo POST network /v2.0/subnets {"subnet": {"network_id": "$net", "ip_version": 4, "cidr": "10.77.3.0/24"}}
  subnet = subnet.id
demo POST network /v2.0/ports {"port": {"network_id": "$net", "name": "story-servers-port", "fixed_ips": [{"ip_address": "10.77.3.33"}]}}
  port = port.id
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-a", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"port": "$port"}], "metadata": {"colour": "red"}, "key_name": "default", "user_data": "aGVsbG8=",
  "config_drive": true, "security_groups": [{"name": "default"}]}}
  server = server.id
demo GET compute@2.93 /v2.1/servers/$server
  until server.status ACTIVE
demo GET compute@2.1 /v2.1/servers/$server
demo GET network /v2.0/ports/$port
demo GET compute@2.93 /v2.1/servers?name=story-a
demo GET compute@2.1 /v2.1/servers/detail?name=story-a&status=ACTIVE
demo GET compute@2.93 /v2.1/servers/$server/os-interface
demo GET compute@2.93 /v2.1/servers/$server/os-interface/$port
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-b", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"port": "$port"}]}}
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-b", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"uuid": "11111111-2222-3333-4444-555555555555"}]}}
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-b", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"port": "11111111-2222-3333-4444-555555555555"}]}}
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-b", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"uuid": "$net"}], "key_name": "nonsense"}}
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-b", "flavorRef": "$flavor", "imageRef": "$image",
  "networks": [{"uuid": "$net", "fixed_ip": "10.77.3.44"}]}}
  server2 = server.id
demo GET compute@2.93 /v2.1/servers/$server2
  until server.status ACTIVE
demo GET network /v2.0/ports?device_id=$server2
demo POST compute@2.93 /v2.1/servers/$server/os-interface {"interfaceAttachment": {"net_id": "$net"}}
  extra = interfaceAttachment.port_id
demo GET compute@2.93 /v2.1/servers/$server
demo DELETE compute@2.93 /v2.1/servers/$server/os-interface/$extra
demo GET network /v2.0/ports/$extra
  until 404
demo GET compute@2.93 /v2.1/servers/$server
  until server.addresses.story-servers.1 None
demo PUT compute@2.93 /v2.1/servers/$server {"server": {"name": "story-a2"}}
demo POST compute@2.93 /v2.1/servers/$server/metadata {"metadata": {"size": "big"}}
demo PUT compute@2.93 /v2.1/servers/$server/metadata {"metadata": {"size": "small"}}
demo DELETE compute@2.93 /v2.1/servers/$server/metadata/size
demo GET compute@2.93 /v2.1/servers/$server/metadata
demo POST compute@2.93 /v2.1/servers/$server/action {"os-stop": null}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status SHUTOFF
demo POST compute@2.93 /v2.1/servers/$server/action {"os-stop": null}
demo POST compute@2.93 /v2.1/servers/$server/action {"os-start": null}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status ACTIVE
demo POST compute@2.93 /v2.1/servers/$server/action {"reboot": {"type": "SOFT"}}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status ACTIVE
demo POST compute@2.93 /v2.1/servers/$server/action {"resize": {"flavorRef": "$flavor2"}}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status VERIFY_RESIZE
demo POST compute@2.93 /v2.1/servers/$server/action {"confirmResize": null}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status ACTIVE
demo POST compute@2.93 /v2.1/servers/$server/action {"confirmResize": null}
demo POST compute@2.93 /v2.1/servers/$server/action {"resize": {"flavorRef": "$flavor2"}}
demo POST compute@2.93 /v2.1/servers/$server/action {"rebuild": {"imageRef": "$image2", "name": "story-a3"}}
demo GET compute@2.93 /v2.1/servers/$server
  until server.status ACTIVE
demo POST compute@2.93 /v2.1/servers/$server/action {"nonsense": null}
demo POST compute@2.1 /v2.1/servers/$server/action {"addSecurityGroup": {"name": "default"}}
demo POST compute@2.1 /v2.1/servers/$server/action {"os-getConsoleOutput": {}}
demo GET compute@2.93 /v2.1/servers/$server/os-security-groups
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "name": "story-servers-volume"}}
  volume = volume.id
demo GET volumev3 /v3/$project/volumes/$volume
  until volume.status available
demo POST compute@2.93 /v2.1/servers/$server/os-volume_attachments {"volumeAttachment": {"volumeId": "$volume", "device": "/dev/vdc"}}
demo GET volumev3 /v3/$project/volumes/$volume
  until volume.status in-use
demo GET compute@2.93 /v2.1/servers/$server/os-volume_attachments
demo GET compute@2.1 /v2.1/servers/$server/os-volume_attachments/$volume
demo POST compute@2.93 /v2.1/servers/$server/os-volume_attachments {"volumeAttachment": {"volumeId": "$volume"}}
demo POST compute@2.93 /v2.1/servers/$server/os-volume_attachments {"volumeAttachment": {"volumeId": "11111111-2222-3333-4444-555555555555"}}
demo GET compute@2.93 /v2.1/servers/$server
demo DELETE volumev3 /v3/$project/volumes/$volume
demo DELETE compute@2.93 /v2.1/servers/$server/os-volume_attachments/$volume
demo GET volumev3 /v3/$project/volumes/$volume
  until volume.status available
demo DELETE compute@2.93 /v2.1/servers/$server/os-volume_attachments/$volume
demo DELETE volumev3 /v3/$project/volumes/$volume
demo POST compute@2.93 /v2.1/servers {"server": {"name": "story-c", "flavorRef": "$flavor", "imageRef": "", "networks": "none",
  "block_device_mapping_v2": [{"boot_index": 0, "source_type": "image", "uuid": "$image", "destination_type": "volume",
  "volume_size": 1, "delete_on_termination": true}]}}
  server3 = server.id
demo GET compute@2.93 /v2.1/servers/$server3
  until server.status ACTIVE
demo DELETE compute@2.93 /v2.1/servers/$server3
demo GET compute@2.93 /v2.1/servers/$server3
  until 404
demo DELETE compute@2.93 /v2.1/servers/$server
demo GET compute@2.93 /v2.1/servers/$server
  until 404
demo DELETE compute@2.93 /v2.1/servers/$server
demo GET network /v2.0/ports/$port
demo DELETE compute@2.93 /v2.1/servers/$server2
demo GET compute@2.93 /v2.1/servers/$server2
  until 404
demo GET network /v2.0/ports?device_id=$server2
demo DELETE network /v2.0/ports/$port
demo DELETE network /v2.0/networks/$net
