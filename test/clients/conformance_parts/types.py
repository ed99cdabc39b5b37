"""What the server offers, and validation of templates: nothing here needs a stack."""

import json

from conformance_parts.templates import FAILING, WEB, WEB_TEXT

NAMES = ["OS::Heat::RandomString", "OS::Heat::Value", "OS::Heat::TestResource", "OS::Heat::None",
         "OS::Nova::Server", "OS::Nova::KeyPair", "OS::Neutron::Net", "OS::Neutron::Subnet",
         "OS::Neutron::Port", "OS::Neutron::Router", "OS::Neutron::RouterInterface",
         "OS::Neutron::FloatingIP", "OS::Neutron::FloatingIPAssociation", "OS::Neutron::SecurityGroup",
         "OS::Neutron::SecurityGroupRule", "OS::Cinder::Volume", "OS::Cinder::VolumeAttachment"]


def only_ours(body):
    """Ours has fewer types: those both have are compared."""
    if isinstance(body, dict) and isinstance(body.get("resource_types"), list):
        body["resource_types"] = sorted(
            (t for t in body["resource_types"] if (t if isinstance(t, str) else t["resource_type"]) in NAMES),
            key=str)


def without_descriptions(body):
    """Descriptions are in our own words."""
    if isinstance(body, dict):
        for key in ("description", "Description"):
            if isinstance(body.get(key), str) and key in body:
                body[key] = "…"
        for each in body.values():
            without_descriptions(each)
    elif isinstance(body, list):
        for each in body:
            without_descriptions(each)


def listed(body):
    only_ours(body)
    without_descriptions(body)


def sorted_functions(body):
    without_descriptions(body)
    if isinstance(body, dict) and "template_functions" in body:
        body["template_functions"].sort(key=lambda each: each["functions"])


def values_only(body):
    """The original lists the functions of conditions for ever, once somebody has asked for them."""
    sorted_functions(body)
    if isinstance(body, dict) and "template_functions" in body:
        body["template_functions"] = [each for each in body["template_functions"]
                                      if each["functions"] not in ("and", "equals", "not", "or")]


def sorted_versions(body):
    for each in body.get("template_versions", []):
        each["aliases"] = sorted(each.get("aliases") or [])
    body["template_versions"] = sorted(body.get("template_versions", []), key=lambda each: each["version"])


def tell(both):
    for query in ("", "?with_description=true", "?name=OS::Heat::R", "?name=OS::Neutron::.*Net$",
                  "?support_status=SUPPORTED", "?support_status=nonsense", "?version=2014.1", "?name=[",
                  "?with_description=perhaps", "?unknown=1"):
        both.ask("GET", "~/resource_types" + query, sort=listed)
    for name in NAMES:
        both.ask("GET", f"~/resource_types/{name}", sort=without_descriptions)
        both.ask("GET", f"~/resource_types/{name}/template", sort=without_descriptions)
        both.ask("GET", f"~/resource_types/{name}/template?template_type=hot", sort=without_descriptions)
    both.ask("GET", "~/resource_types/OS::Heat::Value?with_description=True", sort=without_descriptions)
    both.ask("GET", "~/resource_types/OS::Heat::Value?with_description=maybe")
    both.ask("GET", "~/resource_types/OS::Heat::Value/template?template_type=nonsense")
    for rest in ("", "/template"):
        both.ask("GET", "~/resource_types/OS::No::Such" + rest)
    both.ask("GET", "~/resource_types/ResourceWithDefaultClientNameExt")
    both.ask("POST", "~/resource_types", {})

    both.ask("GET", "~/template_versions", sort=sorted_versions)
    for version in ("2013-05-23", "2015-04-30", "2016-10-14", "2018-08-31", "2021-04-16", "wallaby", "rocky"):
        for query, sort in (("", values_only), ("?with_condition_func=true", sorted_functions)):
            both.ask("GET", f"~/template_versions/heat_template_version.{version}/functions{query}", sort=sort)
    both.ask("GET", "~/template_versions/heat_template_version.1999-01-01/functions")
    both.ask("GET", "~/template_versions/nonsense/functions")
    both.ask("GET", "~/template_versions/heat_template_version.rocky/functions?with_condition_func=perhaps")
    validate(both)


