"""Identifiers that last: DOI and ARK, their form, and the address by which each is a link.

In: what edition.toml gives. Out: an address, or ValueError in words that a reader of a seed can put before
the editor. None is ever made up here.
"""

import re

# Digits and consonants, so that no word comes out by chance: 29 characters, and 29 is prime.
_BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz"

# ISO 26324: the directory code 10, the registrant's code, a slash, and characters that can be seen.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
# The ARK specification (draft-kunze-ark): label, number of the authority that assigns names, name.
_ARK = re.compile(r"ark:/?(?P<authority>[0-9bcdfghjkmnpqrstvwxz]{5,})/(?P<name>[\w=~*+@$%./-]+)")
_DOI_LABEL = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)


def check_doi(doi: str) -> None:
    """Raise ValueError when these characters are no DOI, or are more than the DOI itself."""
    if not doi:
        return
    if label := _DOI_LABEL.match(doi):
        raise ValueError(f"write the DOI alone, without {label[0]!r}")
    if space := re.search(r"\s", doi):
        raise ValueError(f"the DOI {doi!r} has a space after {doi[: space.start()]!r}")
    if not _DOI.fullmatch(doi) or not doi.isprintable():
        raise ValueError(f"{doi!r} is no DOI: one is like 10.1234/abc")


def check_ark(ark: str, *, has_check_character: bool = True) -> None:
    """Raise ValueError when these characters are no ARK, or its check character is not the right one.

    Nothing in an ARK says whether its last character is a check character: whoever assigns it knows.
    """
    if not ark:
        return
    parts = _ARK.fullmatch(ark)
    if parts is None or not ark.isascii():
        raise ValueError(f"{ark!r} is no ARK: one is like ark:12345/x6np1wh8k")
    # What follows a slash or a point of the name qualifies it: a part, a variant.
    name = re.split(r"[/.]", parts["name"])[0]
    whole = f"{parts['authority']}/{name}"
    # Noid counts from the authority's number on; the Bibliothèque nationale de France from the name on.
    rights = (check_character(whole[:-1]), check_character(name[:-1]))
    if has_check_character and name[-1] not in rights:
        raise ValueError(
            f"the ARK {ark!r} is mistyped: its check character should be {rights[0]!r}, not {name[-1]!r}"
        )


def check_character(name: str) -> str:
    """Return the character that the NOID Check Digit Algorithm gives an ARK's authority and name.

    Each character's place in the alphabet of 29, times its place in `name` counted from 1, summed, modulo
    29; a character outside the alphabet, such as the slash, counts nothing but keeps its place (J. Kunze,
    Noid, "NOID Check Digit Algorithm", metacpan.org/dist/Noid/view/noid). `name` is "13030/xf93gt2",
    or "xf93gt2" where an authority leaves its number out.
    """
    total = sum(
        place * _BETANUMERIC.index(character)
        for place, character in enumerate(name, 1)
        if character in _BETANUMERIC
    )
    return _BETANUMERIC[total % len(_BETANUMERIC)]


def doi_address(doi: str) -> str:
    """Return the address at which a DOI is resolved (DOI Handbook, 3.8), or nothing for none."""
    return f"https://doi.org/{doi}" if doi else ""


def ark_address(ark: str) -> str:
    """Return the address at which an ARK is resolved (N2T, the resolver of all ARKs), or nothing for none."""
    return f"https://n2t.net/{ark}" if ark else ""


def lasting_address(doi: str, ark: str, url: str) -> str:
    """Return the address by which something is cited: the one that lasts longest of those given."""
    return doi_address(doi) or ark_address(ark) or url
