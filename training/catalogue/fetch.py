"""Downloads pinned packages and unpacks them; nothing is installed or imported."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

LICENCES = {
    "apache": "Apache-2.0",
    "mit": "MIT",
    "bsd": "BSD",
}


@dataclass(frozen=True)
class Package:
    """An unpacked package."""

    name: str
    version: str
    root: Path

    def metadata(self) -> str:
        """The text of its METADATA or PKG-INFO file."""
        found = [*self.root.glob("*.dist-info/METADATA"), *self.root.glob("*/PKG-INFO")]
        return found[0].read_text(encoding="utf-8", errors="replace")

    @property
    def licence(self) -> str:
        """Its licence as an SPDX id (BSD for any of that family); an error if it is not a permissive one."""
        headers = HeaderParser().parsestr(self.metadata())
        classifiers = [text for text in headers.get_all("Classifier") or [] if text.startswith("License")]
        licences = [headers.get("License-Expression") or "", *classifiers, headers.get("License") or ""]
        text = " ".join(licences).lower()
        if "gpl" in text or "general public" in text:
            raise ValueError(f"{self.name} is under a copyleft licence: {text[:80]}")
        for word, spdx in LICENCES.items():
            if re.search(rf"\b{word}\b", text):
                return spdx
        raise ValueError(f"{self.name} states no permissive licence: {text[:80]}")

    @property
    def source(self) -> str:
        """Source note of the entries taken from it."""
        return f"{self.name} {self.version} ({self.licence})"


def pins(requirements: Path) -> list[tuple[str, str]]:
    """The pinned packages of a requirements file, as name and version."""
    lines = (line.split("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return [(name, version) for name, _, version in (line.partition("==") for line in lines if line)]


def unpack(archive: Path, into: Path) -> None:
    """Unpacks the text files of a wheel or source archive (no binaries, no media)."""
    skipped = {".so", ".js", ".css", ".png", ".jpg", ".gif", ".mp4", ".wav", ".svg", ".map", ".gz", ".npz", ".html"}
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(into, [name for name in wheel.namelist() if Path(name).suffix not in skipped])
    else:
        with tarfile.open(archive) as sdist:
            sdist.extractall(into, filter="data")


def fetch(name: str, version: str, cache: Path) -> Package:
    """Downloads one pinned package into the cache, unless it is there, and unpacks it."""
    root = cache / f"{name}-{version}"
    if not root.exists():
        downloads = cache / "downloads" / root.name
        downloads.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", str(downloads), f"{name}=={version}"], check=True)
        part = root.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        for archive in downloads.iterdir():
            unpack(archive, part)
        part.rename(root)
    return Package(name, version, root)
