"""The templates of the stories: quick ones, whose resources need no service but Heat."""

WEB = {
    "heat_template_version": "2018-08-31",
    "description": "What the comparison looks at",
    "parameter_groups": [{"label": "all", "description": "of them", "parameters": ["size", "secret"]}],
    "parameters": {
        "size": {"type": "number", "default": 2, "description": "How many", "label": "Size",
                 "constraints": [{"range": {"min": 1, "max": 9}, "description": "one digit"}]},
        "secret": {"type": "string", "default": "quiet", "hidden": True},
        "words": {"type": "comma_delimited_list", "default": "a,b"},
        "map": {"type": "json", "default": {"k": [1, "two", None, 2.5]}},
        "flag": {"type": "boolean", "default": True},
        "fixed": {"type": "string", "default": "x", "immutable": True},
        "tagged": {"type": "string", "default": "abc", "tags": ["t1", "t2"],
                   "constraints": [{"length": {"min": 1, "max": 5}}, {"allowed_pattern": "[a-z]+"}]},
        "choice": {"type": "string", "default": "m", "constraints": [{"allowed_values": ["s", "m"]}]},
        "step": {"type": "number", "default": 4, "constraints": [{"modulo": {"step": 2, "offset": 0}}]},
    },
    "conditions": {"big": {"equals": [{"get_param": "size"}, 9]}},
    "resources": {
        "first": {"type": "OS::Heat::TestResource", "description": "The first",
                  "properties": {"value": {"get_param": "tagged"}}, "metadata": {"role": "db", "n": 1}},
        "second": {"type": "OS::Heat::TestResource", "depends_on": "first",
                   "properties": {"value": {"get_attr": ["first", "output"]},
                                  "attr_wait_secs": 0}},
        "third": {"type": "OS::Heat::Value", "depends_on": "second",
                  "properties": {"type": "json", "value": {"size": {"get_param": "size"},
                                                            "secret": {"get_param": "secret"}}}},
        "fourth": {"type": "OS::Heat::RandomString", "depends_on": "third", "properties": {"length": 4}},
        "absent": {"type": "OS::Heat::None", "condition": "big"},
    },
    "outputs": {
        "value": {"description": "A value", "value": {"get_attr": ["first", "output"]}},
        "list": {"value": [1, 2.5, True, None, {"a": {"get_param": "words"}}]},
        "reference": {"value": {"get_resource": "first"}},
        "missing_part": {"value": {"get_attr": ["third", "value", "nothing"]}},
        "unresolvable": {"description": "Fails", "value": {"str_split": [",", {"get_attr": ["third", "value"]}]}},
        "absent": {"value": "never", "condition": "big"},
        "stack": {"value": {"get_param": "OS::stack_name"}},
    },
}

WEB_TEXT = """
heat_template_version: rocky
parameters:
  who: {type: string}
resources:
  greeting:
    type: OS::Heat::TestResource
    properties: {value: {get_file: greeting.txt}}
outputs:
  who: {value: {get_param: who}}
"""

# Fails after its first resource is there.
FAILING = {
    "heat_template_version": "2016-10-14",
    "resources": {
        "good": {"type": "OS::Heat::TestResource", "properties": {"value": "g"}},
        "fails": {"type": "OS::Heat::TestResource", "depends_on": "good", "properties": {"fail": True}},
    },
    "outputs": {"of_good": {"value": {"get_attr": ["good", "output"]}},
                "of_failed": {"value": {"get_attr": ["fails", "output"]}}},
}

SLOW = {
    "heat_template_version": "2016-10-14",
    "parameters": {"seconds": {"type": "number", "default": 0}, "value": {"type": "string", "default": "v"}},
    "resources": {"slow": {"type": "OS::Heat::TestResource",
                           "properties": {"value": {"get_param": "value"},
                                          "wait_secs": {"get_param": "seconds"}}}},
}


def by_name(body):
    """The order of a graph's independent resources means nothing, nor that of outputs."""
    if isinstance(body, dict) and "heat_template_version" in body:
        return
    holder = body.get("stack", body) if isinstance(body, dict) else {}
    if isinstance(holder.get("outputs"), list):
        holder["outputs"].sort(key=lambda each: each["output_key"])
    for each in body.get("resources") or [] if isinstance(body, dict) else []:
        if isinstance(each, dict) and each.get("resource_type") == "OS::Heat::RandomString":
            if "value" in each.get("attributes", {}):
                each["attributes"]["value"] = "random"
    for key in ("resources", "events"):
        holder = body.get("stack", body) if isinstance(body, dict) else {}
        if isinstance(holder.get(key), list):
            holder[key].sort(key=lambda each: str(each.get("resource_name")))
    for each in (body.get("resource_changes") or {}).values() if isinstance(body, dict) else []:
        each.sort(key=lambda entry: str(entry.get("resource_name")))
    for each in (body.get("resources") or []) + [body.get("resource") or {}] if isinstance(body, dict) else []:
        if isinstance(each.get("required_by"), list):
            each["required_by"].sort()
