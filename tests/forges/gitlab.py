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

    def _commit(self, body: Any) -> Any:
        repository, account = self.forge.repository, self.forge.account
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
