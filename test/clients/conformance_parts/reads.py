"""Reading stacks, their parts, resources and events."""

import time

from conformance_parts.templates import SLOW, by_name


def tell(both):
    stacks(both)
    stack(both)
    resources(both)
    events(both)
    administrator(both)


def stacks(both):
    order = "sort_keys=stack_name&sort_dir=asc"
    for query in ("", f"?{order}", "?sort_keys=stack_name&sort_dir=desc", "?sort_keys=creation_time",
                  "?sort_keys=creation_time&sort_dir=asc", "?sort_keys=updated_time&sort_keys=stack_name",
                  "?sort_keys=stack_status&sort_keys=creation_time&sort_dir=desc",
                  "?sort_keys=stack_status&sort_keys=stack_name&sort_dir=asc&limit=2&marker={web.id}",
                  "?sort_keys=nonsense", "?sort_dir=nonsense", "?sort_keys=stack_name;stack_status",
                  "?sort_keys=stack_status&sort_keys=stack_name&sort_dir=asc",
                  f"?{order}&limit=2", f"?{order}&limit=2&marker={{bad.id}}", f"?{order}&marker={{web.id}}",
                  f"?{order}&limit=0", f"?{order}&limit=1000", "?limit=-1", "?limit=x", "?limit=",
                  "?marker=nonsense", f"?{order}&limit=99999999999999999999",
                  "?name=web", "?name=nothing", "?name=", "?stack_name=web", f"?{order}&name=web&name=text",
                  "?id={web.id}", "?status=COMPLETE&" + order, "?status=FAILED&" + order,
                  "?status=CREATE_COMPLETE&" + order, "?action=ROLLBACK", "?action=CREATE&" + order,
                  "?stack_status=CREATE_FAILED", "?status=nonsense", "?tenant=x", "?owner_id={web.id}",
                  "?username=conformance&" + order, "?stack_identity=x", "?nonsense=1&" + order,
                  f"?{order}&tags=blue", f"?{order}&tags=blue,green", f"?{order}&tags-any=blue,green",
                  f"?{order}&tags_any=blue,green", f"?{order}&not-tags=blue", f"?{order}&not_tags=blue,green",
                  f"?{order}&not_tags_any=blue,green", f"?{order}&not-tags-any=blue", f"?{order}&tags=",
                  f"?{order}&tags={'x' * 81}",
                  f"?{order}&show_deleted=false", f"?{order}&show_nested=true", f"?{order}&show_hidden=true",
                  "?show_deleted=perhaps", "?show_nested=perhaps", "?show_hidden=perhaps",
                  f"?{order}&with_count=true", f"?{order}&with_count=true&limit=1", f"?{order}&with_count=false",
                  "?with_count=perhaps", "?with_count=0", f"?{order}&with_count=true&name=web",
                  "?global_tenant=true", "?global_tenant=false&" + order, "?global_tenant=perhaps"):
        both.ask("GET", "~/stacks" + query)
    for query in ("", "?limit=1", "?name=web", f"?{order}"):
        both.ask("GET", "~/stacks/detail" + query, sort=stacks_by_name)
    both.ask("GET", "~other/stacks", token=1)


def stacks_by_name(body):
    if isinstance(body, dict) and "stacks" in body:
        body["stacks"].sort(key=lambda each: each["stack_name"])


def stack(both):
    for name in ("web", "text", "envs", "bad", "back"):
        both.ask("GET", f"~/stacks/{{{name}}}", messages=True, sort=by_name)
        both.ask("GET", f"~/stacks/{{{name}}}/outputs", sort=by_name)
    for path in ("web", "{web.id}", "web/resources", "web/events", "web/template", "web/actions", "web/files",
                 "web/environment", "web/outputs", "web?resolve_outputs=false", "web/resources?nested_depth=2",
                 "arn%3Aopenstack%3Aheat%3A%3Ax%3Astacks%2Fweb", "we%62"):
        both.ask("GET", "~/stacks/" + path)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        both.ask(method, "~/stacks/text", {} if method != "DELETE" else None)
    both.ask("POST", "~/stacks/web/actions", {"check": None})
    both.ask("GET", "~/stacks/{web}?resolve_outputs=false")
    both.ask("GET", "~/stacks/{web}?resolve_outputs=perhaps")
    for part in ("template", "environment", "files", "outputs"):
        for name in ("web", "text", "envs"):
            both.ask("GET", f"~/stacks/{{{name}}}/{part}", sort=by_name if part == "outputs" else None)
    for key in ("value", "list", "reference", "missing_part", "unresolvable", "absent", "stack", "nothing"):
        both.ask("GET", "~/stacks/{web}/outputs/" + key)
    both.ask("GET", "~/stacks/{bad}/outputs/of_failed")


