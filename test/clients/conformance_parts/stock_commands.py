"""The stock client's commands in one story, on stacks of types that need no cloud.

The original gives outputs in no order: of what shows them, the lines are compared sorted.
"""

import pathlib
import time

HERE = pathlib.Path(__file__).resolve().parent / "stock"
FORMATS = (["-f", "json"], ["-f", "yaml"], ["-f", "shell"], [])


def tell(openstack):
    offers(openstack)
    create(openstack)
    lists(openstack)
    stack(openstack)
    resources(openstack)
    events(openstack)
    update(openstack)
    refusals(openstack)
    delete(openstack)


def offers(openstack):
    app = str(HERE / "app.yaml")
    openstack("orchestration", "build", "info", "-f", "json")
    openstack("orchestration", "service", "list")
    for words in (["-f", "json"], ["-t", app, "-f", "json"]):
        openstack("orchestration", "template", "validate", *words)
    openstack("orchestration", "template", "validate", "-t", app)
    openstack("orchestration", "template", "validate", "--show-nested", "-t", app, "-f", "json")
    openstack("orchestration", "template", "validate", "-t", app, "--parameter", "size=5", "-f", "json")
    openstack("orchestration", "template", "validate", "-t", app, "-e", str(HERE / "env.yaml"), "-f", "json")
    openstack("orchestration", "template", "validate", "-t", app, "--ignore-errors", "99001")
    openstack("orchestration", "template", "validate", "-t", str(HERE / "broken.yaml"))
    openstack("orchestration", "template", "version", "list", sort=True)
    for version in ("2016-10-14", "2018-08-31", "wallaby"):
        for more in ([], ["--with_conditions"]):
            openstack("orchestration", "template", "function", "list",
                      "heat_template_version." + version, *more, "-f", "json", "-c", "Functions", sort=True)
    openstack("orchestration", "resource", "type", "list", "--filter", "name=OS::Heat::RandomString")
    openstack("orchestration", "resource", "type", "list", "--filter", "name=OS::Heat::RandomS", "--long", "-f",
              "json", "-c", "Resource Type")
    openstack("orchestration", "resource", "type", "list", "--filter", "support_status=DEPRECATED", "--filter",
              "name=OS::Neutron::RouterGateway")
    for more in ([], ["--template-type", "hot"], ["--template-type", "cfn"], ["--long"]):
        openstack("orchestration", "resource", "type", "show", "OS::Heat::RandomString", *more, "-f", "json")
    openstack("orchestration", "resource", "type", "show", "OS::No::Such")


def create(openstack):
    app, env = str(HERE / "app.yaml"), str(HERE / "env.yaml")
    for more in ([], ["-f", "json"]):
        openstack("stack", "create", "-t", app, "--dry-run", "--parameter", "size=4", "app", *more, sort=True)
    openstack("stack", "create", "-t", app, "-e", env, "--parameter", "size=4", "--tags", "blue,green",
              "--timeout", "5", "--enable-rollback", "--wait", "app", stack="app")
    openstack("stack", "create", "-t", str(HERE / "failing.yaml"), "--wait", "bad", stack="bad")
    time.sleep(1.1)  # times are kept in seconds, and lists are sorted by them
    openstack("stack", "create", "-t", str(HERE / "failing.yaml"), "worse", stack="worse")
    time.sleep(1.1)
    openstack("stack", "create", "-t", app, "--parameter-file", "word=" + str(HERE / "word.txt"), "--wait",
              "other", stack="other")


def lists(openstack):
    order = ["--sort", "stack_name:asc"]
    for more in ([], ["--long"], ["--short"], ["-f", "json"], ["-f", "csv"], ["-f", "value", "-c", "Stack Name"],
                 ["--limit", "1"], ["--limit", "1", "--marker", "{app}"], ["--property", "status=COMPLETE"],
                 ["--property", "stack_name=bad"], ["--property", "id={app}"], ["--tags", "blue"],
                 ["--tags", "blue,red"], ["--tags", "blue,red", "--tag-mode", "any"],
                 ["--tags", "blue", "--tag-mode", "not"], ["--tags", "blue", "--tag-mode", "not-any"],
                 ["--nested"], ["--hidden"], ["--deleted"]):
        openstack("stack", "list", *order, *more)
    openstack("stack", "list", "--sort", "stack_status:desc,stack_name:asc")
    openstack("stack", "list", "--sort", "creation_time")
    openstack("stack", "list", "--all-projects")


