"""No writer goes around the gate: every place in the source that writes is known."""

import ast
from functools import cache
from pathlib import Path

import pytest

from atlas.dossier.handing_out import issue_released
from atlas.dossier.opening import init_dossier

ROOT = Path(__file__).parents[1]
#: the gate stands at these
GATES = {"new_file", "kept_file", "record_issue", "issue", "result_sink", "issue_stored"}
#: calls that write, by their last name
WRITING = {
    "write_text", "write_bytes", "to_csv", "to_parquet", "to_file", "to_excel", "write_arrow", "mkstemp",
    "copy2", "copyfile", "copytree", "move", "writeAsVectorFormatV3", "exportToPdf", "savefig",
    "NamedTemporaryFile",
}  # fmt: skip
#: module: function -> why it may write without a gate of its own
KNOWN = {
    "src/atlas/dossier/migration.py": "the copy that a migration makes beside its dossier",
    "src/atlas/dossier/issue_mark.py": "in a file beside, which `record_issue` made",
    "src/atlas/flows/team_outputs.py:write_sheets_as_one": "given a path beside by `record_issue`",
    "src/atlas/flows/updating.py:_checked_text": "a temporary folder",
    "src/atlas/geo/reading/bag_members.py:_inner": "a temporary folder",
    "src/atlas/geo/reading/vector_sources.py:_unpack": "a temporary folder",
    "src/atlas/geo/reading/reading_process.py:_main": "the pipe to the process that asked",
    "src/atlas/store/workbook_sizes.py:_without_rows": "in memory",
    "src/atlas/store/round_files.py": "given a path beside by `issue_released`",
    "src/atlas/sheet/route_sheet.py:write_route_sheet": "given a path beside by `issue_released`",
    "src/atlas/flows/round_files.py:write_sheet": "given a path beside by `issue_released`",
    "src/atlas/flows/field_project.py": "in the folder of a package, see `jobs.field_package`",
    "src/atlas/flows/visit_letters.py:write": "given a path beside by `issue_released` or `checked`",
    "src/atlas/store/list_template.py:write_template": "given a path beside by its caller",
    "src/atlas/store/spreadsheets.py": "given a path beside by its caller",
    "src/atlas/store/records_export.py:write_table_geojson": "given a path beside by `record_issue`",
    "src/atlas/flows/sealing.py:write_page": "given a path beside by `issue_released`; open pages ask",
    "src/atlas/flows/sealing.py:close_page": "given a path beside by `issue_released`",
    "src/atlas/sheet/writing.py:_png": "in memory",
    "src/atlas/sheet/picture.py:_saved": "in memory",
    "src/atlas/store/office_bytes.py": "in memory",
    "src/atlas/store/panel_workbook.py:write_panel_workbook": "given a path beside by its caller",
    "qgis_plugin/provider/plan_rounds.py:_by_command": "a temporary folder: keys and places",
    "qgis_plugin/printing/pdf.py": "given a path beside by its caller",
    "qgis_plugin/printing/project_layout.py:_write": "given a path beside by `add_layout`",
    "src/atlas/jobs/package_opening.py:_copied": "a temporary folder beside the package",
    "src/atlas/jobs/package_opening.py:_unpack_member": "a temporary folder beside the package",
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


#: every function with a gate in it: what it writes goes to no audience, because it is ...
WITHOUT_RELEASE = {
    "src/atlas/dossier/erasure_order.py:write_order": "a file of the dossier itself",
    "src/atlas/dossier/journal.py:write_journal": "a file of the dossier itself",
    "src/atlas/dossier/migration.py:migrate_dossier": "a file of the dossier itself",
    "src/atlas/dossier/opening.py:_put": "a file of the dossier itself",
    "src/atlas/dossier/seal.py:keep": "a file of the dossier itself",
    "src/atlas/dossier/protected_tables.py:_new_key": "a file of the dossier itself",
    "src/atlas/dossier/protected_tables.py:_keep": "a file of the dossier itself",
    "src/atlas/jobs/field_return.py:write": "photos that come back into the dossier",
    "qgis_plugin/project/dossier_project.py:_write": "the project of the dossier",
    "src/atlas/flows/demo.py:make_demo": "the made-up countryside",
    "src/atlas/flows/demo.py:_write_layer": "the made-up countryside",
    "src/atlas/flows/demo.py:_write_table": "the made-up countryside",
    "src/atlas/flows/demo_dossier.py:_import_visits": "the made-up countryside",
    "src/atlas/flows/demo_field.py:fill_package": "a made-up day in the field",
    "src/atlas/flows/importing.py:_write_report": "what became of the rows of the user's own file",
    "src/atlas/flows/joining.py:write_report": "what became of the rows of the user's own file",
    "src/atlas/flows/registers.py:_written": "a register, read and written again for the user",
    "src/atlas/flows/fetching.py:_write": "a published table, as the service gave it",
    "src/atlas/flows/updating.py:update_boundaries": "borders",
    "src/atlas/jobs/access.py:answer": "a letter to the person it is about: a right of its own",
    "src/atlas/jobs/intake_files.py:add_to_configuration": "what the user's own table says, for the user",
    "src/atlas/jobs/intake_files.py:save_mapping": "what the user's own table or list says, for the user",
    "src/atlas/flows/intake.py:write_empty_list": "a workbook without records",
    "src/atlas/flows/campaign_rounds.py:write_team_table": "a table without records",
    "src/atlas/flows/panel.py:_write_csv": "figures of the user's own panel, a table as one sends it in",
    "src/atlas/flows/panel.py:make_figures": "figures of the user's own panel",
    "src/atlas/flows/panel.py:write_workbook": "questions and figures that are in print",
    "src/atlas/flows/panel.py:write_draft": "a description of the user's own panel",
    "src/atlas/plan/travel.py:_keep": "travel times along public roads",
    "src/atlas/flows/visits.py:plan_rounds": "a plan of the problem that the user gave",
    "src/atlas/dossier/issue_register.py:record_issue": "gives a path to who has what was released",
}
#: ... or it hands what was released to one of the writers below, which take nothing else
HANDS_ON = {
    "src/atlas/flows/memo.py:write_picture", "src/atlas/jobs/handing_out.py:hand_out_list",
    "src/atlas/jobs/handing_out.py:hand_out_table",
    "src/atlas/jobs/rounds_out.py:hand_out_round", "src/atlas/flows/border_cases.py:write_border_cases",
    "src/atlas/flows/visit_letters.py:_write_for_team",
    "src/atlas/flows/building.py:_build_team_page",
    "src/atlas/flows/surfaces.py:make_density", "src/atlas/flows/zonal.py:make_zonal",
    "src/atlas/store/geopackage.py:save", "src/atlas/store/joined.py:_write_csv",
    "src/atlas/store/joined.py:_write_geojson", "src/atlas/sheet/writing.py:_write",
    "src/atlas/web/atlas_map.py:save",
    "qgis_plugin/layers/choropleth.py:_kept",
    "qgis_plugin/provider/export_page.py:_write_published",
    "qgis_plugin/provider/export_page.py:_write_for_team",
    "qgis_plugin/provider/export_page.py:_write_for_others",
    "qgis_plugin/provider/join_table.py:_report_sink", "qgis_plugin/provider/join_table.py:_write_areas",
    "qgis_plugin/provider/load_boundaries.py:carry_out", "qgis_plugin/provider/load_boundaries.py:_places",
    "qgis_plugin/provider/point_input.py:sink", "qgis_plugin/provider/report_table.py:write_report",
    "qgis_plugin/provider/printed_atlas.py:carry_out", "qgis_plugin/provider/team_figures.py:carry_out",
}  # fmt: skip
#: writers of a page, a file, a raster, a sheet or a package
TAKE_RELEASED = {
    "src/atlas/store/memo_files.py:write_figure_table", "src/atlas/store/memo_files.py:write_slide",
    "src/atlas/sheet/picture.py:draw_picture",
    "src/atlas/store/round_files.py:write_gpx", "src/atlas/store/round_files.py:write_ics",
    "src/atlas/store/round_files.py:write_round_geopackage", "src/atlas/jobs/field_package.py:_pack",
    "src/atlas/sheet/route_sheet.py:write_route_sheet", "src/atlas/web/route_page.py:route_page",
    "src/atlas/store/list_pdf.py:write_list_pdf", "src/atlas/store/list_xlsx.py:write_list_xlsx",
    "src/atlas/store/records_export.py:write_table_csv",
    "src/atlas/store/records_export.py:write_table_geojson",
    "src/atlas/store/records_export.py:write_table_geopackage",
    "src/atlas/store/records_export.py:write_table_xlsx",
    "src/atlas/jobs/handing_out.py:issue",
    "src/atlas/dossier/handing_out.py:issue_released", "src/atlas/flows/team_outputs.py:issued",
    "src/atlas/web/page/document.py:render", "src/atlas/web/atlas_map.py:__init__",
    "src/atlas/store/geopackage.py:write_atlas_geopackage", "src/atlas/store/joined.py:write_joined",
    "src/atlas/store/zonal_file.py:write_zonal", "src/atlas/sheet/writing.py:write_sheets",
    "src/atlas/geo/surfaces/surface_files.py:write_cog", "src/atlas/gpkg/atlas_file.py:atlas_sheets",
    "src/atlas/gpkg/atlas_file.py:atlas_items",
    "qgis_plugin/gate.py:issue", "qgis_plugin/protected_page.py:issue_stored",
    "qgis_plugin/layers/result_sink.py:result_sink",
    "qgis_plugin/layers/choropleth.py:show", "qgis_plugin/provider/choropleth.py:write_map",
    "qgis_plugin/printing/pdf.py:write_pdf", "qgis_plugin/printing/project_layout.py:add_layout",
    "qgis_plugin/printing/object_layer.py:object_layer",
}  # fmt: skip
#: who may say that what it writes holds no record and no count of one
OPEN = {
    "src/atlas/core/joining/joined.py": "the user's own table, joined",
    "src/atlas/flows/surfaces.py": "distances to dwellings of the public BAG",
    "src/atlas/flows/zonal.py": "what a raster of those amounts to",
    "qgis_plugin/layers/result_sink.py": "the user's own layers, borders, reports",
}


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules():
    folders = ("src/atlas", "qgis_plugin")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


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
        for function, line in ungated(parsed(path)):
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
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and name_of(node) == "kept_file"
    }
    assert found == set(KEEPERS)


