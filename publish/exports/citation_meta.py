"""What a page tells reference managers and search engines of itself, from the edition’s data alone.

In: an Edition. Out: meta elements as Zotero and Google Scholar read them (Highwire Press’s and Dublin Core’s
names), and a description in schema.org’s words. What the edition does not say is not said here either.
"""

import json
from collections.abc import Iterator

from publish.exports.markup import Element, made
from publish.identifiers import lasting_address
from publish.imprint import Name
from publish.model import Edition

_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_BIBO = "http://purl.org/ontology/bibo/"
_SCHEMA = "https://schema.org"


def full_title(edition: Edition) -> str:
    """Return title and subtitle."""
    return ": ".join(filter(None, (edition.title, edition.subtitle)))


def citation_elements(edition: Edition) -> tuple[Element, ...]:
    """Return the elements of a page’s head by which it is cited."""
    metas = (
        made("meta", name=name, content=content)
        for name, content in (*_highwire(edition), *_dublin_core(edition))
        if content
    )
    canonical = (made("link", rel="canonical", href=edition.url),) if edition.url else ()
    schemas = (
        made("link", rel="schema.DC", href=_DUBLIN_CORE),
        made("link", rel="schema.bibo", href=_BIBO),
        # Without it Zotero takes what has a citation_title for an article in a journal.
        made("meta", name="bibo.type", content="Book"),
    )
    return (*canonical, *schemas, *metas, _json_ld(edition))


def _highwire(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "citation_title", full_title(edition)
    for editor in edition.editors:
        yield "citation_author", editor.inverted
    if edition.released:
        yield "citation_publication_date", edition.released.strftime("%Y/%m/%d")
    yield "citation_publisher", edition.publisher
    yield "citation_language", edition.language
    yield "citation_doi", edition.doi
    yield "citation_public_url", _address(edition)
    yield "citation_fulltext_html_url", edition.url
    for keyword in edition.keywords:
        yield "citation_keywords", keyword


def _dublin_core(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "DC.title", full_title(edition)
    yield "DC.type", "Text"
    for editor in edition.editors:
        yield "DC.contributor", editor.inverted
    yield "DC.publisher", edition.publisher
    if edition.released:
        yield "DC.date", edition.released.isoformat()
    yield "DC.language", edition.language
    yield "DC.description", edition.subject
    for keyword in edition.keywords:
        yield "DC.subject", keyword
    yield "DC.identifier", _address(edition)
    yield "DC.source", edition.document.source.url
    for right in edition.rights:
        yield "DC.rights", right


def _json_ld(edition: Edition) -> Element:
    told = json.dumps(_described(edition), ensure_ascii=False, indent=2)
    # Within a script only </ and <!-- would be read as HTML.
    return made("script", "\n" + told.replace("<", "\\u003c"), type="application/ld+json")


def _described(edition: Edition) -> dict[str, object]:
    source = edition.document.source
    holder = {"@type": "Organization", "name": source.holder} if source.holder else {}
    based_on: dict[str, object] = {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "provider": holder,
    }
    told: dict[str, object] = {
        "@context": _SCHEMA,
        "@type": "Book",
        "name": edition.title,
        "alternativeHeadline": edition.subtitle,
        "description": edition.subject,
        "editor": [_described_name(name) for name in edition.editors],
        "publisher": edition.publisher,
        "datePublished": edition.released.isoformat() if edition.released else "",
        "version": edition.version,
        "inLanguage": edition.language,
        "keywords": list(edition.keywords),
        "identifier": _address(edition),
        "url": edition.url,
        "copyrightNotice": " ".join(edition.rights),
        "isBasedOn": _given(based_on) if source.url else {},
    }
    return _given(told)


def _address(edition: Edition) -> str:
    return lasting_address(edition.doi, edition.ark, edition.url)


def _described_name(name: Name) -> dict[str, object]:
    if name.body:
        return {"@type": "Organization", "name": name.body}
    return {
        "@type": "Person",
        "name": str(name),
        "familyName": name.family,
        **_given({"givenName": name.given}),
    }


def _given(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value}
