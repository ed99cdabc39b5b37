"""What is told to both endpoints, in this order: each part may use the stacks of those before it."""

import time

from conformance_parts import reads, refusals, templates, types, updates
from conformance_parts.templates import WEB, WEB_TEXT


def tell(both):
    versions(both)
    types.tell(both)
    refusals.requests(both)
    create(both)
    reads.tell(both)
    refusals.stacks(both)
    updates.tell(both)
    delete(both)


def versions(both):
    for path in ("/", "", "/versions", "/v1", "/v1/", "/v2/", "/v3", "/nothing", "/v1.0/"):
        both.ask("GET", path, token=None)
    both.ask("POST", "/", {}, token=None)
    both.ask("GET", "/v1/", token=0)
    both.ask("GET", "~/nothing")
    both.ask("GET", "~/build_info")
    both.ask("GET", "~/services")
    both.ask("GET", "~/services", token=-1)


def create(both):
    def pause():
        """Times are kept in seconds, and lists are sorted by them."""
        time.sleep(1.1)

    both.ask("POST", "~/stacks/preview", {"stack_name": "web", "template": WEB, "timeout_mins": 7,
                                           "disable_rollback": True, "tags": "a,b", "parameters": {"size": 3}},
             sort=templates.by_name)
    both.ask("POST", "~/stacks", {
        "stack_name": "web", "template": WEB, "parameters": {"size": "5", "secret": "hush"},
        "timeout_mins": 7, "disable_rollback": True, "tags": "blue,green"}, stack="web")
    both.wait("web", "CREATE_COMPLETE")
    pause()
    both.ask("POST", "~/stacks", {
        "stack_name": "text", "template": WEB_TEXT, "files": {"greeting.txt": "hello"},
        "environment": "parameters: {who: world}\nparameter_defaults: {unused: 1}\n"}, stack="text")
    both.wait("text", "CREATE_COMPLETE")
    pause()
    both.ask("POST", "~/stacks", {
        "stack_name": "envs", "template": WEB_TEXT, "tags": "green",
        "files": {"greeting.txt": "hello", "a.yaml": "parameters: {who: a}", "b.yaml": "parameters: {who: b}",
                  "file:///unused": "unused"},
        "environment_files": ["a.yaml", "b.yaml"], "disable_rollback": "False"}, stack="envs")
    both.wait("envs", "CREATE_COMPLETE")
    pause()
    both.ask("POST", "~/stacks", {"stack_name": "bad", "template": templates.FAILING, "disable_rollback": True},
             stack="bad")
    both.wait("bad", "CREATE_FAILED")
    pause()
    both.ask("POST", "~/stacks", {"stack_name": "back", "template": templates.FAILING, "disable_rollback": False},
             stack="back")
    both.wait("back", "ROLLBACK_COMPLETE")


def delete(both):
    both.ask("DELETE", "~/stacks/web")
    both.ask("DELETE", "~/stacks/{text}")
    both.wait("text", "DELETE_COMPLETE")
    time.sleep(1)  # the original shows the status a moment before the name is free
    both.ask("GET", "~/stacks/text")
    both.ask("GET", "~/stacks/{text}")
    both.ask("GET", "~/stacks/{text.id}")
    both.ask("GET", "~/stacks/{text}/resources", sort=templates.by_name)
    both.ask("GET", "~/stacks/{text}/template")
    both.ask("GET", "~/stacks/{text}/outputs")
    both.ask("GET", "~/stacks/{text}/events?sort_dir=asc")
    both.ask("DELETE", "~/stacks/{text}")
    both.ask("PATCH", "~/stacks/{text}", {"parameters": {"who": "x"}})
    both.ask("POST", "~/stacks/{text}/actions", {"cancel_update": None})
    both.ask("GET", "~/stacks?show_deleted=true&name=text")
    both.ask("GET", "~/stacks?show_deleted=true&id={text.id}")
    both.ask("GET", "~/stacks?show_deleted=true&sort_keys=stack_name&sort_dir=asc")
    both.ask("GET", "~/stacks?action=DELETE&show_deleted=1")


def clean_up(both):
    for side in both.sides:
        for name in list(side.ids):
            side.call("DELETE", f"~/stacks/{{{name}}}", token=both.projects.tokens[0])
        for name in list(side.ids):
            try:
                side.wait(name, "DELETE_COMPLETE", both.projects.tokens[0], 60)
            except SystemExit as problem:
                print(problem)
