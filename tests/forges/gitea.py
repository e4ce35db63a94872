"""As much of Gitea's API as an editing page needs: who am I, what is there, and a commit."""

from __future__ import annotations

import base64
from typing import Any

from tests.forges.repository import Api, Change, Refusal

VERSION = "1.24.0"


class Gitea(Api):
    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Any:
        repository, account = self.forge.repository, self.forge.account
        root = f"/api/v1/repos/{self.forge.project}"
        if path == "/api/v1/user":
            return {
                "id": account.id,
                "login": account.login,
                "full_name": account.name,
                "email": account.email,
                "avatar_url": "",
                "html_url": "",
            }
        if path == "/api/v1/version":
            return {"version": VERSION}
        if path == "/api/v1/settings/api":
            return {
                "max_response_items": 50,
                "default_paging_num": 30,
                "default_git_trees_per_page": 1000,
                "default_max_blob_size": 10485760,
                "default_max_response_size": 104857600,
            }
        if path == root:
            return {
                "default_branch": repository.branch,
                "permissions": {"admin": False, "push": True, "pull": True},
            }
        if path == f"{root}/branches/{repository.branch}":
            sha, _, _, _, message = repository.log()[0]
            return {"name": repository.branch, "commit": {"id": sha, "message": message}}
        if path.startswith(f"{root}/git/trees/"):
            page = int(query.get("page", "1"))
            blobs = repository.blobs()
            return {
                "sha": repository.head(),
                "truncated": len(blobs) > page * 1000,
                "total_count": len(blobs),
                "tree": [
                    {
                        "path": blob.path,
                        "sha": blob.sha,
                        "size": blob.size,
                        "type": "blob",
                        "mode": "100644",
                    }
                    for blob in blobs[(page - 1) * 1000 : page * 1000]
                ],
            }
        if path == f"{root}/file-contents" and method == "POST":
            shas = {blob.path: blob.sha for blob in repository.blobs()}
            return [
                {
                    "path": one,
                    "sha": shas[one],
                    "encoding": "base64",
                    "content": base64.b64encode(repository.read(one).encode()).decode(),
                }
                for one in body["files"]
            ]
        if path == f"{root}/contents" and method == "POST":
            return self._commit(body)
        if path == f"{root}/commits":
            return [
                {
                    "sha": sha,
                    "created": when,
                    "author": None,
                    "commit": {
                        "author": {"name": name, "email": email, "date": when},
                        "message": message,
                    },
                }
                for sha, name, email, when, message in repository.log(query.get("path"))
            ]
        raise Refusal(404, f"not found: {path}")

    def _commit(self, body: Any) -> Any:
        changes = [
            Change(
                one["path"],
                None if one["operation"] == "delete" else base64.b64decode(one["content"]),
                one.get("from_path"),
                one.get("sha"),
            )
            for one in body["files"]
        ]
        repository = self.forge.repository
        if any(
            one["operation"] == "create"
            and one["path"] in {blob.path for blob in repository.blobs()}
            for one in body["files"]
        ):
            raise Refusal(422, "repository file already exists")
        sha = repository.commit(
            changes, body["message"], body["author"]["name"], body["author"]["email"]
        )
        shas = {blob.path: blob.sha for blob in repository.blobs()}
        return {
            "commit": {"sha": sha, "created": body["dates"]["committer"]},
            "files": [
                {"path": change.path, "sha": shas[change.path]} if change.path in shas else None
                for change in changes
            ],
        }
