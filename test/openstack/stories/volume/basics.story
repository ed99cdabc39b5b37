# Volumes, their types, snapshots and attachments; what is refused.
demo GET volumev3 /
demo GET volumev3 /v3/
demo GET volumev3 /v3/$project/types
  type = volume_types.0.id
demo GET volumev3 /v3/$project/types/$type
demo GET volumev3 /v3/$project/types/nonsense
demo POST volumev3 /v3/$project/volumes {"volume": {"name": "story-volume"}}
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "volume_type": "nonsense"}}
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "snapshot_id": "11111111-2222-3333-4444-555555555555"}}
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "colour": "red"}}
  odd = volume.id
demo GET volumev3 /v3/$project/volumes/$odd
  until volume.status available
demo DELETE volumev3 /v3/$project/volumes/$odd
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "name": "story-volume", "description": "a volume",
  "metadata": {"colour": "red"}, "availability_zone": "nova"}}
  volume = volume.id
demo GET volumev3 /v3/$project/volumes/$volume
  until volume.status available
demo GET volumev3 /v3/$project/volumes?name=story-volume
demo GET volumev3 /v3/$project/volumes/detail?name=story-volume&limit=1
demo PUT volumev3 /v3/$project/volumes/$volume {"volume": {"name": "story-volume-2", "description": "b"}}
demo PUT volumev3 /v3/$project/volumes/$volume/metadata {"metadata": {"size": "big"}}
demo POST volumev3 /v3/$project/volumes/$volume/action {"os-extend": {"new_size": 2}}
demo GET volumev3 /v3/$project/volumes/$volume
  until volume.status available
demo POST volumev3 /v3/$project/volumes/$volume/action {"os-extend": {"new_size": 1}}
demo POST volumev3 /v3/$project/volumes/$volume/action {"os-set_bootable": {"bootable": true}}
demo POST volumev3 /v3/$project/volumes/$volume/action {"os-update_readonly_flag": {"readonly": true}}
demo POST volumev3 /v3/$project/volumes/$volume/action {"nonsense": {}}
demo POST volumev3 /v3/$project/snapshots {"snapshot": {"volume_id": "$volume", "name": "story-snapshot"}}
  snapshot = snapshot.id
demo GET volumev3 /v3/$project/snapshots/$snapshot
  until snapshot.status available
demo GET volumev3 /v3/$project/snapshots?volume_id=$volume
demo DELETE volumev3 /v3/$project/volumes/$volume
demo POST volumev3 /v3/$project/volumes {"volume": {"snapshot_id": "$snapshot", "name": "story-copy"}}
  copy = volume.id
demo GET volumev3 /v3/$project/volumes/$copy
  until volume.status available
demo DELETE volumev3 /v3/$project/volumes/$copy
demo GET volumev3 /v3/$project/volumes/$copy
  until 404
demo DELETE volumev3 /v3/$project/snapshots/$snapshot
demo GET volumev3 /v3/$project/snapshots/$snapshot
  until 404
demo DELETE volumev3 /v3/$project/snapshots/$snapshot
demo GET image /v2/images?name=cirros
  image = images.0.id
demo POST volumev3 /v3/$project/volumes {"volume": {"size": 1, "imageRef": "$image", "name": "story-boot"}}
  boot = volume.id
demo GET volumev3 /v3/$project/volumes/$boot
  until volume.status available
demo DELETE volumev3 /v3/$project/volumes/$boot
demo DELETE volumev3 /v3/$project/volumes/$volume
demo GET volumev3 /v3/$project/volumes/$volume
  until 404
demo DELETE volumev3 /v3/$project/volumes/$volume
demo GET volumev3 /v3/$project/volumes/$volume
demo GET volumev3 /v3/$project/limits
demo GET volumev3 /v3/$project/os-availability-zone
demo GET volumev3 /v3/$project/os-quota-sets/$project
demo GET volumev3 /v3/$project/nonsense
nobody GET volumev3 /v3/$project/volumes
