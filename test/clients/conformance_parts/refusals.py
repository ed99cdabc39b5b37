"""Wrong requests: each must be refused alike, and change nothing."""

from conformance_parts.templates import FAILING, WEB, by_name

HOT = {"heat_template_version": "2016-10-14"}
UNKNOWN = "00000000-0000-0000-0000-000000000000"


def requests(both):
    tokens(both)
    bodies(both)
    creates(both)


def tokens(both):
    for token in (None, "nonsense", ""):
        both.ask("GET", "~/stacks", token=token, what=f"GET ~/stacks (token {token!r})")
    both.ask("GET", "~other/stacks")
    both.ask("GET", "/v1/nonsense/stacks")
    both.ask("POST", "~other/stacks", {"stack_name": "x", "template": HOT})
    both.ask("GET", "~other/stacks", token=-1, what="GET stacks (administrator)")


def bodies(both):
    for raw in ("", "{", "[]", '"text"', "null", "5", '{"a": 1}}'):
        both.ask("POST", "~/stacks", raw=raw, what=f"POST ~/stacks {raw}")
    both.ask("POST", "~/stacks", what="POST ~/stacks without a body")
    both.ask("POST", "~/stacks", raw='{"stack_name": "x"}', headers={"Content-Type": "text/plain"},
             what="POST ~/stacks as text/plain")
    both.ask("POST", "~/stacks", raw='{"stack_name": "' + "x" * 1100000 + '"}', what="POST ~/stacks too large")
    for method in ("PUT", "PATCH", "DELETE"):
        both.ask(method, "~/stacks", {} if method != "DELETE" else None)
    both.ask("DELETE", "~/build_info")
    both.ask("PUT", "~/validate", {})
    both.ask("GET", "~/validate")
    both.ask("GET", "~/stacks/preview")
    both.ask("HEAD", "~/stacks")
    both.ask("OPTIONS", "~/stacks")
    both.ask("TRACE", "~/stacks")
    for path in ("~/", "~/stackses", "~/stacks/", "~/stacks//", "~/stacks/a/b/c", "~/template_versions/x"):
        both.ask("GET", path)


