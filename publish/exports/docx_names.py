"""How passages are named in an editable document: bookmarks, whose names have neither hyphen nor space."""

_OPENING = "passage_"


def bookmark_name(identifier: str) -> str:
    """Return the bookmark of a passage; an id has small letters, figures and hyphens."""
    return _OPENING + identifier.replace("-", "_")


def passage_id(bookmark: str) -> str:
    """Return the passage that a bookmark names; nothing for a bookmark that somebody else set."""
    if not bookmark.startswith(_OPENING):
        return ""
    return bookmark.removeprefix(_OPENING).replace("_", "-")
