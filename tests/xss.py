"""Texts that try to run something: what a hostile or careless author may put into any field.

Each sets ``window.hurt`` if it ever runs. They follow the kinds collected by OWASP's cheat sheet
and the advisories named in the tests: markup, handlers, schemes, broken quoting, templates,
mutation by parsers, and Markdown's own ways to make a link or an attribute.
"""

from __future__ import annotations

_RUN = "window.hurt=1"
_HANDLERS = (
    "onload onerror onclick onfocus onmouseover onmouseenter onpointerover onanimationstart "
    "ontoggle onbegin onwheel ontransitionend onscroll oncut"
).split()
_ELEMENTS = (
    "img src=x|svg|body|details open|video src=x|audio src=x|input autofocus|select autofocus|"
    "textarea autofocus|marquee|iframe src=about:blank|object data=x|embed src=x|"
    "svg><animate attributeName=x dur=1s|math><mtext><style"
).split("|")
_SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "java\nscript:",
    " javascript:",
    "\x01javascript:",
    "javascript&colon;",
    "&#106;avascript:",
    "&#x6A;avascript:",
    "vbscript:",
    "data:text/html,<script>window.hurt=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaHVydD0xPC9zY3JpcHQ+",
    "//javascript:",
    "javascript://%0a",
    "jav&#x09;ascript:",
    "ｊavascript:",
    "feed:javascript:",
    "view-source:javascript:",
)
_WHOLE = (
    f"<script>{_RUN}</script>",
    f"<SCRIPT>{_RUN}</SCRIPT>",
    f"<script/x>{_RUN}</script>",
    f"<script >{_RUN}</script >",
    f"</script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"--><script>{_RUN}</script>",
    f"]]><script>{_RUN}</script>",
    f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>",
    f'" onmouseover="{_RUN}" x="',
    f"' onmouseover='{_RUN}' x='",
    f'" autofocus onfocus="{_RUN}" x="',
    f"` onmouseover={_RUN} `",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<<script>{_RUN}//<</script>",
    f"<script\x0c>{_RUN}</script>".replace("\x0c", " "),
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;script&#62;{_RUN}&#60;/script&#62;",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"＜script＞{_RUN}＜/script＞",
    f"<svg><script>{_RUN}</script></svg>",
    f"<math><script>{_RUN}</script></math>",
    f"<svg><style><img src=x onerror={_RUN}></style></svg>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<template><script>{_RUN}</script></template>",
    f"<form><button formaction=javascript:{_RUN}>x</button></form>",
    f"<a href=javascript:{_RUN}>x</a>",
    f"<base href=javascript:{_RUN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    f"<link rel=stylesheet href='data:text/css,*{{x:expression({_RUN})}}'>",
    f"<style>@import 'javascript:{_RUN}';</style>",
    f"<div style='background:url(javascript:{_RUN})'>",
    "<iframe srcdoc='<script>parent.hurt=1</script>'></iframe>",
    f"<!--<img src='--><img src=x onerror={_RUN}//'>",
    f"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>{_RUN}</x:script>",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% include '/etc/passwd' %}",
    "{{ 7*7 }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    '#read("/etc/passwd")',
    '#import "@preview/x:0.1.0": *',
)
_MARKDOWN = (
    f"[x](javascript:{_RUN})",
    f"[x](<javascript:{_RUN}>)",
    f"[x]( javascript:{_RUN})",
    f"[x](JAVASCRIPT:{_RUN})",
    f"[x](java&#10;script:{_RUN})",
    f"[x](data:text/html,<script>{_RUN}</script>)",
    f"[x](vbscript:{_RUN})",
    f'[x](http://example.invalid "\\" onmouseover={_RUN} \\"")',
    f"![x](javascript:{_RUN})",
    f'![" onerror="{_RUN}](x.png)',
    f"![x](x.png' onerror='{_RUN})",
    f"<javascript:{_RUN}>",
    f'<http://example.invalid/" onmouseover="{_RUN}>',
    f"[x]: javascript:{_RUN}\n\n[x]",
    f"[a][b]\n\n[b]: <javascript:{_RUN}>",
    f'```"><script>{_RUN}</script>\nx\n```',
    f'```html onmouseover="{_RUN}"\n<script>{_RUN}</script>\n```',
    f"x{{onclick={_RUN}}}",
    f"# x {{onmouseover={_RUN} .y}}",
    f"| a |\n|---|\n| <img src=x onerror={_RUN}> |",
    f"| <script>{_RUN}</script> |\n|---|\n| x |",
    f"`<img src=x onerror={_RUN}>`",
    f"*<img src=x onerror={_RUN}>*",
    f"> <iframe src=javascript:{_RUN}>",
    f"1. <svg onload={_RUN}>",
    f"[^1]\n\n[^1]: <img src=x onerror={_RUN}>",
    f"<details open ontoggle={_RUN}>\n\nx\n\n</details>",
    f'[x](tel:1"onmouseover="{_RUN})',
    f"[x](mailto:a@b.invalid?subject=<script>{_RUN}</script>)",
    f"张*三<img src=x onerror={_RUN}>李*四",
)


def _marked_up() -> list[str]:
    pairs = zip(_ELEMENTS, _HANDLERS, strict=False)
    return [f"<{element} {handler}={_RUN}>" for element, handler in pairs] + [
        f'"><img src=x {handler}="{_RUN}">' for handler in _HANDLERS
    ]


PAYLOADS: tuple[str, ...] = (
    *_WHOLE,
    *_marked_up(),
    *(f"{scheme}{_RUN}" for scheme in _SCHEMES),
    *_MARKDOWN,
)
"""One line each, but for Markdown's, which may need several."""
