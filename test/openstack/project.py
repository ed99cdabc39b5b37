"""A project of the real cloud for one story: whatever is in it afterwards, the story left there."""

import json
import urllib.error
import urllib.request
import uuid

KEYSTONE = "http://127.0.0.1:5000/v3"
PASSWORD = "secret"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfrE4WVNvQzdNfVEYsg+Q6C1lEAXmYcLEiy1PU0AQq story"
NETWORK_KINDS = ("networks", "subnets", "ports", "routers", "floatingips", "security-groups",
                 "security-group-rules")


class Api:
    """Requests of one user in one project."""

    def __init__(self, user, project):
        domain = {"id": "default"}
        answer = self._open("POST", KEYSTONE + "/auth/tokens", {}, {"auth": {
            "identity": {"methods": ["password"], "password": {"user": {
                "name": user, "password": PASSWORD, "domain": domain}}},
            "scope": {"project": {"name": project, "domain": domain}}}})
        token = json.loads(answer.read())["token"]
        self.headers = {"X-Auth-Token": answer.headers["X-Subject-Token"]}
        self.urls = {service["type"]: service["endpoints"][0]["url"].rstrip("/")
                     for service in token["catalog"] if service["endpoints"]}
        self.urls["identity"] = KEYSTONE

    @staticmethod
    def _open(method, url, headers, body):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers},
                                         method=method)
        return urllib.request.urlopen(request, timeout=60)

    def __call__(self, method, service, path, body=None):
        try:
            text = self._open(method, self.urls[service] + path, self.headers, body).read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()}") from error
        return json.loads(text) if text else None


class Project:
    """A user, a project, and in it what templates expect to find: a key pair `default`, a security
    group `allow_all`, a network `heat-net` whose subnet `heat-subnet` has a way out to `public`."""

    def __init__(self, roles=()):
        self.name = "heat-story-" + uuid.uuid4().hex[:8]
        self.admin = Api("admin", "admin")
        body = {"name": self.name, "domain_id": "default"}
        self.id = self.admin("POST", "identity", "/projects", {"project": body})["project"]["id"]
        body["password"] = PASSWORD
        self.user_id = self.admin("POST", "identity", "/users", {"user": body})["user"]["id"]
        for role in self.admin("GET", "identity", "/roles")["roles"]:
            if role["name"] in ("member", "heat_stack_owner", *roles):
                self.admin("PUT", "identity", f"/projects/{self.id}/users/{self.user_id}"
                           f"/roles/{role['id']}")
        self.api = Api(self.name, self.name)
        self._furnish()
        self.furniture = self.listing()

    def _furnish(self):
        self.api("POST", "compute", "/os-keypairs", {"keypair": {"name": "default",
                                                                  "public_key": KEY}})
        public = self.api("GET", "network", "/v2.0/networks?name=public")["networks"][0]["id"]
        group = self._make("security-group", name="allow_all")
        network = self._make("network", name="heat-net")
        subnet = self._make("subnet", name="heat-subnet", network_id=network, ip_version=4,
                            cidr="10.100.0.0/16")
        self.router = self._make("router", name="heat-router",
                                 external_gateway_info={"network_id": public})
        self.api("PUT", "network", f"/v2.0/routers/{self.router}/add_router_interface",
                 {"subnet_id": subnet})
        self.names = {"@public": public, "@heat-net": network, "@heat-subnet": subnet}
        self.made = [("routers", self.router), ("networks", network), ("security-groups", group)]
        self.subnet = subnet

    def _make(self, kind, **fields):
        body = {kind.replace("-", "_"): fields}
        return self.api("POST", "network", f"/v2.0/{kind}s", body)[kind.replace("-", "_")]["id"]

    def listing(self):
        """Everything that a stack could leave behind: kind → ids."""
        of_project = f"project_id={self.id}"
        found = {kind: {item["id"] for item in self.admin(
            "GET", "network", f"/v2.0/{kind}?{of_project}")[kind.replace("-", "_")]}
            for kind in NETWORK_KINDS}
        for service, kind in (("compute", "servers"), ("volumev3", "volumes"),
                              ("volumev3", "snapshots"), ("volumev3", "backups")):
            answer = self.admin("GET", service, f"/{kind}?all_tenants=1&{of_project}")
            found[kind] = {item["id"] for item in answer[kind]}
        found["images"] = {image["id"] for image in
                           self.api("GET", "image", f"/v2/images?owner={self.id}")["images"]}
        found["keypairs"] = {pair["keypair"]["name"] for pair in
                             self.api("GET", "compute", "/os-keypairs")["keypairs"]}
        found["trusts"] = {trust["id"] for trust in self.api(
            "GET", "identity", f"/OS-TRUST/trusts?trustor_user_id={self.user_id}")["trusts"]}
        return found

    def left(self):
        """What is there beyond what was there at first."""
        now = self.listing()
        return {kind: sorted(now[kind] - ids) for kind, ids in self.furniture.items()
                if now[kind] - ids}

    def discard(self, kept):
        """What a stack was to keep is deleted."""
        for image in kept.get("images", ()):
            self.api("DELETE", "image", f"/v2/images/{image}")
        for backup in kept.get("backups", ()):
            self.api("DELETE", "volumev3", f"/backups/{backup}")

    def environment(self):
        """Of a client that speaks as the project's user."""
        return {"OS_AUTH_URL": KEYSTONE, "OS_IDENTITY_API_VERSION": "3", "OS_USERNAME": self.name,
                "OS_PASSWORD": PASSWORD, "OS_PROJECT_NAME": self.name,
                "OS_USER_DOMAIN_ID": "default", "OS_PROJECT_DOMAIN_ID": "default",
                "OS_REGION_NAME": "RegionOne"}

    def remove(self):
        """Takes the furniture and the project away; a story's leftovers must be gone before."""
        self.api("PUT", "network", f"/v2.0/routers/{self.router}/remove_router_interface",
                 {"subnet_id": self.subnet})
        for kind, item in self.made:
            self.api("DELETE", "network", f"/v2.0/{kind}/{item}")
        self.api("DELETE", "compute", "/os-keypairs/default")
        for group in self.listing()["security-groups"]:  # "default", which only admins may delete
            self.admin("DELETE", "network", f"/v2.0/security-groups/{group}")
        self.admin("DELETE", "identity", f"/users/{self.user_id}")
        self.admin("DELETE", "identity", f"/projects/{self.id}")
