"""The date that a finished file bears. In: an Edition, SOURCE_DATE_EPOCH. Out: a moment; no clock is read."""

import os
from datetime import UTC, datetime, time

from publish.model import Edition
from publish.problems import UsageError


def creation_date(edition: Edition) -> datetime:
    """Return the date that the file bears: SOURCE_DATE_EPOCH, else the edition's release, else 1970.

    No clock is read, so the same input gives the same bytes on another day
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (OverflowError, ValueError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970",
                hint="Unset it, or correct it.",
            ) from None
    if edition.released is not None:
        return datetime.combine(edition.released, time(), UTC)
    return datetime.fromtimestamp(0, UTC)
