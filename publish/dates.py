"""Days in words, in the three ways of writing one that print needs. No locale, no clock."""

from datetime import date

# Python's own month names follow the machine's locale once a library has set it.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Months of at most four letters are not shortened (MLA Handbook, 9th ed., appendix 1).
_SHORT = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def long_date(day: date) -> str:
    """Return a date as the letter writes it: October 27, 1962."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """Return a date as the MLA writes it: 27 Oct. 1962."""
    return f"{day.day} {_SHORT[day.month - 1]} {day.year}"
