"""No writer goes around the gate: every place in the source that writes, and every command, is known."""

import ast
import inspect
import typing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.dossier.opening import init_dossier, open_dossier

ROOT = Path(__file__).parents[1]
#: the gate stands at these
GATES = {"new_file", "kept_file", "record_issue", "issue", "result_sink"}
#: calls that write, by their last name
WRITING = {
    "write_text", "write_bytes", "to_csv", "to_parquet", "to_file", "to_excel", "write_arrow", "mkstemp",
    "copy2", "copyfile", "copytree", "move", "writeAsVectorFormatV3", "exportToPdf", "savefig",
    "NamedTemporaryFile",
}  # fmt: skip
#: module: function -> why it may write without a gate of its own
KNOWN = {
    "src/atlas/dossier/migration.py": "the copy that a migration makes beside its dossier",
    "src/atlas/flows/team_outputs.py:write_sheets_as_one": "given a path beside by `record_issue`",
    "src/atlas/flows/updating.py:_checked_text": "a temporary folder",
    "src/atlas/geo/reading/bag_members.py:_inner": "a temporary folder",
    "src/atlas/geo/reading/vector_sources.py:_unpack": "a temporary folder",
    "src/atlas/geo/reading/reading_process.py:_main": "the pipe to the process that asked",
    "src/atlas/store/workbook_sizes.py:_without_rows": "in memory",
    "src/atlas/store/list_template.py:write_template": "given a path beside by its caller",
    "src/atlas/store/spreadsheets.py": "given a path beside by its caller",
    "src/atlas/store/records_export.py:_write_geojson": "given a path beside by `record_issue`",
    "src/atlas/sheet/writing.py:_png": "in memory",
    "src/atlas/sheet/picture.py:_saved": "in memory",
    "src/atlas/store/memo_files.py:_same_bytes": "in memory",
    "qgis_plugin/printing/pdf.py": "given a path beside by its caller",
    "qgis_plugin/printing/project_layout.py:_write": "given a path beside by `add_layout`",
    "src/atlas/jobs/field_return.py:_unpack_member": "a temporary folder beside the package",
    "src/atlas/jobs/field_package.py:_zip": "given a path beside by `issue_released`",
    "qgis_plugin/project/dossier_project.py:_repack": "given a path beside by `kept_file`",
}
#: who keeps files of the atlas's own, in a place that no user chose
KEEPERS = {
    "src/atlas/dossier/erasure_order.py": "what of a dossier must still be searched and erased",
    "src/atlas/dossier/seal.py": "which files of a dossier were looked through",
    "src/atlas/dossier/journal.py": "the journal of a dossier",
    "src/atlas/dossier/migration.py": "a layer that a version adds to a dossier",
    "src/atlas/dossier/protected_tables.py": "the protected tables of a dossier and their key",
    "src/atlas/dossier/opening.py": "a new dossier, in a folder that is checked",
    "qgis_plugin/project/dossier_project.py": "the project of a dossier",
    "src/atlas/jobs/field_return.py": "photos that come back into a dossier",
    "qgis_plugin/layers/choropleth.py": "the data of the open project's own maps, beside it",
}


