"""Arguments in, lines out. The only module that prints or exits."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from publish.arguments import parsed
from publish.problems import (
    Exit,
    Finding,
    FindingsError,
    NothingToPrintError,
    PublishError,
    SourceError,
    UsageError,
)

if TYPE_CHECKING:
    from publish.build import Built


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code; the gravest where several things failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no … or ½ gets a ?
            stream.reconfigure(errors="replace")
    try:
        return _run(parsed(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        _say("interrupted; nothing was delivered")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever reads our lines has closed the pipe (`publish list | head`): that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BUILT
    except PublishError as problem:
        return _told(problem)
    except Exception as problem:
        if os.environ.get("CABLEPRESS_TRACEBACK"):
            raise
        _say(
            f"a bug of the press: {type(problem).__name__}: {problem}. "
            "Set CABLEPRESS_TRACEBACK=1 to see where, and please report it."
        )
        return Exit.BUG


def _layouts(asked: argparse.Namespace) -> Any:
    from publish import layouts, resources

    return layouts.load(Path(asked.layouts) if asked.layouts else resources.layouts_directory())


def _build(asked: argparse.Namespace) -> int:
    from publish.build import build
    from publish.orders import Order, check_orders, make_job, orders_named, settings
    from publish.sources import find, read

    known = _layouts(asked)
    options = settings(asked.set)
    order = Order("", asked.paper, asked.form, asked.standard, options)
    orders = orders_named(asked.product or ["edition"], order, known)
    check_orders(orders, known)
    made: set[str] = set()

    def make(source: str) -> int:
        for edition in read(find(source)):
            for order in orders:
                job = make_job(edition, order, known)
                name = f"{edition.id}/{job.file_name}"
                if name in made:
                    raise UsageError(
                        f"{source} would be written over another: both are {name}",
                        hint="Build it alone with another --out.",
                    )
                made.add(name)
                try:
                    with _Progress(name) as progress:
                        built = build(job, Path(asked.out), strict=asked.strict, progress=progress)
                except NothingToPrintError as problem:
                    if order.product in (asked.product or ()):
                        raise
                    _say(f"{name}: left out of the group; {problem.message}")
                    continue
                _show_built(built, as_json=asked.json)
        return Exit.BUILT

    return _for_each(asked.sources, make)


def _for_each(names: Sequence[str], work: Callable[[str], int]) -> int:
    """Do the work for each name; one that fails is told and keeps no other from it."""
    codes: list[int] = [Exit.BUILT]
    for name in names:
        try:
            codes.append(work(name))
        except PublishError as problem:
            codes.append(_told(problem))
    return max(codes)


def _show_built(built: "Built", *, as_json: bool) -> None:
    from publish.products import NOT_IMPOSED

    for finding in built.findings:
        _say(str(finding))
    states = [result.state.value for result in built.promises]
    counts = {state: states.count(state) for state in ("kept", "broken", "not checked")}
    if as_json:
        print(
            json.dumps(
                {
                    "path": str(built.path),
                    "sha256": built.sha256,
                    "pages": built.pages or None,
                    "promises": counts,
                    "beside": [str(other) for other in built.beside],
                }
            )
        )
        return
    named = ", ".join(r.code for r in built.promises if r.state == "not checked")
    unchecked = f", not checked: {named}" if named else ""
    pages = f"{built.pages} pages, " if built.pages else ""
    if built.job.impose != NOT_IMPOSED:
        counted = f"{built.pages} side{'' if built.pages == 1 else 's'}"
        pages = f"{counted}, no accessibility claim (--set impose=none has it), "
    from publish.promises import SUFFIX

    print(
        f"{built.path}  {pages}{counts['kept']} promises kept{unchecked}, sha256 {built.sha256[:16]}…"
    )
    for line in built.report:
        print(f"  {line}")
    for other in built.beside:
        if not other.name.endswith(SUFFIX):
            print(f"  with it: {other}")


def _check(asked: argparse.Namespace) -> int:
    from publish.examination import examine
    from publish.orders import Order, make_job
    from publish.problems import Severity
    from publish.sources import find, read

    known = _layouts(asked)
    looked: list[str] = []
    ignored: list[int] = []
    counts = {Severity.ERROR: 0, Severity.WARNING: 0}

    def tell(findings: Iterable[Finding]) -> None:
        for finding in findings:
            print(finding)
            counts[finding.severity] += 1

    def look(source: str) -> int:
        try:
            for edition in read(find(source)):
                looked.append(edition.id)
                settled = examine(make_job(edition, Order(), known))
                tell(settled.findings)
                ignored.append(settled.ignored)
        except SourceError as problem:
            # What cannot be read has no other findings; a fault under an editorial rule is told as one.
            ruled = [fault for fault in problem.faults if fault.code]
            tell(_as_finding(fault) for fault in ruled)
            for fault in problem.faults:
                if fault not in ruled:
                    _told(fault)
            return problem.exit_code
        return Exit.BUILT

    code = _for_each(asked.sources, look)
    if looked or any(counts.values()):
        told = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items()]
        print(", ".join([*told, f"{sum(ignored)} ignored"] if any(ignored) else told))
    stopping = counts[Severity.ERROR] or (asked.strict and counts[Severity.WARNING])
    return max(code, Exit.FINDINGS) if stopping else code


def _cite(asked: argparse.Namespace) -> int:
    from publish.citation import cite, export
    from publish.sources import find, read

    for edition in read(find(asked.source)):
        if asked.format:
            print(export(edition, asked.format, asked.of), end="")
        else:
            print(cite(edition, asked.style or "chicago-note", asked.of, italics=asked.markdown))
    return Exit.BUILT


def _deposit(asked: argparse.Namespace) -> int:
    from publish.deposit import deposit
    from publish.orders import Order, make_job
    from publish.sources import find, read

    known = _layouts(asked)

    def make(source: str) -> int:
        for edition in read(find(source)):
            job = make_job(edition, Order("edition", asked.paper, "", asked.standard), known)
            with _Progress(f"{edition.id}-{edition.version}") as progress:
                made = deposit(job, Path(asked.out), strict=asked.strict, progress=progress)
            for finding in made.findings:
                _say(str(finding))
            told = {"path": str(made.folder), "files": made.files, "sha256": made.sha256}
            words = (
                f"{made.folder}  {made.files} files, sha256 of its tag manifest {made.sha256[:16]}…"
            )
            print(json.dumps(told) if asked.json else words)
        return Exit.BUILT

    return _for_each(asked.sources, make)


def _as_finding(fault: SourceError) -> Finding:
    from publish.problems import Severity, Where

    where = fault.where or Where("")
    return Finding(fault.code, Severity.ERROR, fault.message, where, fault.hint)


def _verify(asked: argparse.Namespace) -> int:
    return _for_each(asked.files, _listen(asked) if asked.heard else _judge(asked))


def _listen(asked: argparse.Namespace) -> Callable[[str], int]:
    from publish.verify import heard

    def listen(name: str) -> int:
        lines = heard(Path(name))
        if asked.json:
            print(json.dumps({"path": name, "heard": lines}))
        else:
            print("\n".join((name, *(f"  {line}" for line in lines))))
        if not lines:
            _say(f"{name}: the file has no structure, so that each program reads it as it likes.")
        return Exit.BUILT if lines else Exit.FINDINGS

    return listen


def _judge(asked: argparse.Namespace) -> Callable[[str], int]:
    from publish.exports import export_of
    from publish.exports.checking import TITLES, examine_export
    from publish.finish.record import is_of_imposed
    from publish.promises import path_beside
    from publish.verify import State, examine_file, judges_at_hand
    from publish.verify.telling import TITLES as TITLES_OF_PDF
    from publish.verify.telling import as_json, in_words

    judges = judges_at_hand()

    def judge(name: str) -> int:
        path = Path(name)
        export = export_of(path)
        with _Progress(f"{name}: verifying, which takes seconds where veraPDF is asked"):
            if export:
                found, titles = examine_export(path, export), TITLES
            elif is_of_imposed(path_beside(path)):
                from publish.finish.checking import TITLES as TITLES_OF_IMPOSED
                from publish.finish.checking import examine_imposed

                found, titles = examine_imposed(path), TITLES_OF_IMPOSED
            else:
                found, titles = examine_file(path, judges), TITLES_OF_PDF
        print(as_json(name, found) if asked.json else in_words(name, found, titles))
        if any(result.state is State.BROKEN for result in found.results):
            return Exit.PROMISE
        unread = any(
            r.code in ("record", "words") and r.state is State.NOT_CHECKED for r in found.results
        )
        if unread:
            again = "build it" if export else "take the seed out of the file and build it"
            _say(
                f"{name}: the text was NOT compared with its transcription. Put the record that was "
                f"built with it beside it, as {path_beside(path).name}; or {again} again."
            )
        return Exit.FINDINGS if unread else Exit.BUILT

    return judge


def _list(asked: argparse.Namespace) -> int:
    from publish import fonts, resources
    from publish.products import IMPOSE

    known = _layouts(asked)
    rows: list[tuple[str, str, str]] = []
    for name, product in known.products.items():
        form = "" if product.paged else f" ({product.format})"
        rows.append(("product", name, product.title + form))
        rows += [("  option", o.name, f"{o.title}: {o.choices}") for o in product.options]
    rows.append(
        ("option", IMPOSE.name, f"{IMPOSE.title}: {IMPOSE.choices} (of every PDF but panels)")
    )
    rows += [
        ("group", name, f"{group.title}: {', '.join(group.products)}")
        for name, group in known.groups.items()
    ]
    rows += [("paper", name, paper.title) for name, paper in known.papers.items()]
    rows += [("standard", name, standard.title) for name, standard in known.standards.items()]
    rows += [("form", name, known.form(name).title) for name in known.forms]
    rows += [
        ("font", str(face), f"{face.family}, {face.licence}")
        for face in fonts.load(resources.fonts_directory())
    ]
    rows += [("sample", name, str(path)) for name, path in resources.sample_seeds().items()]
    width = max(len(name) for _, name, _ in rows)
    for kind, name, title in rows:
        print(f"{kind:<9} {name:<{width}}  {title}")
    return Exit.BUILT


class _Progress:
    """Shows the step under way on a terminal; says nothing in a pipe."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._status: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status(self._name)
            self._status.start()
        return self

    def __call__(self, step: str) -> None:
        if self._status is not None:
            self._status.update(f"{self._name}: {step}")

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "cite": _cite,
    "deposit": _deposit,
    "verify": _verify,
    "list": _list,
}


def _run(asked: argparse.Namespace) -> int:
    code = _COMMANDS[asked.command](asked)
    sys.stdout.flush()  # here, where a closed pipe is caught, and not when Python ends
    return code


def _told(problem: PublishError) -> int:
    if isinstance(problem, FindingsError):
        for finding in problem.findings:
            _say(str(finding))
    faults = problem.faults if isinstance(problem, SourceError) else (problem,)
    for fault in faults:
        _say(str(fault), label="error")
    return problem.exit_code


def _say(line: str | Finding, label: str = "") -> None:
    """Print one line on standard error; the label in red on a terminal that wants colour (no-color.org)."""
    prefix = f"{label}: " if label else ""
    if label and sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        prefix = f"\033[31m{label}:\033[0m "
    print(f"{prefix}{' '.join(str(line).split())}", file=sys.stderr)
