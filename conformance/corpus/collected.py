"""What libraries wrote: kept in `files/ENVIRONMENT.tar.xz`, or, above `LARGEST` bytes, only by its digest."""

import io
import lzma
import pathlib
import tarfile

from . import manifest
from .case import Case

FILES = pathlib.Path(__file__).parent / "files"
LARGEST = 64 * 1024


def collect(environment, folder):
    """Takes the files of an environment in the place of those that it had."""
    folder = pathlib.Path(folder)
    cases = {}
    for line in (folder / f"{environment}.tsv").read_text().splitlines():
        name, family, mechanism, made_by = line.split("\t")
        cases[made_by, name] = Case(name, "benign", family, mechanism, f"environments/{environment}.txt", content_of(folder / name))
    small = [case for case in cases.values() if case.size() <= LARGEST]
    (FILES / f"{environment}.tar.xz").write_bytes(packed(small))
    rows = [manifest.row_of(case) | {"made_by": made_by} for (made_by, _), case in cases.items()]
    manifest.replace(environment, rows)


def content_of(path):
    if path.is_dir():
        return {str(part.relative_to(path)): part.read_bytes() for part in sorted(path.rglob("*")) if part.is_file()}
    return path.read_bytes()


def packed(cases):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for case in sorted(cases, key=lambda case: case.name):
            parts = {f"{case.name}/{name}": part for name, part in case.content.items()} if isinstance(case.content, dict) else {case.name: case.content}
            for name, content in sorted(parts.items()):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return lzma.compress(out.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def unpack(folder, only):
    """Writes them below `folder`; 1 if one is not the manifest's."""
    wrong = 0
    rows = {row["name"]: row for row in manifest.read() if row["made_by"] != manifest.BY_HAND}
    for path in sorted(FILES.glob("*.tar.xz")):
        for name, content in contents(path).items():
            row = rows.get(name)
            case = Case(name, "benign", "", "", "", content)
            if only is not None and (row is None or row["family"] != only):
                continue
            case.write(folder)
            if row is None or row["sha256"] != case.digest():
                print(f"differs from the manifest: {name}")
                wrong = 1
    return wrong


def contents(path):
    """Names of the manifest and their bytes; a folder's files stand below its name."""
    names = {row["name"] for row in manifest.read()}
    made = {}
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member).read()
            folder = next((parent.as_posix() for parent in pathlib.PurePosixPath(member.name).parents if parent.as_posix() in names), None)
            if folder is None:
                made[member.name] = content
            else:
                made.setdefault(folder, {})[member.name[len(folder) + 1 :]] = content
    return made
