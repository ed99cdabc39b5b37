"""Updates, their previews, and what stops them."""

import copy

from conformance_parts.templates import SLOW, WEB, WEB_TEXT, by_name


def tell(both):
    previews(both)
    changes(both)
    stopping(both)


def previews(both):
    changed = copy.deepcopy(WEB)
    changed["resources"]["first"]["properties"]["value"] = "new"
    changed["resources"]["fourth"]["properties"]["length"] = 6
    changed["resources"]["fifth"] = {"type": "OS::Heat::None"}
    del changed["resources"]["third"], changed["outputs"]["missing_part"], changed["outputs"]["unresolvable"]
    changed["resources"]["fourth"]["depends_on"] = "second"
    for path in ("preview", "preview?show_nested=true", "preview?show_nested=perhaps"):
        both.ask("PUT", "~/stacks/{web}/" + path, {"template": changed, "parameters": {"size": 5}}, sort=by_name)
    both.ask("PUT", "~/stacks/{web}/preview", {"template": WEB, "parameters": {"size": 5, "secret": "hush"}},
             sort=by_name, what="PUT preview of no change")
    both.ask("PUT", "~/stacks/{web}/preview", {})
    both.ask("PATCH", "~/stacks/{web}/preview", {"parameters": {"size": 6}}, sort=by_name)
    both.ask("PATCH", "~/stacks/{web}/preview", {"parameters": {"tagged": "new"}}, sort=by_name)
    both.ask("PATCH", "~/stacks/{web}/preview", {}, sort=by_name)
    both.ask("PATCH", "~/stacks/{web}/preview", {"parameters": {"nothing": 6}})


def changes(both):
    def put(what, body, name="text", **more):
        both.ask("PUT", f"~/stacks/{{{name}}}", body, what="PUT " + what, **more)

    def patch(what, body, name="web", **more):
        both.ask("PATCH", f"~/stacks/{{{name}}}", body, what="PATCH " + what, **more)

    put("nothing", {})
    put("no parameters", {"template": WEB_TEXT, "files": {"greeting.txt": "bye"}})
    put("wrong type", {"template": "heat_template_version: rocky\nresources: {a: {type: OS::No::Such}}"})
    put("bad template", {"template": "a: ["})
    put("new file and value", {"template": WEB_TEXT, "files": {"greeting.txt": "bye"}, "tags": "red",
                               "timeout_mins": 9, "disable_rollback": False, "parameters": {"who": "you"}})
    both.wait("text", "UPDATE_COMPLETE")
    look(both, "text")
    put("no tags", {"template": WEB_TEXT, "files": {"greeting.txt": "bye"}, "environment": {
        "parameters": {"who": "them"}}})
    both.wait("text", "UPDATE_COMPLETE")
    look(both, "text")
    patch("nothing", {}, "text")
    both.wait("text", "UPDATE_COMPLETE")
    look(both, "text")

    patch("unknown parameter", {"parameters": {"nothing": 1}})
    patch("wrong value", {"parameters": {"size": 77}})
    patch("immutable", {"parameters": {"fixed": "y"}})
    patch("immutable, the same", {"parameters": {"fixed": "x", "size": 6}, "tags": "blue"})
    both.wait("web", "UPDATE_COMPLETE")
    look(both, "web")
    patch("cleared", {"clear_parameters": ["size"], "parameters": {}, "disable_rollback": False})
    both.wait("web", "UPDATE_COMPLETE")
    look(both, "web")
    patch("cleared unknown", {"clear_parameters": ["nothing"]})
    both.wait("web", "UPDATE_COMPLETE")
    patch("cleared no list", {"clear_parameters": "size"})
    both.wait("web", "UPDATE_COMPLETE")
    patch("wrong flags", {"disable_rollback": "perhaps"})
    patch("wrong timeout", {"timeout_mins": "x"})
    patch("negative timeout", {"timeout_mins": -1})
    patch("converge wrong", {"converge": "perhaps"})
    patch("converge", {"converge": True})
    both.wait("web", "UPDATE_COMPLETE")
    patch("wrong tags", {"tags": "x" * 81})
    patch("a name", {"stack_name": "other", "parameters": {"tagged": "xyz"}})
    both.wait("web", "UPDATE_COMPLETE")
    look(both, "web")
    both.ask("GET", "~/stacks/{web}/events?resource_action=UPDATE")


def look(both, name):
    for path in ("", "/environment", "/files"):
        both.ask("GET", f"~/stacks/{{{name}}}{path}", sort=by_name if not path else None)
    both.ask("GET", f"~/stacks?name={name}")
    both.ask("GET", f"~/stacks/{{{name}}}/resources", sort=by_name)


def stopping(both):
    def act(name, body, what=None):
        both.ask("POST", f"~/stacks/{{{name}}}/actions", body, what=what and f"POST actions {what}")

    act("web", {"cancel_update": None})
    act("web", {"cancel_without_rollback": None})
    act("web", {})
    act("web", {"nonsense": None})
    act("web", {"check": None, "suspend": None}, "two")
    both.ask("POST", "~/stacks/{web}/actions", raw="null")
    both.ask("POST", "~/stacks/{web}/actions", raw="[]")
    both.ask("GET", "~/stacks/{web}/actions")
    both.ask("POST", "~/stacks", {"stack_name": "slow", "template": SLOW}, stack="slow")
    both.wait("slow", "CREATE_COMPLETE")
    both.ask("PATCH", "~/stacks/{slow}", {"parameters": {"seconds": 4, "value": "w"}}, what="PATCH slowly")
    both.wait("slow", "UPDATE_IN_PROGRESS")
    both.ask("GET", "~/stacks/{slow}", what="GET while updating")
    act("slow", {"cancel_update": None})
    both.wait("slow", "ROLLBACK_COMPLETE")
    look(both, "slow")
    both.ask("PATCH", "~/stacks/{slow}", {"parameters": {"seconds": 4, "value": "x"}}, what="PATCH slowly")
    both.wait("slow", "UPDATE_IN_PROGRESS")
    act("slow", {"cancel_without_rollback": None})
    both.wait("slow", "UPDATE_FAILED")
    both.ask("GET", "~/stacks/{slow}", what="GET after cancelling", messages=True)