def stack(openstack):
    for name in ("app", "{app}", "bad"):
        for form in FORMATS:
            openstack("stack", "show", name, *form, sort=True)
    for more in (["--no-resolve-outputs"], ["-f", "json", "--no-resolve-outputs"],
                 ["-f", "value", "-c", "stack_status"]):
        openstack("stack", "show", "app", *more, sort=True)
    for part in (["template"], ["environment"], ["file"], ["output"]):
        verb = "list" if part in (["file"], ["output"]) else "show"
        for form in FORMATS:
            openstack("stack", *part, verb, "app", *form, sort=part == ["output"])
    for key in ("said", "list", "map", "none"):
        for form in FORMATS:
            openstack("stack", "output", "show", "app", key, *form)
    openstack("stack", "output", "show", "app", "--all", sort=True)
    openstack("stack", "output", "show", "app", "--all", "-f", "json", sort=True)
    openstack("stack", "failures", "list", "bad")
    openstack("stack", "failures", "list", "bad", "--long")
    openstack("stack", "failures", "list", "app")
    openstack("stack", "hook", "poll", "app")


def resources(openstack):
    for more in ([], ["--long"], ["-n", "1"], ["--filter", "name=random"], ["--filter", "status=COMPLETE"],
                 ["--filter", "type=OS::Heat::Value"], ["-f", "json"], ["-f", "dot"]):
        openstack("stack", "resource", "list", "app", *more, sort=True)
    openstack("stack", "resource", "list", "bad", sort=True)
    for name in ("random", "value", "thing"):
        for form in (["-f", "json"], []):
            openstack("stack", "resource", "show", "app", name, *form)
    openstack("stack", "resource", "show", "app", "thing", "--with-attr", "output", "-f", "json")
    for form in FORMATS:
        openstack("stack", "resource", "metadata", "app", "thing", *form)


def events(openstack):
    for more in ([], ["--sort", "event_time"], ["-f", "json"], ["-f", "table"], ["-f", "value"],
                 ["--resource", "thing"], ["--nested-depth", "1"],
                 ["--filter", "resource_status=COMPLETE"], ["--sort", "resource_name:asc"]):
        openstack("stack", "event", "list", "bad", *more, sort="--sort" not in more and "-f" not in more)
    openstack("stack", "event", "list", "app", "--limit", "1")


def update(openstack):
    app, env = str(HERE / "app.yaml"), str(HERE / "env.yaml")
    for more in (["--parameter", "size=6"], ["--parameter", "word=else", "-f", "json"]):
        openstack("stack", "update", "--existing", "--dry-run", *more, "app", sort=True)
    openstack("stack", "update", "--existing", "--parameter", "word=new", "--wait", "app")
    openstack("stack", "show", "app", "-f", "json", sort=True)
    openstack("stack", "update", "-t", app, "-e", env, "--parameter", "size=5", "--tags", "red", "--timeout", "9",
              "--rollback", "disabled", "--wait", "app")
    openstack("stack", "show", "app", sort=True)
    openstack("stack", "update", "--existing", "--clear-parameter", "size", "--wait", "app")
    openstack("stack", "update", "--existing", "--converge", "--wait", "app", "other")
    openstack("stack", "resource", "list", "app", "-c", "resource_name", "-c", "resource_status", sort=True)
    openstack("stack", "event", "list", "app", "--resource", "thing")


def refusals(openstack):
    app = str(HERE / "app.yaml")
    for words in (["show", "nothing"], ["delete", "--yes", "nothing"], ["create", "-t", app, "app"],
                  ["create", "-t", app, "--parameter", "sise=4", "new"], ["create", "-t", app, "1new"],
                  ["create", "-t", str(HERE / "broken.yaml"), "new"], ["update", "-t", app, "nothing"],
                  ["update", "--existing", "--parameter", "size=100", "app"], ["output", "show", "app", "nothing"],
                  ["resource", "show", "app", "nothing"], ["resource", "metadata", "app", "nothing"],
                  ["event", "show", "app", "thing", "nothing"], ["cancel", "app"], ["list", "--sort", "size:up"],
                  ["list", "--limit", "x"], ["event", "list", "nothing"], ["template", "show", "nothing"],
                  ["environment", "show", "nothing"], ["file", "list", "nothing"], ["output", "list", "nothing"]):
        openstack("stack", *words)


def delete(openstack):
    openstack("stack", "delete", "--yes", "--wait", "app")
    openstack("stack", "show", "app")
    openstack("stack", "show", "{app}", "-f", "json", sort=True)
    openstack("stack", "list", "--deleted", "--property", "id={app}")
    openstack("stack", "delete", "--yes", "--wait", "bad", "worse", "other")
    openstack("stack", "list")
