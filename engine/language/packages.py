"""A blueprint folder and the packages it extends, as one tree of sections."""

from __future__ import annotations

from dataclasses import dataclass
from os.path import relpath
from pathlib import Path, PurePosixPath

from engine.language.checking import Checker
from engine.language.files import files_below
from engine.language.merging import joined, overlaid_maps
from engine.language.nodes import Entry, Mapping, Place, Scalar, Sequence
from engine.language.problem_kind import both
from engine.language.problems import Problems, nearest
from engine.language.source import SourceFile, read_folder
from engine.language.tables import Table, read_csv
from engine.language.versions import satisfies, version

_EXTENDS = Checker(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"id": {"type": "string"}, "path": {"type": "string"}, "version": {"type": "string"}},
            "additionalProperties": False,
        },
    }
)
_NO_VERSION = both("(none)", "（无）")


@dataclass(frozen=True, slots=True)
class Package:
    """One folder, read: `root` holds the sections of its files, `prefix` stands before the names of its files."""

    id: str
    version: str | None
    folder: Path
    prefix: str
    files: tuple[SourceFile, ...]
    root: Mapping


@dataclass(frozen=True, slots=True)
class Sources:
    """A blueprint with all it extends: the packages, bases first, and their sections laid over each other."""

    root: Mapping
    packages: tuple[Package, ...]

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return tuple(file for package in self.packages for file in package.files)


def resolve(folder: Path, problems: Problems) -> Sources:
    """Read `folder` (or one file) and the packages it extends, found in its own or its parent folder."""
    resolver = _Resolver(folder, problems)
    resolver.add(folder, ())
    packages = tuple(package for package in resolver.packages.values() if package is not None)
    root = packages[-1].root
    for package in reversed(packages[:-1]):
        root = overlaid_maps(package.root.without("extends").without("blueprint"), root)
    return Sources(root, packages)


class _Resolver:
    def __init__(self, folder: Path, problems: Problems) -> None:
        self.problems = problems
        self.home = (folder.parent if folder.is_file() else folder).resolve()
        self.packages: dict[Path, Package | None] = {}

    def add(self, folder: Path, above: tuple[Path, ...]) -> Package:
        """Read a package after the ones it extends, each once."""
        where = folder.resolve()
        package = _read(folder, self.prefix(where, folder), self.problems)
        extends = package.root.get("extends")
        if extends is not None and _EXTENDS.check(extends, self.problems) and isinstance(extends, Sequence):
            for item in extends.items:
                if isinstance(item, Mapping):
                    self.extend(item, package, (*above, where))
        self.packages[where] = package
        return package

    def prefix(self, where: Path, folder: Path) -> str:
        return (
            "" if folder.is_file() or where == self.home else PurePosixPath(relpath(where, self.home)).as_posix() + "/"
        )

    def extend(self, item: Mapping, package: Package, above: tuple[Path, ...]) -> None:
        folder = self.find(item, package)
        if folder is None:
            return
        if folder in above:
            ring = " > ".join(path.name for path in (*above[above.index(folder) :], folder))
            self.problems.add("E143", item.place, ring=ring)
            return
        base = self.packages.get(folder) or self.add(folder, above)
        wanted = item.get("version")
        if isinstance(wanted, Scalar):
            _compare(base, wanted, self.problems)

    def find(self, item: Mapping, package: Package) -> Path | None:
        name, path = item.get("id"), item.get("path")
        if isinstance(name, Scalar) == isinstance(path, Scalar):
            self.problems.add("E146", item.place)
            return None
        own = package.folder.parent if package.folder.is_file() else package.folder
        if isinstance(path, Scalar):
            return self.allowed(own / path.text, path, package.folder)
        if isinstance(name, Scalar):
            return self.allowed(own.resolve().parent / name.text, name, package.folder)
        return None

    def allowed(self, folder: Path, written: Scalar, above: Path) -> Path | None:
        """The folder, if it exists beside the blueprint and is no part of the package `above` that names it."""
        try:
            where = folder.resolve()
            exists = where.is_dir()
        except (OSError, ValueError, RuntimeError):
            where, exists = self.home, False
        top = self.home.parent
        if not where.is_relative_to(top) or where == top:
            self.problems.add("E120", written.place, length=written.width, path=written.text)
            return None
        if above.is_dir() and above.resolve() in where.parents:
            self.problems.add("E147", written.place, length=written.width, path=written.text)
            return None
        if not exists:
            near = nearest(written.text, (path.name for path in top.iterdir() if path.is_dir()))
            self.problems.add("E141", written.place, near=near, length=written.width, name=written.text)
            return None
        return where


def _read(folder: Path, prefix: str, problems: Problems) -> Package:
    files = read_folder(folder, problems, prefix=prefix)
    start = Place(files[0].name if files else prefix + folder.name, 1, 1)
    roots = [file.root for file in files]
    roots += [_as_demo(table) for table in _tables(folder, prefix, problems)]
    root = joined(roots, start, problems)
    head = root.get("blueprint")
    return Package(
        id=_text(head, "id") or folder.name,
        version=_text(head, "version"),
        folder=folder,
        prefix=prefix,
        files=files,
        root=root,
    )


def _tables(folder: Path, prefix: str, problems: Problems) -> list[Table]:
    if not (folder / "demo").is_dir():
        return []
    names = [f"demo/{name}" for name in files_below(folder / "demo", ".csv", problems, prefix=f"{prefix}demo/")]
    read = [read_csv(folder / name, prefix + name, problems) for name in names]
    return [table for table in read if table is not None]


def _as_demo(table: Table) -> Mapping:
    place = table.rows.place
    entity = Mapping(place, (Entry(Scalar(place, table.entity), table.rows),))
    return Mapping(place, (Entry(Scalar(place, "demo"), entity),))


def _text(head: object, key: str) -> str | None:
    value = head.get(key) if isinstance(head, Mapping) else None
    return value.text if isinstance(value, Scalar) and not value.missing else None


def _compare(base: Package, wanted: Scalar, problems: Problems) -> None:
    """Does the package that was found lie in the range that is wanted."""
    head = base.root.get("blueprint")
    written = head.get("version") if isinstance(head, Mapping) else None
    found = version(base.version or "0.0.0")
    if found is None and isinstance(written, Scalar):
        problems.add("E145", written.place, length=written.width, text=written.text)
        return
    try:
        fits = satisfies(found or (0, 0, 0), wanted.text)
    except ValueError:
        problems.add("E144", wanted.place, length=wanted.width, text=wanted.text)
        return
    if base.version is None or not fits:
        values = {"name": base.id, "found": base.version or _NO_VERSION, "wanted": wanted.text}
        problems.note("E142", wanted.place, values, length=wanted.width)
