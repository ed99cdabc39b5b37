# Versions, flavors, key pairs, zones, limits, server groups, and what is refused without a server.
nobody GET compute /
nobody GET compute /v2.1
demo GET compute@2.93 /v2.1/
demo GET compute@2.999 /v2.1/flavors
demo GET compute@nonsense /v2.1/flavors
nobody GET compute /v2.1/flavors
demo GET compute /v2.1/flavors
demo GET compute@2.93 /v2.1/flavors
demo GET compute@2.93 /v2.1/flavors/detail?limit=2
demo GET compute /v2.1/flavors/m1.nano
demo GET compute /v2.1/flavors/nonsense
demo GET compute@2.93 /v2.1/flavors/detail
  flavor = flavors.0.id
demo GET compute@2.93 /v2.1/flavors/$flavor
demo GET compute /v2.1/flavors/$flavor
demo GET compute /v2.1/flavors/$flavor/os-extra_specs
demo POST compute@2.93 /v2.1/os-keypairs {"keypair": {"name": "story-key"}}
demo POST compute@2.93 /v2.1/os-keypairs {"keypair": {"name": "story-key", "type": "ssh", "public_key":
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDGv5bDvF2xG3qN0k4Ej3g8cXlKbq2kq2e3o7m1vXb1tq9W0n4mH3kQ2XJ8c0yq4m9mC9gWqk1Tz9xJ9g7yZ2QvV3bJ0mXcQWm9p0J3e6S5o0p8mO0oWJ8q2m3d4Yc1x8d5s7V6u0n2k3j4h5g6f7d8s9a0Q== story"}}
demo POST compute /v2.1/os-keypairs {"keypair": {"name": "story-made"}}
demo POST compute /v2.1/os-keypairs {"keypair": {"name": "story-made"}}
demo POST compute /v2.1/os-keypairs {"keypair": {"name": "story-bad", "public_key": "nonsense"}}
demo POST compute /v2.1/os-keypairs {"keypair": {}}
demo GET compute@2.93 /v2.1/os-keypairs/story-made
demo GET compute@2.93 /v2.1/os-keypairs
demo DELETE compute@2.93 /v2.1/os-keypairs/story-made
demo DELETE compute /v2.1/os-keypairs/story-made
demo GET compute /v2.1/os-keypairs/story-made
demo GET compute /v2.1/os-availability-zone
demo GET compute@2.93 /v2.1/limits
demo POST compute /v2.1/os-server-groups {"server_group": {"name": "story-group", "policies": ["anti-affinity"]}}
  group = server_group.id
demo GET compute@2.93 /v2.1/os-server-groups/$group
demo DELETE compute /v2.1/os-server-groups/$group
demo DELETE compute /v2.1/os-server-groups/$group
demo POST compute@2.93 /v2.1/os-server-groups {"server_group": {"name": "story-group", "policy": "affinity"}}
  group = server_group.id
demo DELETE compute@2.93 /v2.1/os-server-groups/$group
demo GET compute /v2.1/servers/11111111-2222-3333-4444-555555555555
demo DELETE compute /v2.1/servers/nonsense
demo POST compute /v2.1/servers {"server": {"name": "story"}}
demo POST compute /v2.1/servers {"server": {"name": "story", "flavorRef": "nonsense", "imageRef": "11111111-2222-3333-4444-555555555555", "networks": "none"}}
demo POST compute /v2.1/servers {"server": {"name": "story", "flavorRef": "$flavor", "imageRef": "11111111-2222-3333-4444-555555555555"}}
demo POST compute /v2.1/servers {"server": {"name": "story", "flavorRef": "$flavor"}}
demo GET compute /v2.1/nonsense
