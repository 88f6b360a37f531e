"""Signs as they are heard, where a note is about the signs and a voice would pass them over.

In: printed words. Out: words for ActualText. Voices read “77.” as 77, “/2/” as 2, and no dash at all.
"""

import re

_ALONE = (
    (re.compile(r"(\d+)\."), r"\1 with its point"),
    (re.compile(r"/(\w+)/"), r"\1 between slashes"),
)
# The longer ones first: two hyphens are a typed dash. \B before a mark of one stroke: it opens.
_SPELLED = (
    (re.compile(r"/(\w+)/( ?)"), lambda m: f"{m[1]} between slashes, {'space, ' if m[2] else ''}"),
    (re.compile("--"), " two hyphens "),
    (re.compile("—"), " dash "),
    (re.compile("“"), " opening double quotation mark "),
    (re.compile("”"), " closing double quotation mark "),
    (re.compile("‘"), " opening single quotation mark "),
    (re.compile("’"), " closing single quotation mark "),
    (re.compile('"'), " straight double quotation mark "),
    (re.compile("'"), " straight single quotation mark "),
    (re.compile("-"), " hyphen "),
)


def sign_alone(words: str) -> str:
    """Return how a number with its point or a note mark is heard when it stands by itself; else the words."""
    for pattern, spoken in _ALONE:
        if match := pattern.fullmatch(words):
            return match.expand(spoken)
    return words


def differ_in_signs(one: str, other: str) -> bool:
    """Say whether two readings have the same letters and figures, and so would be heard alike."""
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)


def spelled(words: str) -> str:
    """Return words with their signs told: “weekend--in” is “weekend two hyphens in”."""
    for pattern, spoken in _SPELLED:
        words = pattern.sub(spoken, words)
    return " ".join(words.split())
