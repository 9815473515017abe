"""Brings the browser libraries into the package: by name with `npm pack`, cut to what is used, recorded with version, hash and licence.

Run by a developer who changes a version below: `python scripts/vendor_assets.py`. Nothing of it runs at a user's.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SHIPPED = REPOSITORY / "src/mainstay/web/static/mainstay/vendor"
FOR_TESTS = REPOSITORY / "tests/web/axe"
RECORD = "VENDORED.toml"

TABLER, HTMX, ECHARTS = "@tabler/core@1.6.1", "htmx.org@4.0.1", "echarts@6.1.0"
FONT, ICONS, AXE = "@fontsource-variable/ibm-plex-sans@5.3.0", "@tabler/icons@3.51.0", "axe-core@4.14.1"

# fmt: off
ICON_NAMES = [
    "adjustments", "alert-octagon", "alert-triangle", "arrow-down", "arrow-narrow-right", "arrow-up", "ban", "bell", "bookmark", "bulb",
    "calendar", "calendar-event", "camera", "chart-bar", "chart-line", "check", "chevron-down", "chevron-left", "chevron-right",
    "chevron-up", "circle-check", "clock", "coin", "columns", "copy", "dots", "download", "external-link", "eye", "eye-off",
    "file-export", "file-import", "file-text", "filter", "flag", "gavel", "git-compare", "git-merge", "help", "hierarchy", "history",
    "home", "info-circle", "keyboard", "layout-rows", "link", "list-check", "lock", "logout", "menu-2", "message", "minus", "moon",
    "paperclip", "pencil", "player-stop", "plus", "printer", "refresh", "route", "scale", "search", "settings", "shield-check",
    "sitemap", "star", "sun", "target", "timeline", "trash", "unlink", "upload", "user", "users", "x",
]
# fmt: on


@dataclass(frozen=True)
class Asset:
    """One file kept from a package."""

    package: str
    path: str
    bytes: bytes


def unpack(package: str, into: Path) -> tuple[Path, str, dict[str, str]]:
    """Fetch `package`; return its folder, the hash of its archive and its manifest."""
    folder = into / re.sub(r"\W+", "-", package)
    folder.mkdir()
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed. Install Node.js to change the browser libraries.")
    made = subprocess.run([npm, "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603  # npm, with a name from the list above
    archive = folder / made.stdout.split()[-1]
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    manifest = json.loads((folder / "package/package.json").read_text())
    return folder / "package", hashlib.sha256(archive.read_bytes()).hexdigest(), manifest


def without_source_map(text: str) -> bytes:
    """The manifest storage refuses a comment that names a map which is not there."""
    return re.sub(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*", "\n", text).strip().encode() + b"\n"


def css_rules(text: str) -> list[tuple[str, str]]:
    """The top-level rules of a minified stylesheet as (selector, body)."""
    rules, start, depth, opened = [], 0, 0, 0
    for at, sign in enumerate(text):
        if sign == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if depth == 0:
                rules.append((text[start:opened].strip(), text[opened + 1 : at]))
                start = at + 1
    return rules


def reset_of(tabler: str) -> bytes:
    """Tabler's reset: its rules for bare elements and for text that is only spoken. What reads its theme is left out; ours replaces it."""
    banner = re.search(r"/\*!.*?\*/", tabler, flags=re.DOTALL)
    text = re.sub(r"/\*.*?\*/", "", tabler.replace('@charset "UTF-8";', ""), flags=re.DOTALL)
    bare = re.compile(r"(?!body|.*(:root|scrollbar|data-vc))[a-z0-9*:()\[\]=\"'> ,+~-]+")
    kept = [
        f"{head}{{{body}}}"
        for head, body in css_rules(text)
        if "--tblr" not in body and (bare.fullmatch(head) or head.startswith(".visually-hidden"))
    ]
    note = "/* Cut from @tabler/core by scripts/vendor_assets.py. */"
    return "\n".join([banner.group() if banner else "", note, "@layer tabler {", *kept, "}", ""]).encode()