def modules():
    for folder in ("src/atlas", "qgis_plugin"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def name_of(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def writes(call):
    """Whether a call writes a file: by its name, or opening with a mode that writes."""
    name = name_of(call)
    if name in WRITING:
        return True
    if name not in {"open", "ZipFile", "fdopen"}:
        return False
    texts = [
        node.value
        for node in (*call.args, *(keyword.value for keyword in call.keywords))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return any(set(text) <= set("rwxab+t") and set(text) & set("wxa+") for text in texts)


def ungated(node, function="", *, gated=False):
    """(function, line) of every call that writes and is not in a block of a gate."""
    for child in ast.iter_child_nodes(node):
        inside, within = gated, function
        if isinstance(child, ast.FunctionDef):
            inside, within = False, child.name
        elif isinstance(child, ast.With):
            calls = [one for item in child.items for one in ast.walk(item) if isinstance(one, ast.Call)]
            inside = gated or any(name_of(one) in GATES for one in calls)
        elif isinstance(child, ast.Call) and writes(child) and not gated:
            chain = [one for one in ast.walk(child) if isinstance(one, ast.Call)]
            if not any(name_of(one) in GATES for one in chain):
                yield function, child.lineno
        yield from ungated(child, within, gated=inside)


def test_every_call_that_writes_stands_at_the_gate_or_is_known():
    around, seen = [], set()
    for path in modules():
        module = path.relative_to(ROOT).as_posix()
        for function, line in ungated(ast.parse(path.read_text(encoding="utf-8"))):
            known = {module, f"{module}:{function}"} & set(KNOWN)
            seen |= known
            if not known:
                around.append(f"{module}:{line} in {function}")
    assert around == []
    assert seen == set(KNOWN), "a known writer no longer writes"


def test_only_keepers_go_without_the_question():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and name_of(node) == "kept_file"
    }
    assert found == set(KEEPERS)


#: parameters of the command that are written, and the dossier, which has words of its own
OUTPUTS = {"output", "report", "out", "solution"}
#: commands that write in the dossier they are given, and nowhere else
IN_DOSSIER = {
    f"objects {one}"
    for one in (
        "init",
        "migrate",
        "check",
        "conclude",
        "settle",
        "expire",
        "return",
        "correct",
        "erase",
    )
}
#: commands that only read
READING = {"audit", "visits check", "sentence", "compare"}
FILLED = {
    "level": "gemeente", "key": "gemeente", "value": "aantal", "purpose": "proef", "gemeente": "Assen",
    "user": "proef", "weight": "w", "region_from": "postcode", "region_column": "g",
    "figure": "zorgen", "area": "Noord-Drenthe",
}  # fmt: skip


#: what a command writes, when it is no table
SUFFIXES = {
    "raster density": ".tif", "raster remoteness": ".tif", "objects package": ".zip", "visits plan": ".json",
    "objects access": ".docx", "panel figures": ".toml", "panel questions": ".toml",
    "picture": ".png", "slide": ".pptx",
}  # fmt: skip


def commands(group, before=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


COMMANDS = dict(commands(typer.main.get_command(app)))


def paths(command):
    """The parameters that are a path, by their annotation: the commands of typer no longer say so."""
    hints = typing.get_type_hints(inspect.unwrap(command.callback))
    return [one for one in command.params if Path in {hints[one.name], *_inside(hints[one.name])}]


def _inside(hint):
    return {part for one in typing.get_args(hint) for part in (one, *typing.get_args(one))}


def outputs():
    for name, command in COMMANDS.items():
        for parameter in paths(command):
            if parameter.name in OUTPUTS:
                yield name, parameter.name


def test_every_command_that_takes_a_path_is_tried_below():
    tried = {name for name, _parameter in outputs()}
    assert {name for name, command in COMMANDS.items() if paths(command)} - tried == IN_DOSSIER | READING


def arguments(command, given):
    for parameter in command.params:
        value = given.get(parameter.name, FILLED.get(parameter.name))
        if value is None:
            continue
        if not parameter.opts[0].startswith("-"):
            yield str(value)
        else:
            yield from (parameter.opts[0], str(value))


@pytest.mark.parametrize(("name", "output"), list(outputs()))
def test_no_command_writes_on_its_input_or_in_a_dossier(tmp_path, name, output):
    command = COMMANDS[name]
    dossier = tmp_path / "dossier"
    init_dossier(dossier, fictitious=True)
    open_dossier(dossier)  # looked through once: opening it again changes nothing
    suffix = SUFFIXES.get(name, ".csv") if output in {"output", "solution"} else ".csv"
    given = {}
    for parameter in paths(command):
        if parameter.name in {"folder", "dossier"}:
            given[parameter.name] = dossier
        elif parameter.name not in OUTPUTS:
            given[parameter.name] = tmp_path / f"{parameter.name}{suffix}"
            given[parameter.name].write_text("gemeente;aantal\nAssen;1\n", encoding="utf-8")
        elif parameter.name != "out":
            given[parameter.name] = tmp_path / f"uit_{parameter.name}{suffix}"
    if "config" in given:
        given["config"].write_text("", encoding="utf-8")
    wrong = [dossier, dossier / "nieuw"] if output == "out" else [
        dossier / "leegstand_object.gpkg", dossier / f"nieuw{suffix}",
        *(path for key, path in given.items() if key not in OUTPUTS and path.is_file()),
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for place in wrong:
        done = CliRunner().invoke(app, [*name.split(), *arguments(command, {**given, output: place})])
        assert done.exit_code == 1, (place, done.output)
        assert "dossier" in done.output or "de invoer vervangen" in done.output, (place, done.output)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