@cache
def functions():
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{node.name}", node)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
    ]


def takes_released(function):
    annotated = (one.annotation for one in (*function.args.args, *function.args.kwonlyargs))
    return any(one is not None and ast.unparse(one).startswith("Released[") for one in annotated)


def calls_of(function):
    return {name_of(one) for one in ast.walk(function) if isinstance(one, ast.Call)}


def test_every_writer_takes_what_was_released_and_nothing_else():
    gates = GATES | {"issue_released", "issued"}
    at_a_gate = {name for name, function in functions() if calls_of(function) & gates}
    taking = {name for name, function in functions() if takes_released(function)}
    assert taking >= TAKE_RELEASED
    assert at_a_gate - taking == WITHOUT_RELEASE.keys() | HANDS_ON
    for name, function in functions():
        if name in TAKE_RELEASED:
            opens = {"content_of"} | {one.rpartition(":")[2] for one in TAKE_RELEASED} | {"issue_released"}
            assert calls_of(function) & opens, f"{name} never asks whether it was released"


def test_only_the_room_of_disclosure_releases():
    by, opening = set(), set()
    for path in modules():
        module = path.relative_to(ROOT).as_posix()
        tree = parsed(path)
        calls = {name_of(one) for one in ast.walk(tree) if isinstance(one, ast.Call)}
        names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        by |= {module} if "MADE_HERE" in names or "Released" in calls else set()
        opening |= {module} if "release_open" in calls else set()
    assert by == {f"src/atlas/core/disclosure/{name}.py" for name in ("figures", "records", "released")}
    assert opening == OPEN.keys()


