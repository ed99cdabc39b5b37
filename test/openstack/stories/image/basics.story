# Images: versions, listing, filters, one image, what is not there.
demo GET image /
demo GET image /v2/images?name=cirros
  image = images.0.id
demo GET image /v2/images?limit=1&sort=name:asc
demo GET image /v2/images?name=nonsense
demo GET image /v2/images?visibility=public&id=$image
demo GET image /v2/images/$image
demo GET image /v2/images/nonsense
demo GET image /v2/images?marker=11111111-2222-3333-4444-555555555555
demo GET image /v2/schemas/image
  unrecorded
nobody GET image /v2/images
demo GET image /v2/nonsense
demo POST image /v2/images {"name": "story-image", "disk_format": "qcow2", "container_format": "bare"}
  made = id
demo GET image /v2/images/$made
demo DELETE image /v2/images/$made
demo DELETE image /v2/images/$made
