"""Plugins of installed packages: those of docs/plugins.md do what the page says, and a faulty one harms nothing else."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.errors import UsageError
from analysis.importers import import_results
from analysis.importers.record import Given
from analysis.plugins import PluginError, _told, registered
from claimgauge.api import ask, plot
from claimgauge.cli import cli
from claims.readers import read_report
from reports.answers import schema

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`([\w.]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
REPORT, SCORES, COMMANDS = re.findall(r"^```\n(.*?)^```", PAGE.partition("## Used")[2], re.MULTILINE | re.DOTALL)

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a distribution on the path: its modules, and the folder with its name, version and entry points."""
    folder = tmp_path / "installed"
    before = set(sys.modules)

    def installed(
        name: str, entry_points: dict[str, dict[str, str]], modules: dict[str, str], version: str = "0.1"
    ) -> None:
        about = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        groups = (
            f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in entries.items())
            for group, entries in entry_points.items()
        )
        (about / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
        for file, text in modules.items():
            (folder / file).write_text(text, encoding="utf-8")
        registered.cache_clear()

    monkeypatch.syspath_prepend(folder)
    monkeypatch.chdir(tmp_path)
    _told.cache_clear()
    yield installed
    registered.cache_clear()
    for module in set(sys.modules) - before:
        if str(folder) in str(getattr(sys.modules[module], "__file__", "")):
            del sys.modules[module]


@pytest.fixture
def extras(install: Install, tmp_path: Path) -> None:
    """The package of the page, with its report and its scores beside it."""
    project = tomllib.loads(FILES["pyproject.toml"])["project"]
    modules = {name: text for name, text in FILES.items() if name.endswith(".py")}
    install(project["name"], project["entry-points"], modules, project["version"])
    (tmp_path / "report.adoc").write_text(REPORT, encoding="utf-8")
    (tmp_path / "scores.lines").write_text(SCORES, encoding="utf-8")


def called(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--no-config", *arguments])


@pytest.mark.usefixtures("extras")
def test_a_report_that_a_plugin_read_says_so_in_its_findings(tmp_path: Path) -> None:
    done = called("verify", "report.adoc", "--out", "out")
    assert done.exit_code == 0, done.output
    [report] = json.loads((tmp_path / "out" / "verdicts.json").read_text(encoding="utf-8"))["reports"]
    [claim] = report["claims"]
    assert (claim["text"], claim["verdict"]) == ("MNLI has 392,702 training examples.", "supported")
    assert [f["message"] for f in report["findings"] if f["code"] == "read-by-plugin"] == [
        "The file was read as asciidoc by a plugin, gauge-extras 0.1."
    ]
    assert "gauge-extras 0.1" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("extras")
def test_scores_that_a_plugin_read_bear_its_name() -> None:
    done = import_results([Path("scores.lines")], given=Given(split="test"))
    assert list(done.table["score"]) == [71.2, 88.7]
    assert done.formats == {"scores.lines": "score-lines"}
    assert all(source.endswith("read by gauge-extras 0.1") for source in done.table["source"])
    assert "scores.lines: read as score-lines by a plugin, gauge-extras 0.1" in done.notes
    with pytest.raises(UsageError, match=r"repetitions, .*score-lines, table"):
        import_results([Path("scores.lines")], format_name="lines")


@pytest.mark.usefixtures("extras")
def test_a_question_of_a_plugin_is_asked_like_any_other(tmp_path: Path) -> None:
    lines = [line + f",{seed},{80 + seed}\n" for line in ["m,none,xnli,en,test,accuracy"] for seed in (1, 3)]
    head = "model,intermediate,target,language,split,metric,seed,score\n"
    (tmp_path / "runs.csv").write_text(head + "".join(lines), encoding="utf-8")
    listed = called("analyze", "--help")
    assert re.search(r"^  seeds +How far do seeds", listed.output, re.MULTILINE)
    assert "From a plugin, gauge-extras 0.1." in called("analyze", "seeds", "--help").output
    done = called("analyze", "seeds", "runs.csv", "--most", "1.5", "--json")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (record["says"], record["asked"]["plugin"]) == ("no", "gauge-extras 0.1")
    assert record["asked"]["options"]["most"] == 1.5
    assert record["question"].endswith("(asked by a plugin, gauge-extras 0.1)")
    assert set(record["asked"]) <= set(schema()["properties"]["asked"]["properties"])
    assert ask.seeds("runs.csv").says == "yes"
    assert ask.seeds("runs.csv", level=0.9).answer.provenance == ("imported",)
    done = called("analyze", "seeds", "runs.csv", "--level", "0.9", "--json")
    assert json.loads(done.stdout)["asked"]["options"]["level"] == 0.9
    assert isinstance(called("analyze", "seeds", "runs.csv", "--level", "2").exception, UsageError)


@pytest.mark.usefixtures("extras")
def test_a_question_of_a_plugin_has_its_section_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "runs.csv").write_text(
        "model,intermediate,target,language,split,metric,seed,score\n"
        "m,none,xnli,en,test,accuracy,1,81\nm,none,xnli,en,test,accuracy,3,83\n",
        encoding="utf-8",
    )
    settings = tmp_path / "claimgauge.toml"
    asked = ("--config", str(settings), "analyze", "seeds", "runs.csv", "--json")
    settings.write_text("[analyze.seeds]\nmost = 1.5\n", encoding="utf-8")
    done = CliRunner().invoke(cli, asked)
    assert json.loads(done.stdout)["asked"]["options"]["most"] == 1.5
    assert "sets most = 1.5" in done.stderr
    for section, said in (
        ("[analyze.seeds]\nmots = 1.5", "[analyze seeds] has no option 'mots'; did you mean 'most'?"),
        ("[analyze.seds]\nmost = 1.5", "[analyze] has no option 'seds'; did you mean 'seeds'?"),
    ):
        settings.write_text(section, encoding="utf-8")
        failed = CliRunner().invoke(cli, asked)
        assert (failed.exit_code, said in failed.output) == (2, True), failed.output


@pytest.mark.usefixtures("extras")
def test_a_figure_of_a_plugin_is_signed() -> None:
    scores = import_results([Path("scores.lines")], given=Given(split="test")).table
    figure = plot.histogram(scores, bins=3)
    assert [text.get_text() for text in figure.texts] == ["drawn by a plugin, gauge-extras 0.1"]
    scores.to_csv("scores.csv", index=False)
    done = called("plot", "histogram", "scores.csv", "-o", "h.svg", "--json")
    assert json.loads(done.stdout)["plugin"] == "gauge-extras 0.1"
    assert "histogram" in called("plot", "--help").output


@pytest.mark.usefixtures("extras")
def test_the_doctor_names_plugins() -> None:
    assert "ok   plugin asciidoc (readers): gauge-extras 0.1" in called("doctor").output


GROUPS = {
    "claimgauge.readers": {"odd": "odd_things"},
    "claimgauge.importers": {"odd": "odd_things"},
    "claimgauge.questions": {"odd": "odd_things"},
    "claimgauge.figures": {"odd": "odd_things"},
}
ODD = {
    "does not load": "import nothing_of_this_name",
    "does not load ": "raise RuntimeError",
    "has no": "",
}


@pytest.mark.parametrize("fault", ODD)
def test_a_plugin_that_does_not_load_is_named_with_the_remedy_and_the_rest_goes_on(
    fault: str, install: Install, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    install("odd-things", GROUPS, {"odd_things.py": ODD[fault]})
    (tmp_path / "report.txt").write_text(REPORT.replace(":toc:\n", ""), encoding="utf-8")
    (tmp_path / "t.csv").write_text("Model,XNLI\nA,60.5\nB,58.4\n", encoding="utf-8")
    assert [claim.text for claim in read_report(tmp_path / "report.txt").claims] == [
        "MNLI has 392,702 training examples."
    ]
    assert (
        len(import_results([tmp_path / "t.csv"], given=Given(split="test", rows="model", columns="target")).table) == 2
    )
    for group in ("analyze", "plot"):
        assert called(group, "--help").exit_code == 0
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 4
    for kind in ("readers", "importers", "questions", "figures"):
        assert any(f"({kind}) of odd-things 0.1 {fault.strip()}" in line for line in told)
    assert all("pip uninstall odd-things" in line for line in told)
    for call in (
        ("analyze", "odd", "t.csv"),
        ("plot", "odd", "t.csv", "-o", "o.svg"),
        ("import", "t.csv", "-o", "o.csv", "--format", "odd"),
    ):
        failed = called(*call).exception
        assert isinstance(failed, PluginError)
        assert failed.exit_code == 4


def test_a_reader_that_fails_while_it_recognises_leaves_the_file_to_the_next(
    install: Install, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code = FILES["gauge_asciidoc.py"].replace("return re.match", "return 1 / 0 and re.match")
    install("odd-things", {"claimgauge.readers": {"asciidoc": "odd_asciidoc:LAYOUT"}}, {"odd_asciidoc.py": code})
    (tmp_path / "report.txt").write_text("- MNLI has 392,702 training examples.\n", encoding="utf-8")
    assert read_report(tmp_path / "report.txt").layout == "text"
    [told] = caplog.records
    assert "odd-things 0.1 failed (ZeroDivisionError" in told.getMessage()


def test_a_reader_that_fails_while_it_reads_is_an_error_of_its_package(install: Install, tmp_path: Path) -> None:
    code = FILES["gauge_asciidoc.py"].replace("yield re.sub", "yield 1 / 0 or re.sub")
    install("odd-things", {"claimgauge.readers": {"asciidoc": "odd_asciidoc:LAYOUT"}}, {"odd_asciidoc.py": code})
    (tmp_path / "report.adoc").write_text(REPORT, encoding="utf-8")
    with pytest.raises(PluginError, match=r"'asciidoc' \(readers\) of odd-things 0.1 failed"):
        read_report(tmp_path / "report.adoc")


def test_a_reader_of_binary_files_is_asked_where_a_file_is_no_text(install: Install, tmp_path: Path) -> None:
    code = FILES["gauge_asciidoc.py"].replace("re.match(", "source.data.startswith(b'\\x89PNG') or re.match(").replace(
        'yield re.sub(', 'yield "- MNLI has 392,702 training examples." or re.sub('
    )  # fmt: skip
    install("odd-things", {"claimgauge.readers": {"picture": "odd_pictures:LAYOUT"}}, {"odd_pictures.py": code})
    (tmp_path / "report.png").write_bytes(b"\x89PNG and more")
    report = read_report(tmp_path / "report.png")
    assert (report.layout, report.read_by, len(report.claims)) == ("picture", "odd-things 0.1", 1)


def test_a_name_that_is_taken_is_left_out_and_said_so(
    install: Install, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = FILES["gauge_lines.py"]
    taken = {"claimgauge.questions": {"cost": "odd_things"}, "claimgauge.importers": {"lines": "odd_things"}}
    install("odd-things", taken, {"odd_things.py": lines})
    install("even-things", {"claimgauge.importers": {"lines": "even_things"}}, {"even_things.py": lines})
    (tmp_path / "scores.lines").write_text(SCORES, encoding="utf-8")
    assert "Does the extra" not in called("analyze", "--help").output
    with pytest.raises(PluginError, match=r"of even-things 0.1 bears the name of one of odd-things 0.1"):
        import_results([tmp_path / "scores.lines"], given=Given(split="test"), format_name="lines")
    assert any(
        "'cost' (questions) of odd-things 0.1 bears a name that claimgauge has" in r.getMessage()
        for r in caplog.records
    )


def test_checking_a_claim_or_a_report_in_markdown_lists_no_plugin(install: Install, tmp_path: Path) -> None:
    install("odd-things", GROUPS, {"odd_things.py": "raise RuntimeError"})
    (tmp_path / "report.md").write_text("- MNLI has 392,702 training examples.\n", encoding="utf-8")
    assert called("verify", "report.md").exit_code == 0
    assert called("--help").exit_code == 0
    assert registered.cache_info().currsize == 0