def resources(both):
    for query in ("", "?nested_depth=1", "?nested_depth=0", "?nested_depth=x", "?nested_depth=-1",
                  "?with_detail=true", "?with_detail=false", "?with_detail=perhaps", "?name=first",
                  "?name=first&name=second", "?type=OS::Heat::Value", "?type=OS::Heat", "?status=COMPLETE",
                  "?status=FAILED", "?action=CREATE", "?action=nonsense", "?id=x", "?physical_resource_id=x",
                  "?nonsense=x", "?limit=2", "?resource_status=COMPLETE", "?nested_depth=9999"):
        both.ask("GET", "~/stacks/{web}/resources" + query, sort=by_name)
    for name in ("bad", "back"):
        both.ask("GET", f"~/stacks/{{{name}}}/resources", sort=by_name)
    for name in ("first", "second", "third", "fourth", "absent", "nothing"):
        both.ask("GET", "~/stacks/{web}/resources/" + name, sort=random_part)
        both.ask("GET", f"~/stacks/{{web}}/resources/{name}/metadata")
    for name in ("good", "fails"):
        both.ask("GET", f"~/stacks/{{bad}}/resources/{name}", sort=by_name)
    both.ask("GET", "~/stacks/{web}/resources/first?with_attr=output", sort=by_name)
    both.ask("GET", "~/stacks/{web}/resources/first?with_attr=output&with_attr=nothing", sort=by_name)
    both.ask("GET", "~/stacks/{web}/resources/first?with_attr=", sort=by_name)


def random_part(body):
    by_name(body)
    attributes = body.get("resource", {}).get("attributes") if isinstance(body, dict) else None
    if attributes and body["resource"]["resource_type"] == "OS::Heat::RandomString":
        attributes.update({key: "random" for key in attributes if key == "value"})


def events(both):
    for query in ("", "?sort_dir=asc", "?sort_dir=desc", "?limit=2", "?limit=3&sort_dir=desc", "?limit=0",
                  "?limit=x", "?limit=-1", "?sort_dir=nonsense", "?sort_keys=nonsense",
                  "?sort_keys=event_time&sort_dir=desc", "?sort_keys=resource_type&sort_dir=asc",
                  "?marker=nonsense", "?resource_name=first", "?resource_name=first&resource_name=second",
                  "?resource_action=CREATE", "?resource_status=COMPLETE", "?resource_status=FAILED",
                  "?resource_type=OS::Heat::Value", "?nonsense=1", "?nested_depth=1", "?nested_depth=x",
                  "?nested_depth=1&sort_dir=desc", "?nested_depth=1&limit=2", "?resource_name=nothing"):
        both.ask("GET", "~/stacks/{web}/events" + query)
    both.ask("GET", "~/stacks/{bad}/events")
    both.ask("GET", "~/stacks/{back}/events")
    for name in ("first", "fourth", "web", "nothing"):
        both.ask("GET", f"~/stacks/{{web}}/resources/{name}/events", sort=None)
    both.ask("GET", "~/stacks/{web}/resources/first/events?sort_dir=desc&limit=1")
    both.ask("GET", "~/stacks/{web}/resources/first/events?resource_name=second")
    both.ask("GET", "~/stacks/{web}/resources/first/events?nested_depth=1")
    answers = [side.call("GET", "~/stacks/{web}/resources/first/events", token=both.projects.tokens[0])
               for side in both.sides]
    for index, part in enumerate(("begun", "done")):
        for side, answer in zip(both.sides, answers):
            side.ids[part] = answer.body["events"][index]["id"]
        both.ask("GET", f"~/stacks/{{web}}/resources/first/events/{{{part}.id}}", sort=None)
        both.ask("GET", f"~/stacks/{{web}}/resources/second/events/{{{part}.id}}")
    both.ask("GET", "~/stacks/{web}/events?sort_dir=asc&marker={begun.id}")
    both.ask("GET", "~/stacks/{web}/events?sort_dir=desc&marker={done.id}&limit=1")
    for side in both.sides:
        del side.ids["begun"], side.ids["done"]
    both.ask("GET", "~/stacks/{web}/resources/first/events/nothing")
    both.ask("GET", "~/stacks/{web}/resources/nothing/events/nothing")


def administrator(both):
    """Reaches stacks of other projects by id; by name those of its own only."""
    def ask(method, path, body=None, **more):
        both.ask(method, "~/stacks" + path, body, token=-1, what=f"{method} {path} (administrator)", **more)

    for path in ("?name=web", "?global_tenant=true&name=web", "/web", "/{web.id}", "/nothing/{web.id}", "/{web}",
                 "/{web}/resources", "/{web}/resources/first", "/{web}/events?limit=1", "/{web}/template",
                 "/{web}/environment", "/{web}/files", "/{web}/outputs", "/{web}/outputs/value"):
        ask("GET", path, sort=by_name)
    both.ask("POST", "~/stacks", {"stack_name": "theirs", "template": SLOW}, stack="theirs")
    both.wait("theirs", "CREATE_COMPLETE")
    ask("PATCH", "/{theirs}", {"parameters": {"value": "administered"}})
    both.wait("theirs", "UPDATE_COMPLETE")
    both.ask("GET", "~/stacks/{theirs}", what="GET what an administrator updated")
    ask("POST", "/{theirs}/actions", {"cancel_update": None})
    ask("DELETE", "/theirs")
    ask("DELETE", "/{theirs}")
    both.wait("theirs", "DELETE_COMPLETE")
    time.sleep(1)  # the original tells the time of a deletion later than the deletion
    ask("GET", "/{theirs}", sort=by_name)
    for side in both.sides:
        del side.ids["theirs"]