def sprite_of(icons: Path) -> bytes:
    """The chosen outline icons as symbols of one file."""
    symbols = []
    for name in ICON_NAMES:
        drawn = re.sub(r"<!--.*?-->", "", (icons / f"icons/outline/{name}.svg").read_text(), flags=re.DOTALL)
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawn, flags=re.DOTALL)
        if inner is None:
            raise SystemExit(f"The icon {name} is not drawn as expected. Look at it in the package, or leave it out.")
        shapes = re.sub(r"\s*\n\s*", "", re.sub(r'<path stroke="none"[^>]*/>', "", inner.group(1)))
        stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" {stroke}>{shapes}</symbol>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Chosen from @tabler/icons by scripts/vendor_assets.py. MIT. -->\n'
        + "\n".join(symbols)
        + "\n</svg>\n"
    ).encode()


def assets_of(package: str, folder: Path) -> list[Asset]:
    """What is kept of each package."""

    def kept(source: str, target: str) -> Asset:
        raw = (folder / source).read_bytes()
        return Asset(package, target, without_source_map(raw.decode()) if target.endswith((".js", ".css")) else raw)

    match package:
        case _ if package == TABLER:
            return [Asset(package, "tabler-reset.css", reset_of((folder / "dist/css/tabler.min.css").read_text()))]
        case _ if package == HTMX:
            return [kept("dist/htmx.min.js", "htmx.min.js"), kept("LICENSE", "LICENSE.htmx")]
        case _ if package == ECHARTS:
            return [
                kept("dist/echarts.common.min.js", "echarts.common.min.js"),
                kept("LICENSE", "LICENSE.echarts"),
                kept("NOTICE", "NOTICE.echarts"),
            ]
        case _ if package == FONT:
            parts = ("latin-wght-normal", "latin-ext-wght-normal")
            return [
                *(kept(f"files/ibm-plex-sans-{part}.woff2", f"ibm-plex-sans-{part}.woff2") for part in parts),
                kept("LICENSE", "LICENSE.ibm-plex-sans"),
            ]
        case _ if package == ICONS:
            return [Asset(package, "icons.svg", sprite_of(folder)), kept("LICENSE", "LICENSE.tabler-icons")]
        case _:
            return [kept("axe.min.js", "axe.min.js"), kept("LICENSE", "LICENSE.axe-core")]


def record(packages: list[tuple[str, str, dict[str, str]]], assets: list[Asset]) -> str:
    """The record as TOML: each package with its licence and archive hash, each file with its own hash."""
    lines = ["# Written by scripts/vendor_assets.py; do not edit."]
    for package, digest, manifest in packages:
        lines += [
            "",
            "[[package]]",
            f'name = "{manifest["name"]}"',
            f'version = "{manifest["version"]}"',
            f'licence = "{manifest["license"]}"',
            f'archive_sha256 = "{digest}"',
        ]
        for asset in assets:
            if asset.package == package:
                lines += ["[[package.file]]", f'path = "{asset.path}"', f'sha256 = "{hashlib.sha256(asset.bytes).hexdigest()}"']
    return "\n".join(lines) + "\n"


def vendor(target: Path, packages: tuple[str, ...]) -> None:
    """Replace what stands in `target` by what the packages hold now."""
    with tempfile.TemporaryDirectory() as scratch:
        facts, assets = [], []
        for package in packages:
            folder, digest, manifest = unpack(package, Path(scratch))
            facts.append((package, digest, manifest))
            assets += assets_of(package, folder)
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    for asset in assets:
        (target / asset.path).write_bytes(asset.bytes)
    (target / RECORD).write_text(record(facts, assets))


if __name__ == "__main__":
    vendor(SHIPPED, (TABLER, HTMX, ECHARTS, FONT, ICONS))
    vendor(FOR_TESTS, (AXE,))
