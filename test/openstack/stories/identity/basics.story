# Tokens, versions, projects, trusts and application credentials as a project's user sees them.
nobody GET identity /
nobody GET identity /v3
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["password"],
  "password": {"user": {"name": "demo", "domain": {"name": "Default"}, "password": "secret"}}},
  "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["password"],
  "password": {"user": {"name": "demo", "domain": {"name": "Default"}, "password": "wrong"}}}}}
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["password"],
  "password": {"user": {"name": "demo", "domain": {"name": "Default"}, "password": "secret"}}},
  "scope": {"project": {"name": "admin", "domain": {"id": "default"}}}}}
nobody POST identity /v3/auth/tokens {"auth": {}}
nobody GET identity /v3/auth/tokens
demo GET identity /v3/auth/tokens
demo HEAD identity /v3/auth/tokens
demo POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["token"], "token": {"id": "$token"}},
  "scope": {"project": {"id": "$project"}}}}
demo POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["token"], "token": {"id": "gAAAAnonsense"}},
  "scope": {"project": {"id": "$project"}}}}
demo GET identity /v3/auth/catalog
demo GET identity /v3/auth/projects
demo GET identity /v3/users/$user
demo GET identity /v3/users/$user/projects
demo GET identity /v3/projects/$project
demo GET identity /v3/projects/11111111222233334444555555555555
demo GET identity /v3/users
admin GET identity /v3/users?name=demo
  demo = users.0.id
admin GET identity /v3/projects?name=demo
  demo_project = projects.0.id
admin GET identity /v3/domains?name=Default
admin GET identity /v3/roles?name=heat_stack_owner
admin GET identity /v3/regions
admin GET identity /v3/services?type=network
admin GET identity /v3/role_assignments?user.id=$demo
admin GET identity /v3/users/nonsense
demo GET identity /v3/users?name=demo
admin GET identity /v3/users?name=heat
  heat = users.0.id
demo POST identity /v3/OS-TRUST/trusts {"trust": {"trustor_user_id": "$user", "trustee_user_id": "$heat",
  "project_id": "$project", "impersonation": true, "roles": [{"name": "heat_stack_owner"}], "allow_redelegation": true}}
  trust = trust.id
demo POST identity /v3/OS-TRUST/trusts {"trust": {"trustor_user_id": "$user", "trustee_user_id": "$heat",
  "project_id": "$project", "impersonation": true, "roles": [{"name": "nonsense"}]}}
demo POST identity /v3/OS-TRUST/trusts {"trust": {"trustor_user_id": "$user", "project_id": "$project"}}
demo GET identity /v3/OS-TRUST/trusts/$trust
demo GET identity /v3/OS-TRUST/trusts?trustor_user_id=$user&trustee_user_id=$heat
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["password"],
  "password": {"user": {"name": "heat", "domain": {"name": "Default"}, "password": "secret"}}},
  "scope": {"OS-TRUST:trust": {"id": "$trust"}}}}
demo DELETE identity /v3/OS-TRUST/trusts/$trust
demo DELETE identity /v3/OS-TRUST/trusts/$trust
demo GET identity /v3/OS-TRUST/trusts/$trust
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["password"],
  "password": {"user": {"name": "heat", "domain": {"name": "Default"}, "password": "secret"}}},
  "scope": {"OS-TRUST:trust": {"id": "$trust"}}}}
demo POST identity /v3/users/$user/application_credentials {"application_credential": {"name": "story-credential", "secret": "hush"}}
  credential = application_credential.id
demo POST identity /v3/users/$user/application_credentials {"application_credential": {"name": "story-credential"}}
demo GET identity /v3/users/$user/application_credentials?name=story-credential
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["application_credential"],
  "application_credential": {"id": "$credential", "secret": "hush"}}}}
nobody POST identity /v3/auth/tokens {"auth": {"identity": {"methods": ["application_credential"],
  "application_credential": {"id": "$credential", "secret": "wrong"}}}}
demo DELETE identity /v3/users/$user/application_credentials/$credential
demo GET identity /v3/users/$user/application_credentials/$credential
