"""As much of GitLab's API as an editing page needs: REST for people and commits, GraphQL for
files."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

from tests.forges.repository import Api, Change, Refusal

PAGE = 100


class GitLab(Api):
    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Any:
        repository, account = self.forge.repository, self.forge.account
        root = f"/api/v4/projects/{quote(self.forge.project, safe='')}"
        if path == "/api/v4/user":
            return {
                "id": account.id,
                "username": account.login,
                "name": account.name,
                "email": account.email,
                "avatar_url": None,
                "web_url": "",
                "bot": False,
            }
        if path == f"{root}/users":
            return [{"id": account.id, "username": account.login}]
        if path == "/api/graphql" and method == "POST":
            return {"data": {"project": self._project(body["query"], body["variables"])}}
        if path.startswith(f"{root}/merge_requests"):
            number, _, what = path.removeprefix(f"{root}/merge_requests").strip("/").partition("/")
            return self._requests(method, number, what, query, body)
        if path == f"{root}/repository/commits" and method == "POST":
            return self._commit(body)
        if path == f"{root}/repository/commits":
            return [
                {
                    "id": sha,
                    "author_name": name,
                    "author_email": email,
                    "committed_date": when,
                    "message": message,
                }
                for sha, name, email, when, message in repository.log(query.get("path"))
            ]
        if path == f"{root}/repository/branches/{repository.branch}":
            return {"name": repository.branch, "commit": {"id": repository.head()}}
        if path.startswith(
            (f"{root}/repository/commits/", f"{root}/deployments", f"{root}/pipelines")
        ):
            return []  # nothing is built from here, so nothing is told of a build
        if path == "/api/v4/avatar":
            return {"avatar_url": None}
        raise Refusal(404, f"404 Not Found: {path}")

    def _project(self, query: str, variables: dict[str, Any]) -> Any:
        """The four questions about files, told apart by the fields they ask for."""
        repository = self.forge.repository
        if variables["fullPath"] != self.forge.project:
            return None
        if "rootRef" in query:
            return {"repository": {"rootRef": repository.branch}}
        if "lastCommit" in query:
            sha, _, _, _, message = repository.log()[0]
            return {"repository": {"tree": {"lastCommit": {"sha": sha, "message": message}}}}
        if "rawTextBlob" in query:
            repository = repository.on(variables.get("branch") or repository.branch)
            known = {blob.path for blob in repository.blobs()}
            return {
                "repository": {
                    "blobs": {
                        "nodes": [
                            {"rawTextBlob": repository.read(path)}
                            for path in variables["paths"]
                            if path in known
                        ]
                    }
                }
            }
        if "pageInfo" in query:
            first = int(variables["cursor"] or 0)
            blobs = repository.blobs()
            nodes = [
                {"type": "blob", "path": blob.path, "sha": blob.sha}
                for blob in blobs[first : first + PAGE]
            ]
            after = {"endCursor": str(first + PAGE), "hasNextPage": first + PAGE < len(blobs)}
            return {"repository": {"tree": {"blobs": {"nodes": nodes, "pageInfo": after}}}}
        raise Refusal(400, f"unknown query: {query}")

    def _requests(
        self, method: str, number: str, what: str, query: dict[str, str], body: Any
    ) -> Any:
        """Merge requests, which the forge keeps by their numbers."""
        known = self.forge.requests
        if method == "POST" and not number:
            made = {
                "id": len(known) + 1,
                "iid": len(known) + 1,
                "state": "opened",
                "web_url": "",
                "created_at": "2026-12-10T08:00:00Z",
                "updated_at": "2026-12-10T08:00:00Z",
                "sha": self.forge.repository.on(body["source_branch"]).head(),
                "author": {"id": 7, "name": "", "username": ""},
                **body,
                "labels": [body["labels"]],
            }
            known[str(made["iid"])] = made
            return made
        if what == "diffs":
            branch = self.forge.repository.on(known[number]["source_branch"])
            stood = {(blob.path, blob.sha) for blob in self.forge.repository.blobs()}
            return [
                {"old_path": blob.path, "new_path": blob.path}
                for blob in branch.blobs()
                if (blob.path, blob.sha) not in stood
            ]
        if not number:
            label, source = query.get("labels"), query.get("source_branch")
            return [
                mapping
                for mapping in known.values()
                if mapping["state"] == "opened"
                and (label is None or label in mapping["labels"])
                and (source is None or source == mapping["source_branch"])
            ]
        one = known[number]
        if what == "merge" and method == "PUT":
            self.forge.repository.fetch(self.forge.repository.on(one["source_branch"]))
            one["state"] = "merged"
        elif method == "PUT":
            one["title"], one["labels"] = body["title"], [body["add_labels"]]
        return one

    def _commit(self, body: Any) -> Any:
        account = self.forge.account
        repository = self.forge.repository.on(body["branch"])
        if start := body.get("start_branch"):
            repository = self.forge.repository.on(start).begin(body["branch"])
        known = {blob.path for blob in repository.blobs()}
        changes = []
        for one in body["actions"]:
            path, action = one["file_path"], one["action"]
            if (action == "create") == (path in known) and action != "move":
                raise Refusal(
                    400,
                    f"A file with this name {'already' if path in known else 'does not'} exist",
                )
            content = (
                base64.b64decode(one["content"])
                if one["encoding"] == "base64"
                else one["content"].encode()
            )
            changes.append(
                Change(path, None if action == "delete" else content, one.get("previous_path"))
            )
        sha = repository.commit(changes, body["commit_message"], account.name, account.email)
        return {"id": sha, "committed_date": repository.log()[0][3]}
