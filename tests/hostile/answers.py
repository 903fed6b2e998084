"""What an answer must not be, whatever was asked or sent."""

import csv
import io

import html5lib

from tests.hostile.inputs import EVALUATED, MARK

LEADING = ("href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "poster")
# In a data: block nothing is run.
DATA = ("application/ld+json", "application/json", "importmap")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def faults_of(response) -> list[str]:
    """What is wrong with an answer; nothing for a good one. 503 and 507 are no answers where nothing is broken."""
    faults = [f"status {response.status_code}"] if response.status_code >= 500 else []
    faults += [f"header {name}" for name, value in response.headers.items() if MARK in name or "\n" in value]
    faults += [f"cookie {name}" for name in response.cookies if MARK in name]
    where = response.headers.get("Location", "")
    if where.startswith(("//", "\\")) or (":" in where.split("/")[0] and not where.startswith("http://testserver")):
        faults.append(f"leads elsewhere: {where}")
    body = b"" if response.streaming else response.content
    if MARK.encode() not in body:
        return faults
    text, kind = body.decode("utf-8", "replace"), response.headers.get("Content-Type", "")
    if EVALUATED in text:
        faults.append("evaluated")
    if kind.startswith("text/html"):
        faults += faults_in(text)
    if kind.startswith("text/csv"):
        faults += formulas_in(text)
    return faults


def faults_in(text: str) -> list[str]:
    """Elements, attributes, scripts and links that were made by what was sent."""
    faults = []
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if MARK in tag:
            faults.append(f"element {tag}")
        if tag in ("script", "style") and element.get("type") not in DATA and MARK in (element.text or ""):
            faults.append(f"within {tag}")
        faults += [fault for name, value in element.items() for fault in faults_of_attribute(tag, str(name), value)]
    return faults


def faults_of_attribute(tag: str, name: str, value: str) -> list[str]:
    if MARK in name or (name.startswith(("on", "style")) and MARK in value):
        return [f"attribute {name} of {tag}"]
    bare = "".join(value.split()).lower()
    if name in LEADING and MARK in value and bare.startswith(("javascript:", "data:", "vbscript:")):
        return [f"{name} of {tag} runs {value[:40]}"]
    if tag in ("script", "iframe", "object", "embed", "link") and name in LEADING and MARK in value.partition("?")[0]:
        return [f"{tag} from {value[:40]}"]
    return []


def formulas_in(text: str) -> list[str]:
    cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return [f"formula {cell[:40]}" for cell in cells if MARK in cell and cell.startswith(FORMULA)]
