"""What stops a run: one base class, one sentence each, turned into text only at the edge."""

from __future__ import annotations


class GongkaiError(Exception):
    """A run cannot go on. Carries the key of a sentence in the message files and its values.

    Exit status 2: wrong usage, broken configuration, or an I/O failure. What is wrong in content
    is never raised; it is collected as findings.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Errors come back from worker processes, so they must survive pickling."""
        return _again, (type(self), self.key, self.values)


def _again(kind: type[GongkaiError], key: str, values: dict[str, object]) -> GongkaiError:
    return kind(key, **values)


class ConfigurationError(GongkaiError):
    """``mkdocs.yml``, a folder, or an option is not as it must be."""


class PageError(ConfigurationError):
    """An ordinary page that MkDocs cannot make: ``path`` is its file, ``why`` what MkDocs says."""


class UsageError(GongkaiError):
    """A verb was called with something it does not understand."""


class WorkError(GongkaiError):
    """A process that did part of the work ended before it was done."""


class ThemeError(GongkaiError):
    """A template or layout of the theme has a mistake in it."""


class PublishError(GongkaiError):
    """The site could not be written; what was published before still stands."""