@pytest.mark.parametrize("given", [{}, None, [], "tekst"])
def test_a_writer_refuses_what_was_not_released(tmp_path, given):
    from atlas.geo.surfaces.surface_files import write_cog
    from atlas.gpkg.atlas_file import atlas_items, atlas_sheets
    from atlas.sheet.writing import write_sheets
    from atlas.store.geopackage import write_atlas_geopackage
    from atlas.store.joined import write_joined
    from atlas.store.zonal_file import write_zonal
    from atlas.web import AtlasMap
    from atlas.web.page import render

    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    before = sorted(tmp_path.rglob("*"))
    tries = [
        lambda: render(given),
        lambda: AtlasMap(given),
        lambda: write_atlas_geopackage(tmp_path / "uit.gpkg", given),
        lambda: write_joined(tmp_path / "uit.csv", given),
        lambda: write_zonal(tmp_path / "uit.csv", given, []),
        lambda: write_sheets(given, tmp_path / "kaarten"),
        lambda: write_cog(tmp_path / "uit.tif", given),
        lambda: atlas_sheets(given, {}, {}),
        lambda: atlas_items(given),
        lambda: issue_released(dossier, tmp_path / "uit", given, user="Jo", now=None).__enter__(),
    ]
    for write in tries:
        with pytest.raises(TypeError, match="what was released"):
            write()
    assert sorted(tmp_path.rglob("*")) == before
