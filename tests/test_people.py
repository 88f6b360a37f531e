"""People and terms: read strictly, printed in order, told in their own language, absent without their files."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from publish.checks import check
from publish.cli import main
from publish.index import alphabetical
from publish.layouts import Layouts
from publish.model import Edition, Person, Term
from publish.orders import Order, make_job
from publish.problems import Exit, SourceError
from publish.sources import read
from publish.sources.people import read_people, read_terms
from publish.typeset.reading import make_html
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Element
from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.drawn_facsimile import found

PERSON = """\
# people

[writer]
name = "Ann Writer"
sort = "Writer, Ann"
was = "Minister of Paper."
names = ["Writer"]
original = "Анна"
language = "ru"

[reader]
name = "Ben Reader"
sort = "Reader, Ben"
"""
TERM = """\
[cable]
term = "cable"
meant = "a telegram."
forms = ["cables"]

[lisbon]
term = "Lisbon"
kind = "place"
"""


def reads(kind: str, text: str, folder: Path) -> tuple[Person, ...] | tuple[Term, ...]:
    path = folder / f"{kind}.toml"
    path.write_text(text, "utf-8")
    return read_people(path, {}) if kind == "people" else read_terms(path, {})


# What is read


def test_a_person_is_read_whole(tmp_path: Path) -> None:
    first, second = reads("people", PERSON, tmp_path)
    assert first == Person(
        key="writer",
        name="Ann Writer",
        sort="Writer, Ann",
        was="Minister of Paper.",
        line=3,
        names=("Writer",),
        original="Анна",
        original_language="ru",
    )
    assert second == Person("reader", "Ben Reader", "Reader, Ben", "", 11)


def test_a_term_is_read_whole(tmp_path: Path) -> None:
    assert reads("terms", TERM, tmp_path) == (
        Term("cable", "cable", "a telegram.", 1, "term", ("cables",)),
        Term("lisbon", "Lisbon", "", 6, "place"),
    )


def test_without_the_files_there_are_neither_people_nor_terms(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.toml"
    assert (read_people(nowhere, {}), read_terms(nowhere, {})) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('names = ["Writer"]', 'nams = ["Writer"]', 7, "unknown key 'nams' in [writer]. Did you mean 'names'?"),
        ('name = "Ann Writer"\n', "", 6, "the key 'name' is missing in [writer]. Is 'names' meant for it?"),
        ('sort = "Writer, Ann"\n', "", 3, "the key 'sort' is missing in [writer]"),
        ('"Ann Writer"', '" "', 4, "'name' is empty. Write it, or take the entry out."),
        ('"Ann Writer"', "7", 4, "'name' must be a text in quotes, not 7"),
        ('"Writer, Ann"', '""', 5, "'sort' is empty"),
        ('"Minister of Paper."', '""', 6, "'was' is empty"),
        ('"Minister of Paper."', '"Minister of <b>Paper</b>."', 6, "raw HTML (<b>) is not allowed here"),
        ('"Minister of Paper."', '"Minister [@nobody]."', 6, "the citation [@nobody] has no entry"),
        ('["Writer"]', '["Writer", ""]', 7, "'names' is empty"),
        ('["Writer"]', '"Writer"', 7, "'names' must be a list of texts in quotes"),
        ('["Writer"]', '["Wri\\u0000ter"]', 7, "'names' is one line of printed characters"),
        ('language = "ru"\n', "", 8, "nothing says in which language 'Анна' is. Add a line: language ="),
        ('original = "Анна"\n', "", 3, "the key 'original' is missing in [writer]"),
        ('"Анна"', '""', 8, "'original' is empty"),
        ('"ru"', '"Russian!"', 9, "'Russian!' is not a language tag"),
        ('"Ben Reader"', '"Ann Writer"', 12, "'Ann Writer' stands for both [writer] and [reader]"),
        ('"Ben Reader"', '"Writer"', 12, "'Writer' stands for both [writer] and [reader]"),
        ('"Reader, Ben"', '"Writer, Ann"', 13, "the index would have 'Writer, Ann' twice"),
        ('"Reader, Ben"', '"Reader, Ben"\nsee = ["Writer, Ann"]', 14, "the index would have 'Writer, Ann' twice"),
        ("[reader]", "[Reader]", 11, "the key 'Reader' is not made of lower-case letters"),
        ("[reader]", "[writer]", 11, "is not valid TOML"),
        ("[reader]", '["a b"]', 0, "the key 'a b' is not made of lower-case letters"),
        ("# people", "people = 7", 1, "'people' must be a table, not 7"),
    ],
)  # fmt: skip
def test_a_faulty_person_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert PERSON.count(old) == 1
    with pytest.raises(SourceError) as caught:
        reads("people", PERSON.replace(old, new), tmp_path)
    assert words in str(caught.value)
    assert caught.value.where is not None
    assert caught.value.where.path == str(tmp_path / "people.toml")
    assert line in (0, caught.value.where.line)
    assert caught.value.exit_code is Exit.SOURCE


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('term = "cable"', 'trm = "cable"', 2, "the key 'term' is missing in [cable]. Is 'trm' meant for it?"),
        ('"cable"', '""', 2, "'term' is empty"),
        ('"a telegram."', '" "', 3, "'meant' is empty"),
        ('"a telegram."', '"![a map](map.png)"', 3, "a picture is not allowed here"),
        ('["cables"]', '["Lisbon"]', 7, "'Lisbon' stands for both [cable] and [lisbon]"),
        ('"place"', '"city"', 8, "'kind' cannot be 'city'"),
        ('"place"', '"plase"', 8, "Did you mean 'place'?"),
        ('"place"', '"place"\nunder = "cabel"', 9, "no person and no term has the key 'cabel'. Did you mean 'cable'?"),
        ('"place"', '"place"\nunder = "lisbon"', 9, "no person and no term has the key 'lisbon'"),
        ('"place"', '"place"\nsee = ["cable"]', 9, "the index would have 'cable' twice"),
        ('"place"', '"place"\nsee = ["Lisboa", "Lisboa"]', 9, "the index would have 'Lisboa' twice"),
    ],
)  # fmt: skip
def test_a_faulty_term_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert TERM.count(old) == 1
    with pytest.raises(SourceError) as caught:
        reads("terms", TERM.replace(old, new), tmp_path)
    assert words in str(caught.value)
    assert caught.value.where is not None
    assert caught.value.where.line == line


@pytest.mark.parametrize("kind", ["people", "terms"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.toml"
    path.write_bytes(b'[a]\nname = "\xff"')
    with pytest.raises(SourceError, match="not UTF-8"):
        (read_people if kind == "people" else read_terms)(path, {})


def test_build_tells_of_a_faulty_person_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(SYNTHETIC, tmp_path / "seed"))
    (folder / "people.toml").write_text(PERSON.replace('language = "ru"\n', ""), "utf-8")
    assert main(["build", str(folder), "--out", str(tmp_path / "out")]) == Exit.SOURCE
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(f"error: {folder}/people.toml:8")


# What the edition knows of them


def with_files(folder: Path, people: str = "", terms: str = "") -> Path:
    """Return a copy of the synthetic seed with these files."""
    copy = Path(shutil.copytree(SYNTHETIC, folder / "seed"))
    for name, text in (("people.toml", people), ("terms.toml", terms)):
        if text:
            (copy / name).write_text(text, "utf-8")
    return copy


def test_both_files_are_carried_within_the_finished_file(edition: Edition) -> None:
    files = {file.name: file.data for file in edition.files}
    for name in ("people.toml", "terms.toml"):
        assert files[name] == (SEED / name).read_bytes()


def test_a_foreign_phrase_may_stand_in_what_is_told_of_a_person(tmp_path: Path) -> None:
    folder = with_files(tmp_path, PERSON.replace("of Paper", "sans portefeuille"))
    with (folder / "edition.toml").open("a", encoding="utf-8") as manifest:
        manifest.write('\n[[foreign]]\nwords = "sans portefeuille"\nlanguage = "fr"\n')
    (edition,) = read(folder)
    assert edition.foreign[-1].language == "fr"


@pytest.mark.parametrize("kind", ["people", "terms"])
def test_a_work_that_only_they_cite_is_used(tmp_path: Path, kind: str) -> None:
    cited = {
        "people": PERSON.replace("Paper.", "Paper [@blue-book]."),
        "terms": TERM.replace("gram.", "gram [@blue-book]."),
    }
    folder = with_files(tmp_path, **{kind: cited[kind]})
    (folder / "bibliography.toml").write_text(
        '[blue-book]\nshort = "Blue Book"\nfull = "A Blue Book."\n', "utf-8"
    )
    (edition,) = read(folder)
    assert [found for found in check(edition) if found.code == "n-001"] == []


def test_everybody_of_the_seed_who_is_told_of_is_told_with_a_citation(edition: Edition) -> None:
    told = [p.was for p in edition.apparatus.people] + [t.meant for t in edition.apparatus.terms]
    assert [words for words in told if words and "[@" not in words] == []


# What is printed


Html = Callable[..., str]


@pytest.fixture
def html(synthetic: Edition, known: Layouts) -> Html:
    """Return a function that gives the HTML of the synthetic edition with these people and terms."""

    def make(people: tuple[Person, ...] = (), terms: tuple[Term, ...] = ()) -> str:
        apparatus = replace(synthetic.apparatus, people=people, terms=terms)
        job = make_job(replace(synthetic, apparatus=apparatus), Order("edition"), known)
        return make_html(job, {}).html

    return make


ANN = Person("ann", "Ann Writer", "Writer, Ann", "Minister.", 1)
BEN = Person("ben", "Ben Reader", "Reader, Ben", "Clerk.", 2)
CABLE = Term("cable", "cable", "a telegram.", 1)


def test_an_edition_without_the_files_has_neither_page(html: Html) -> None:
    assert "people" not in html()
    assert 'id="index"' not in html()


def test_one_file_alone_gives_the_page_its_name(html: Html) -> None:
    assert 'id="people">People</h2>' in html((ANN,))
    assert 'id="people">Terms</h2>' in html((), (CABLE,))
    assert 'id="people">People and terms</h2>' in html((ANN,), (CABLE,))


def test_people_stand_in_the_order_of_sort_and_before_the_terms(html: Html) -> None:
    page = html((ANN, BEN), (CABLE,))
    places = [page.index(f'id="{name}"') for name in ("person-ben", "person-ann", "term-cable")]
    assert places == sorted(places)


def test_somebody_of_whom_nothing_is_told_stands_in_the_index_only(html: Html) -> None:
    assert "Writer, Ann" not in html((replace(ANN, was=""), BEN))


def listed(file: FinishedFile, opening: str) -> list[Element]:
    return [e for e in file.tree.elements if e.type == "LI" and e.id.startswith(opening)]


def words(file: FinishedFile, element: Element) -> str:
    return "".join(file.drawn[c.page].text(c.mark) for c in element.contents())


def test_the_finished_file_tells_everybody_in_order(finished: Finisher, edition: Edition) -> None:
    with FinishedFile(finished().pdf) as file:
        names = [words(file, item) for item in listed(file, "person-")]
        explained = [words(file, item) for item in listed(file, "term-")]
    assert len(names) == sum(1 for person in edition.apparatus.people if person.was)
    assert len(explained) == sum(1 for term in edition.apparatus.terms if term.meant)
    for every in (names, explained):
        assert all(alphabetical(one) <= alphabetical(other) for one, other in pairwise(every))


def test_each_is_an_item_of_a_list_whose_words_are_its_body(finished: Finisher) -> None:
    with FinishedFile(finished().pdf) as file:
        for item in (*listed(file, "person-"), *listed(file, "term-")):
            assert item.parent is not None
            assert item.parent.type == "L"
            assert item.parent.attributes["ListNumbering"] == "None"
            assert [kid.type for kid in item.kids if isinstance(kid, Element)] == ["LBody"]


def test_a_name_in_its_own_letters_is_printed_once_and_told_in_its_language(
    finished: Finisher,
) -> None:
    with FinishedFile(finished().pdf) as file:
        russian = [element for element in file.tree.elements if element.lang == "ru"]
        (element,) = russian
        above = [one.id for one in element.above() if one.id]
        assert words(file, element) == "Никита Сергеевич Хрущёв"
        assert above[0] == "person-khrushchev"
        everything = "".join(words(file, top) for top in file.tree.top)
    assert everything.count("Хрущёв") == 1


def test_cyrillic_letters_are_of_the_text_face(finished: Finisher) -> None:
    cyrillic = [one for one in found(finished().pdf).drawn if "Ѐ" <= one.character <= "ӿ"]
    assert len(cyrillic) == len("НикитаСергеевичХрущёв")
    assert {one.face for one in cyrillic} == {"Press-STIX"}


def test_the_synthetic_book_has_no_such_page(finished: Finisher) -> None:
    with FinishedFile(finished(SYNTHETIC).pdf) as file:
        names = file.destinations()
    assert not {"people", "index"} & set(names)
