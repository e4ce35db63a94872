"""Templates of pages and screens, in one language, with everything escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from gongkai import theme
from gongkai.errors import ThemeError
from gongkai.render.words import Words


@cache
def environment(root: Path, lang: str) -> jinja2.Environment:
    """The templates of a site. Undefined names are errors, so that a theme's typo is found."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in theme.folders(root)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(Words(lang).globals())
    return made


def fill(root: Path, lang: str, template: str, /, **values: object) -> str:
    """One template filled in."""
    try:
        return environment(root, lang).get_template(template).render(**values)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.name}:{error.lineno}"
        raise ThemeError("error.theme", place=place, why=error.message) from error
    except jinja2.TemplateError as error:
        raise ThemeError("error.theme", place=template, why=error.message) from error
