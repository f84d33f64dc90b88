"""A page to be read in a browser or on paper, in one file: pieces of HTML, and the whole around them.

What people wrote is escaped (`handlers/kit/texts.py`); no script, nothing from elsewhere.
"""

from collections.abc import Iterable
from urllib.parse import quote

from handlers.kit.texts import Html, escape

_STYLE = """
@page { margin: 18mm }
body { font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  font-size: 1rem; line-height: 1.5; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111;
  background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 2px solid #111 }
h3 { font-size: 1.05rem; margin-bottom: .25rem; break-after: avoid }
article { break-inside: avoid-page; margin: 1.25rem 0 }
dl { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: .25rem 1rem; margin: .25rem 0 }
dt { color: #444 } dd { margin: 0; overflow-wrap: anywhere }
ul { margin: .25rem 0; padding-left: 1.25rem } li { overflow-wrap: anywhere }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid #888; white-space: pre-wrap;
  overflow-wrap: anywhere }
img { max-width: 100%; max-height: 14rem } small { color: #444 }
"""


def document(language: str, title: str, sections: Iterable[Html]) -> str:
    """The whole page; `language` is one of ours."""
    code = {"zh_Hans": "zh-Hans"}.get(language, language)
    body = "\n".join((f"<h1>{escape(title)}</h1>", *sections))
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def section(title: str, *parts: Html | None) -> Html | None:
    """A heading and what is below it; nothing where there is nothing below."""
    found = [part for part in parts if part]
    return Html("\n".join((f"<h2>{escape(title)}</h2>", *found))) if found else None


def article(title: str, *parts: Html | None) -> Html:
    """One thing of several."""
    return Html("\n".join((f"<article><h3>{escape(title)}</h3>", *(part for part in parts if part), "</article>")))


def facts(*pairs: tuple[str, object | None]) -> Html | None:
    """Names, and what each is; what is empty is left out."""
    found = [(name, value) for name, value in pairs if value not in (None, "")]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in found)
    return Html(f"<dl>{rows}</dl>") if found else None


def paragraph(text: str) -> Html:
    """A paragraph."""
    return Html(f"<p>{escape(text)}</p>")


def listed(items: Iterable[str]) -> Html | None:
    """One below the other; nothing without any."""
    found = "".join(f"<li>{escape(item)}</li>" for item in items)
    return Html(f"<ul>{found}</ul>") if found else None


def said(when: str, words: str | None, file: str | None, is_picture: bool, otherwise: str | None) -> Html:
    """Something that was said: when, the words, and the file beside this page, or what is said of one that is not."""
    parts = [f"<small>{escape(when)}</small>"]
    if words:
        parts.append(f"<blockquote>{escape(words)}</blockquote>")
    if file is not None:
        address = quote(file)
        shown = f'<img src="{address}" alt="">' if is_picture else escape(file)
        parts.append(f'<p><a href="{address}">{shown}</a></p>')
    elif otherwise:
        parts.append(f"<p>{escape(otherwise)}</p>")
    return Html(f"<div>{''.join(parts)}</div>")