def creates(both):
    def create(what, **body):
        both.ask("POST", "~/stacks", body, what=f"create: {what}")

    create("nothing")
    create("no template", stack_name="x")
    create("no name", template=HOT)
    create("empty name", stack_name="", template=HOT)
    create("name a number", stack_name=5, template=HOT)
    for name in ("1a", "a b", "a/b", "ä", "-a", "a" * 256, "a:b", "a%b"):
        create(f"name {name[:5]}", stack_name=name, template=HOT)
    create("template a list", stack_name="x", template=[])
    create("template a number", stack_name="x", template=5)
    create("template no yaml", stack_name="x", template="a: [")
    create("template text", stack_name="x", template="text")
    create("template empty", stack_name="x", template="")
    create("template empty map", stack_name="x", template={})
    create("no version", stack_name="x", template={"resources": {}})
    create("unknown version", stack_name="x", template={"heat_template_version": "1999-01-01"})
    create("unknown section", stack_name="x", template={**HOT, "nonsense": 1})
    create("no type", stack_name="x", template={**HOT, "resources": {"a": {}}})
    create("type a list", stack_name="x", template={**HOT, "resources": {"a": {"type": []}}})
    create("unknown type", stack_name="x", template={**HOT, "resources": {"a": {"type": "OS::No::Such"}}})
    create("unknown property", stack_name="x",
           template={**HOT, "resources": {"a": {"type": "OS::Heat::Value", "properties": {"x": 1}}}})
    create("missing property", stack_name="x", template={**HOT, "resources": {"a": {"type": "OS::Heat::Value"}}})
    create("unknown reference", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::Value", "properties": {"value": {"get_resource": "b"}}}}})
    create("unknown get_param", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::Value", "properties": {"value": {"get_param": "b"}}}}})
    create("unknown attribute", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::TestResource"},
        "b": {"type": "OS::Heat::Value", "properties": {"value": {"get_attr": ["a", "nothing"]}}}}})
    create("unknown depends_on", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::None", "depends_on": "b"}}})
    create("cycle", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::None", "depends_on": "b"}, "b": {"type": "OS::Heat::None", "depends_on": "a"}}})
    create("unknown file", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::Value", "properties": {"value": {"get_file": "b"}}}}})
    create("unknown function", stack_name="x", template={**HOT, "resources": {
        "a": {"type": "OS::Heat::Value", "properties": {"value": {"str_replace": "b"}}}}})
    create("missing parameter", stack_name="x", template={**HOT, "parameters": {"p": {"type": "string"}}})
    create("unknown parameter", stack_name="x", template=HOT, parameters={"p": 1})
    create("parameters a list", stack_name="x", template=HOT, parameters=["p"])
    create("wrong value", stack_name="x", template=WEB, parameters={"size": 77})
    create("not a number", stack_name="x", template=WEB, parameters={"size": "x"})
    create("not a flag", stack_name="x", template=WEB, parameters={"flag": "x"})
    create("not json", stack_name="x", template=WEB, parameters={"map": "x"})
    create("not a choice", stack_name="x", template=WEB, parameters={"choice": "x"})
    create("environment a list", stack_name="x", template=HOT, environment=[])
    create("environment text", stack_name="x", template=HOT, environment="text")
    create("environment section", stack_name="x", template=HOT, environment={"nonsense": {}})
    create("environment no yaml", stack_name="x", template=HOT, environment="a: [")
    create("environment parameters", stack_name="x", template=HOT, environment={"parameters": []})
    create("environment file missing", stack_name="x", template=HOT, environment_files=["a"])
    create("environment files text", stack_name="x", template=HOT, environment_files="a")
    create("files a list", stack_name="x", template=HOT, files=[])
    create("timeout text", stack_name="x", template=HOT, timeout_mins="x")
    create("timeout negative", stack_name="x", template=HOT, timeout_mins=-1)
    create("timeout float", stack_name="x", template=HOT, timeout_mins=1.5)
    create("rollback text", stack_name="x", template=HOT, disable_rollback="x")
    create("rollback number", stack_name="x", template=HOT, disable_rollback=1)
    create("tags long", stack_name="x", template=HOT, tags="x" * 81)
    create("tags list", stack_name="x", template=HOT, tags=[1])
    create("converge", stack_name="x", template=HOT, converge=True)
    create("template too large", stack_name="x", template="heat_template_version: rocky\n#" + "x" * 530000)
    create("cfn bad", stack_name="x", template={"AWSTemplateFormatVersion": "1999"})
    create("output of nothing", stack_name="x", template={**HOT, "outputs": {"o": {
        "value": {"get_attr": ["nothing", "x"]}}}})
    for path in ("~/stacks/preview",):
        both.ask("POST", path, {})
        both.ask("POST", path, {"stack_name": "x", "template": {"a": 1}})
        both.ask("POST", path, {"stack_name": "1 x", "template": HOT})


def stacks(both):
    """Wrong stacks, and stacks in wrong states."""
    both.ask("POST", "~/stacks", {"stack_name": "web", "template": FAILING}, what="create: name taken")
    both.ask("POST", "~/stacks/preview", {"stack_name": "web", "template": FAILING}, sort=lambda body: None,
             what="preview: name taken")
    for stack in ("nothing", UNKNOWN, f"nothing/{UNKNOWN}", f"web/{UNKNOWN}", "nothing/{web.id}", "web/x"):
        for part in ("", "/template", "/environment", "/files", "/outputs", "/outputs/x", "/resources",
                     "/resources/x", "/resources/x/metadata", "/events", "/resources/x/events",
                     "/resources/x/events/x"):
            both.ask("GET", f"~/stacks/{stack}{part}")
        both.ask("DELETE", f"~/stacks/{stack}")
        both.ask("PUT", f"~/stacks/{stack}", {"template": HOT})
        both.ask("PATCH", f"~/stacks/{stack}", {})
        both.ask("PUT", f"~/stacks/{stack}/preview", {"template": HOT})
        both.ask("PATCH", f"~/stacks/{stack}/preview", {})
        both.ask("POST", f"~/stacks/{stack}/actions", {"cancel_update": None})
    for method, part in (("GET", ""), ("GET", "/template"), ("GET", "/resources"), ("GET", "/events"),
                         ("GET", "/outputs"), ("DELETE", ""), ("PUT", ""), ("PATCH", ""), ("POST", "/actions")):
        body = {"template": HOT, "cancel_update": None} if method in ("PUT", "PATCH") else None
        if part == "/actions":
            body = {"cancel_update": None}
        both.ask(method, "~other/stacks/{web}" + part, body, token=1)
        both.ask(method, "~/stacks/{web}" + part, body, token=1)
    both.ask("GET", "~other/stacks/web", token=1)
    both.ask("GET", "~other/stacks/{web.id}", token=1)
    both.ask("GET", "~other/stacks/{web}", token=0)
    both.ask("GET", "~/stacks/{web}", token=-1, what="GET a stack (administrator)", sort=by_name)
    for method in ("POST",):
        both.ask(method, "~/stacks/{web}", {})
    both.ask("PUT", "~/stacks/{web}/template", {})
    both.ask("POST", "~/stacks/{web}/resources", {})
    both.ask("DELETE", "~/stacks/{web}/resources/first")
    both.ask("GET", "~/stacks/{web}/nothing")
    both.ask("GET", "~/stacks/{web}/preview")