def validate(both):
    def check(template, what=None, query="", **more):
        both.ask("POST", "~/validate" + query, {"template": template, **more},
                 sort=without_descriptions_of_parameters, what=what and f"POST ~/validate ({what})")

    check(WEB, "everything")
    check(json.dumps(WEB), "text")
    check(WEB_TEXT, "a parameter without a value", files={"greeting.txt": "x"})
    check(WEB_TEXT, "a parameter from the environment", environment={"parameters": {"who": "me"}},
          files={"greeting.txt": "x"})
    check(WEB_TEXT, "a value", parameters={"who": "me"}, files={"greeting.txt": "x"})
    check(WEB_TEXT, "environment files", environment_files=["e"],
          files={"greeting.txt": "x", "e": "parameters: {who: a}\nresource_registry: {A: 'OS::Heat::None'}"})
    check(WEB, "show_nested", "?show_nested=true")
    check(FAILING, "show_nested no", "?show_nested=0")
    check(WEB, "a wrong value", parameters={"size": 77})
    check(WEB, "not a number", parameters={"size": "many"})
    check(WEB, "unknown parameter", parameters={"sizes": 7})
    unknown = {"heat_template_version": "2016-10-14", "resources": {"a": {"type": "OS::No::Such"}}}
    check(unknown, "unknown type")
    check(unknown, "unknown type ignored", "?ignore_errors=99001")
    check(unknown, "wrong code ignored", "?ignore_errors=12345")
    check(unknown, "nonsense ignored", "?ignore_errors=nonsense")
    hot = {"heat_template_version": "2016-10-14"}
    check({**hot, "resources": {"a": {"type": "OS::Heat::Value", "properties": {"wrong": 1}}}}, "unknown property")
    check({**hot, "resources": {"a": {"type": "OS::Heat::RandomString", "properties": {"length": "x"}}}},
          "wrong property")
    check({**hot, "resources": {"a": {"type": "OS::Heat::Value", "properties": {"value": {"get_param": "p"}}}}},
          "unknown get_param")
    check({**hot, "resources": {"a": {"type": "OS::Heat::Value", "properties": {"value": {"get_resource": "p"}}}}},
          "unknown get_resource")
    check({**hot, "resources": {"a": {"type": "OS::Heat::Value", "depends_on": "b"},
                                "b": {"type": "OS::Heat::Value", "depends_on": "a"}}}, "cycle")
    check({**hot, "nonsense": {}}, "unknown section")
    check({**hot, "resources": []}, "resources a list")
    check({**hot, "resources": {"a": {}}}, "no type")
    check({**hot, "resources": {"a": {"type": "OS::Heat::None", "nonsense": 1}}}, "unknown attribute")
    check({**hot, "outputs": {"a": {"description": "x"}}}, "output without value")
    check({**hot, "outputs": {"a": {"value": {"get_attr": ["r", "x"]}}}}, "output of nothing")
    check({**hot, "parameters": {"p": {"type": "nonsense"}}}, "parameter type")
    check({**hot, "parameters": {"p": {}}}, "parameter without type")
    check(hot, "empty")
    check({"heat_template_version": "1999-01-01"}, "unknown version")
    check({"resources": {}}, "no version")
    check("a: [", "no yaml")
    check("- a", "a list")
    check("just text", "a word")
    check(5, "a number")
    check({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}, "cfn")
    both.ask("POST", "~/validate", {})
    both.ask("POST", "~/validate", {"template": None})
    both.ask("POST", "~/validate", {"template_url": "file:///etc/passwd"})
    both.ask("POST", "~/validate", {"template": hot, "environment": []}, what="validate: environment a list")
    both.ask("POST", "~/validate", {"template": hot, "environment": "a: ["}, what="validate: environment no yaml")
    both.ask("POST", "~/validate", {"template": hot, "environment": {"nonsense": 1}},
             what="validate: environment section")
    both.ask("POST", "~/validate", {"template": hot, "parameters": []}, what="validate: parameters a list")
    both.ask("POST", "~/validate", {"template": hot, "files": []}, what="validate: files a list")
    both.ask("POST", "~/validate", {"template": hot, "environment_files": ["x"]}, what="validate: no such file")
    both.ask("POST", "~/validate", {"template": hot, "environment_files": "x"}, what="validate: files no list")


def without_descriptions_of_parameters(body):
    """Constraints' own texts stay; what the original says of none is its own wording."""
