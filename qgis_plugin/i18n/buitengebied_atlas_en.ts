<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
  <context>
    <name>BuitengebiedAtlas</name>
    <message>
      <location filename="../controls.py" />
      <source>the field '{label}'</source>
      <translation>the field '{label}'</translation>
    </message>
    <message>
      <location filename="../controls.py" />
      <source>the tool '{label}'</source>
      <translation>the tool '{label}'</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>QGIS can't seal a page. Let this command make it, in a window for commands; it shows the passphrase once, for you to pass on by telephone: {command} Or say under the advanced parameters why this page is not sealed; that stands in the register.</source>
      <translation>QGIS can't seal a page. Let this command make it, in a window for commands; it shows the passphrase once, for you to pass on by telephone: {command} Or say under the advanced parameters why this page is not sealed; that stands in the register.</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Audience (only for input from a dossier)</source>
      <translation>Audience (only for input from a dossier)</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Municipalities of the team (only for input from a dossier)</source>
      <translation>Municipalities of the team (only for input from a dossier)</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Purpose, for the register (only for input from a dossier)</source>
      <translation>Purpose, for the register (only for input from a dossier)</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Conflicts</source>
      <translation>Conflicts</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Why, in a few words</source>
      <translation>Why, in a few words</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Keep the dossier's</source>
      <translation>Keep the dossier's</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Take the field's</source>
      <translation>Take the field's</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Nothing waits for a decision.</source>
      <translation>Nothing waits for a decision.</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Dossier: {value}</source>
      <translation>Dossier: {value}</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Field: {value}</source>
      <translation>Field: {value}</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Atlas</source>
      <translation>Atlas</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Figures</source>
      <translation>Figures</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Objects</source>
      <translation>Objects</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Visits</source>
      <translation>Visits</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Tools</source>
      <translation>Tools</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Reading the objects…</source>
      <translation>Reading the objects…</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Reading the objects of the dossier</source>
      <translation>Reading the objects of the dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The map's coordinate system does not reach this place.</source>
      <translation>The map's coordinate system does not reach this place.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>No dossier is open in this project.</source>
      <translation>No dossier is open in this project.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Open the folder of a dossier</source>
      <translation>Open the folder of a dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Dossier</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The layer of the objects is not in the project: open the dossier again.</source>
      <translation>The layer of the objects is not in the project: open the dossier again.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The changes are not saved; they are still there.</source>
      <translation>The changes are not saved; they are still there.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Reading the visits…</source>
      <translation>Reading the visits…</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Reading the visits of the dossier</source>
      <translation>Reading the visits of the dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Deciding about a conflict</source>
      <translation>Deciding about a conflict</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Noting that a file is back</source>
      <translation>Noting that a file is back</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Show on the map</source>
      <translation>Show on the map</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>All themes</source>
      <translation>All themes</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Through time</source>
      <translation>Through time</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Choose a figure, or type a part of its name</source>
      <translation>Choose a figure, or type a part of its name</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Theme</source>
      <translation>&amp;Theme</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Figure</source>
      <translation>&amp;Figure</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Level</source>
      <translation>&amp;Level</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Period</source>
      <translation>Period</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Dot: the figure. Line: its 95% interval. An open dot is indicative.</source>
      <translation>Dot: the figure. Line: its 95% interval. An open dot is indicative.</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Area</source>
      <translation>Area</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Figure</source>
      <translation>Figure</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>95% interval</source>
      <translation>95% interval</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>n</source>
      <translation>n</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>How sure</source>
      <translation>How sure</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>To compare: {figures}</source>
      <translation>To compare: {figures}</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Question</source>
      <translation>Question</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Definition</source>
      <translation>Definition</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Boundaries</source>
      <translation>Boundaries</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Figures by area</source>
      <translation>Figures by area</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Caution</source>
      <translation>Caution</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>(not used)</source>
      <translation>(not used)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>(not said)</source>
      <translation>(not said)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Divide counts by the inhabitants of the year (CBS)</source>
      <translation>Divide counts by the inhabitants of the year (CBS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Divide counts by the land in km² (CBS)</source>
      <translation>Divide counts by the land in km² (CBS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Only when the table asks for it</source>
      <translation>Only when the table asks for it</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Decimal mark</source>
      <translation>Decimal mark</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>A cell with only a dash means</source>
      <translation>A cell with only a dash means</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>zero</source>
      <translation>zero</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>missing</source>
      <translation>missing</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Percentages below 1 are</source>
      <translation>Percentages below 1 are</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>percentages</source>
      <translation>percentages</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>parts of 1 (0.23 is 23%)</source>
      <translation>parts of 1 (0.23 is 23%)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Two rows for one area</source>
      <translation>Two rows for one area</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>add them up</source>
      <translation>add them up</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Rows of places</source>
      <translation>Rows of places</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>add them to their municipality</source>
      <translation>add them to their municipality</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Year of the division into areas (empty: now)</source>
      <translation>Year of the division into areas (empty: now)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Of a rate per 1,000 in the table: per 1,000 of what</source>
      <translation>Of a rate per 1,000 in the table: per 1,000 of what</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>What is favourable</source>
      <translation>What is favourable</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Only rows with (column=value; more with ;)</source>
      <translation>Only rows with (column=value; more with ;)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(left out)</source>
      <translation>(left out)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>What these texts mean</source>
      <translation>What these texts mean</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>For rows that do not say so themselves</source>
      <translation>For rows that do not say so themselves</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(choose)</source>
      <translation>(choose)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(leave empty)</source>
      <translation>(leave empty)</translation>
    </message>
    <message>
      <location filename="../gui/intake_outputs.py" />
      <source>Import report</source>
      <translation>Import report</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Columns of the file</source>
      <translation>Columns of the file</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Column</source>
      <translation>Column</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Is</source>
      <translation>Is</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Row {number}</source>
      <translation>Row {number}</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>What the column {name} is</source>
      <translation>What the column {name} is</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Take in an own table or list</source>
      <translation>Take in an own table or list</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>recognised</source>
      <translation>recognised</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>File</source>
      <translation>File</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Columns</source>
      <translation>Columns</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What the file does not say</source>
      <translation>What the file does not say</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What will happen</source>
      <translation>What will happen</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>step {number}</source>
      <translation>step {number}</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Folder of the dossier</source>
      <translation>Folder of the dossier</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Sheet or table</source>
      <translation>Sheet or table</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Row with the names of the columns</source>
      <translation>Row with the names of the columns</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>A table of figures by area: for the map</source>
      <translation>A table of figures by area: for the map</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>A list for the dossier: objects, yards, signals, visits or evidence</source>
      <translation>A list for the dossier: objects, yards, signals, visits or evidence</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: rows need coordinates, or a known object</source>
      <translation>None: rows need coordinates, or a known object</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: the file is recognised, and you choose</source>
      <translation>None: the file is recognised, and you choose</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>File (CSV, XLSX, ODS)</source>
      <translation>File (CSV, XLSX, ODS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Choose…</source>
      <translation>Choose…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Mapping of last time</source>
      <translation>Mapping of last time</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Load…</source>
      <translation>Load…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What it is</source>
      <translation>What it is</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Layer of the dossier</source>
      <translation>Layer of the dossier</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Register that answered</source>
      <translation>Register that answered</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses of the BAG (file)</source>
      <translation>Addresses of the BAG (file)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses of the BAG</source>
      <translation>Addresses of the BAG</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses (*.gpkg *.csv *.geojson *.json *.gml *.fgb *.shp)</source>
      <translation>Addresses (*.gpkg *.csv *.geojson *.json *.gml *.fgb *.shp)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration file</source>
      <translation>Configuration file</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration (*.toml)</source>
      <translation>Configuration (*.toml)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Also take text with a telephone number, e-mail address, licence plate or form of address</source>
      <translation>Also take text with a telephone number, e-mail address, licence plate or form of address</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Show it on the map of this project; of several periods all, with a clock</source>
      <translation>Show it on the map of this project; of several periods all, with a clock</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: only the map</source>
      <translation>None: only the map</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration file of the atlas</source>
      <translation>Configuration file of the atlas</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Save mapping…</source>
      <translation>&amp;Save mapping…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Back</source>
      <translation>&amp;Back</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Next</source>
      <translation>&amp;Next</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Take in</source>
      <translation>&amp;Take in</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Close</source>
      <translation>&amp;Close</translation>
    </message>
    <message>
      <location filename="../gui/legend_view.py" />
      <source>Legend</source>
      <translation>Legend</translation>
    </message>
    <message>
      <location filename="../gui/legend_view.py" />
      <source>Number of areas</source>
      <translation>Number of areas</translation>
    </message>
    <message>
      <location filename="../gui/line_view.py" />
      <source>{area}, {first} to {last}.</source>
      <translation>{area}, {first} to {last}.</translation>
    </message>
    <message>
      <location filename="../gui/line_view.py" />
      <source>Band: the 95% interval.</source>
      <translation>Band: the 95% interval.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Why this object is on the list</source>
      <translation>Why this object is on the list</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Zoom to this object</source>
      <translation>Zoom to this object</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>New status</source>
      <translation>New status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Change &amp;status</source>
      <translation>Change &amp;status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Changes the layer, not yet the file: undo with Ctrl+Z, save the edits of the layer when done</source>
      <translation>Changes the layer, not yet the file: undo with Ctrl+Z, save the edits of the layer when done</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>More</source>
      <translation>More</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Access, correct or erase: what a person may ask about this object</source>
      <translation>Access, correct or erase: what a person may ask about this object</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>{number} objects selected.</source>
      <translation>{number} objects selected.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Select an object to read why it is on the list.</source>
      <translation>Select an object to read why it is on the list.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Without address</source>
      <translation>Without address</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>No conclusion has been drawn for this object yet.</source>
      <translation>No conclusion has been drawn for this object yet.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Holds until {day} if nothing new is found.</source>
      <translation>Holds until {day} if nothing new is found.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>It is not certain that it lies in this municipality.</source>
      <translation>It is not certain that it lies in this municipality.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Evidence</source>
      <translation>Evidence</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Search address, municipality or remark</source>
      <translation>Search address, municipality or remark</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Search objects</source>
      <translation>Search objects</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All statuses</source>
      <translation>All statuses</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Conclusion</source>
      <translation>Conclusion</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All conclusions</source>
      <translation>All conclusions</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Municipality</source>
      <translation>Municipality</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All municipalities</source>
      <translation>All municipalities</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All evidence</source>
      <translation>All evidence</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Without evidence</source>
      <translation>Without evidence</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Open a dossier…</source>
      <translation>Open a dossier…</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Make a new dossier…</source>
      <translation>Make a new dossier…</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Try again</source>
      <translation>Try again</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Objects: {total}</source>
      <translation>Objects: {total}</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Objects: {number} of {total}</source>
      <translation>Objects: {number} of {total}</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Show all</source>
      <translation>Show all</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Take the filters away</source>
      <translation>Take the filters away</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Answer who asks what is recorded…</source>
      <translation>Answer who asks what is recorded…</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Correct a record…</source>
      <translation>Correct a record…</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Erase a record…</source>
      <translation>Erase a record…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>(none)</source>
      <translation>(none)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Reading the file…</source>
      <translation>Reading the file…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Looking what would happen…</source>
      <translation>Looking what would happen…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>The import report is a layer of the project now: every row, and what became of it.</source>
      <translation>The import report is a layer of the project now: every row, and what became of it.</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Taking in…</source>
      <translation>Taking in…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Table or list</source>
      <translation>Table or list</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</source>
      <translation>Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Mapping</source>
      <translation>Mapping</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Mappings (*.toml)</source>
      <translation>Mappings (*.toml)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Save mapping</source>
      <translation>Save mapping</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Text about a person?</source>
      <translation>Text about a person?</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>In {layer} free text holds what belongs to a person, or looks like it:</source>
      <translation>In {layer} free text holds what belongs to a person, or looks like it:</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>The dossier is about places. Without this text the rest is saved, and the field stays as it was. Save it only when it has to be there and the protocol of your municipality allows it.</source>
      <translation>The dossier is about places. Without this text the rest is saved, and the field stays as it was. Save it only when it has to be there and the protocol of your municipality allows it.</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Save without this text</source>
      <translation>Save without this text</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Save all the same</source>
      <translation>Save all the same</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Take in an own table or list…</source>
      <translation>Take in an own table or list…</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Own table or list</source>
      <translation>Own table or list</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>A file as you have it: shown as it is understood, before anything is written</source>
      <translation>A file as you have it: shown as it is understood, before anything is written</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>This tool is not there.</source>
      <translation>This tool is not there.</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>The page is made: {name}</source>
      <translation>The page is made: {name}</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Open in the browser</source>
      <translation>Open in the browser</translation>
    </message>
    <message>
      <location filename="../gui/tools_panel.py" />
      <source>The tools are not there: switch on the plugin Processing.</source>
      <translation>The tools are not there: switch on the plugin Processing.</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>&amp;Undo</source>
      <translation>&amp;Undo</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Sa&amp;ve</source>
      <translation>Sa&amp;ve</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Undoes the last change of this layer, as Ctrl+Z does</source>
      <translation>Undoes the last change of this layer, as Ctrl+Z does</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Saves the changes of this layer and ends editing, so that others can go on</source>
      <translation>Saves the changes of this layer and ends editing, so that others can go on</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>1 object has changes that are not saved yet.</source>
      <translation>1 object has changes that are not saved yet.</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>{number} objects have changes that are not saved yet.</source>
      <translation>{number} objects have changes that are not saved yet.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Campaign</source>
      <translation>Campaign</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Rounds</source>
      <translation>Rounds</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Still out</source>
      <translation>Still out</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Hand out…</source>
      <translation>Hand out…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>It is back or destroyed</source>
      <translation>It is back or destroyed</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>There is no campaign yet.</source>
      <translation>There is no campaign yet.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>No round is planned yet.</source>
      <translation>No round is planned yet.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Nothing is out.</source>
      <translation>Nothing is out.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Choose one round: its package, sheet, map, GPX or calendar</source>
      <translation>Choose one round: its package, sheet, map, GPX or calendar</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Plan rounds…</source>
      <translation>Plan rounds…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>What is measured…</source>
      <translation>What is measured…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Evaluate…</source>
      <translation>Evaluate…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Choose yards…</source>
      <translation>Choose yards…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Out and back</source>
      <translation>Out and back</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Take back packages…</source>
      <translation>Take back packages…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>To decide</source>
      <translation>To decide</translation>
    </message>
    <message>
      <location filename="../layers/choropleth.py" />
      <source>My style</source>
      <translation>My style</translation>
    </message>
    <message>
      <location filename="../layers/choropleth.py" />
      <source>The data of this layer is in a temporary file, which is gone when QGIS closes. Save the project and show the map again: its data is then kept in the folder buitengebied_atlas beside the project.</source>
      <translation>The data of this layer is in a temporary file, which is gone when QGIS closes. Save the project and show the map again: its data is then kept in the folder buitengebied_atlas beside the project.</translation>
    </message>
    <message>
      <location filename="../layers/join_report.py" />
      <source>The join is refused: no row is on a map. What became of the {rows} rows:</source>
      <translation>The join is refused: no row is on a map. What became of the {rows} rows:</translation>
    </message>
    <message>
      <location filename="../layers/join_report.py" />
      <source>Rows on the map: {joined} of {rows}.</source>
      <translation>Rows on the map: {joined} of {rows}.</translation>
    </message>
    <message>
      <location filename="../layers/table_reading.py" />
      <source>Read as written in the file: {path}</source>
      <translation>Read as written in the file: {path}</translation>
    </message>
    <message>
      <location filename="../layers/table_reading.py" />
      <source>QGIS can't see which cells of an .xls are percentages: 23.6% is 0.236. Save it as .xlsx.</source>
      <translation>QGIS can't see which cells of an .xls are percentages: 23.6% is 0.236. Save it as .xlsx.</translation>
    </message>
    <message>
      <location filename="../own_command.py" />
      <source>Your own command atlas (empty: none)</source>
      <translation>Your own command atlas (empty: none)</translation>
    </message>
    <message>
      <location filename="../own_command.py" />
      <source>All files (*)</source>
      <translation>All files (*)</translation>
    </message>
    <message>
      <location filename="../plugin.py" />
      <source>Show the Atlas panel</source>
      <translation>Show the Atlas panel</translation>
    </message>
    <message>
      <location filename="../project/editing.py" />
      <source>Change status</source>
      <translation>Change status</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Cancelled: nothing was changed.</source>
      <translation>Cancelled: nothing was changed.</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Rural area</source>
      <translation>Rural area</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Object dossier</source>
      <translation>Object dossier</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Farm visits</source>
      <translation>Farm visits</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Page, print and field</source>
      <translation>Page, print and field</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>{count} more are in the report.</source>
      <translation>{count} more are in the report.</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Parameters</source>
      <translation>Parameters</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Result</source>
      <translation>Result</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Answer who asks what is recorded</source>
      <translation>Answer who asks what is recorded</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Address of the yard or object, with its place</source>
      <translation>Address of the yard or object, with its place</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Or its uuid (more with commas, when a yard and an object are one)</source>
      <translation>Or its uuid (more with commas, when a yard and an object are one)</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Who answers: the organisation</source>
      <translation>Who answers: the organisation</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Whom to ask: e-mail or telephone</source>
      <translation>Whom to ask: e-mail or telephone</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Letter</source>
      <translation>Letter</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>PDF files (*.pdf)</source>
      <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Records</source>
      <translation>Records</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points in areas</source>
      <translation>Points in areas</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points</source>
      <translation>Points</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Areas of the atlas</source>
      <translation>Areas of the atlas</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Or polygons of a layer</source>
      <translation>Or polygons of a layer</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with the code of the area</source>
      <translation>Field with the code of the area</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with the name of the area</source>
      <translation>Field with the name of the area</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with addresses or inhabitants, for the figure per 1,000</source>
      <translation>Field with addresses or inhabitants, for the figure per 1,000</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Or points that are counted for the figure per 1,000</source>
      <translation>Or points that are counted for the figure per 1,000</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points with their area</source>
      <translation>Points with their area</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Areas with counts</source>
      <translation>Areas with counts</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points in an area: {inside} of {points}.</source>
      <translation>Points in an area: {inside} of {points}.</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Of these the area is not certain, too near a border: {uncertain}.</source>
      <translation>Of these the area is not certain, too near a border: {uncertain}.</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Look through a dossier</source>
      <translation>Look through a dossier</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Accept all records as they are now, whoever or whatever changed them</source>
      <translation>Accept all records as they are now, whoever or whatever changed them</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Files in which something is wrong</source>
      <translation>Files in which something is wrong</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Things cleared up</source>
      <translation>Things cleared up</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Remarks</source>
      <translation>Remarks</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Every record is what was stored.</source>
      <translation>Every record is what was stored.</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Ready for the field? (QField, Mergin Maps)</source>
      <translation>Ready for the field? (QField, Mergin Maps)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Project file or folder (empty: the open project)</source>
      <translation>Project file or folder (empty: the open project)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Findings</source>
      <translation>Findings</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Package of the dossier for a team (zip)</source>
      <translation>Package of the dossier for a team (zip)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Zip files (*.zip)</source>
      <translation>Zip files (*.zip)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Ready for the field?</source>
      <translation>Ready for the field?</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Map of a figure</source>
      <translation>Map of a figure</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Level</source>
      <translation>Level</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Period (empty: the newest; for a table of your own it must be filled in)</source>
      <translation>Period (empty: the newest; for a table of your own it must be filled in)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Or: a table of your own</source>
      <translation>Or: a table of your own</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the area (name or code)</source>
      <translation>Field with the area (name or code)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the value</source>
      <translation>Field with the value</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the number of answers (n)</source>
      <translation>Field with the number of answers (n)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Your table: unit</source>
      <translation>Your table: unit</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Map of the figure</source>
      <translation>Map of the figure</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Conclude vacancy from evidence</source>
      <translation>Conclude vacancy from evidence</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Day of the judgement (empty: today)</source>
      <translation>Day of the judgement (empty: today)</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Conclusions with their reasons</source>
      <translation>Conclusions with their reasons</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Changed conclusions</source>
      <translation>Changed conclusions</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Unchanged conclusions</source>
      <translation>Unchanged conclusions</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Objects not judged</source>
      <translation>Objects not judged</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Correct a record</source>
      <translation>Correct a record</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>What has to be done</source>
      <translation>What has to be done</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Give a field its right value</source>
      <translation>Give a field its right value</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Withdraw this evidence</source>
      <translation>Withdraw this evidence</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Let this withdrawn evidence count again</source>
      <translation>Let this withdrawn evidence count again</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Field, by its name (prioriteit)</source>
      <translation>Field, by its name (prioriteit)</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Its right value (empty: nothing)</source>
      <translation>Its right value (empty: nothing)</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Reason, without names or addresses; it is kept</source>
      <translation>Reason, without names or addresses; it is kept</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Changed fields</source>
      <translation>Changed fields</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>The conclusion of the object changes only when the conclusions are drawn again.</source>
      <translation>The conclusion of the object changes only when the conclusions are drawn again.</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Mark what lies in the rural area</source>
      <translation>Mark what lies in the rural area</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Yards, addresses or other points</source>
      <translation>Yards, addresses or other points</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Outside the built-up areas (TOP10NL)</source>
      <translation>Outside the built-up areas (TOP10NL)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Outside the population centres (CBS)</source>
      <translation>Outside the population centres (CBS)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>In a neighbourhood with few addresses around (CBS)</source>
      <translation>In a neighbourhood with few addresses around (CBS)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Built-up areas, population centres or neighbourhoods</source>
      <translation>Built-up areas, population centres or neighbourhoods</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Field with the address density (OAD) of a neighbourhood</source>
      <translation>Field with the address density (OAD) of a neighbourhood</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Fewer addresses per km² than this</source>
      <translation>Fewer addresses per km² than this</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Reference date of the polygons</source>
      <translation>Reference date of the polygons</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points marked as rural or not</source>
      <translation>Points marked as rural or not</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points in the rural area: {rural} of {points}.</source>
      <translation>Points in the rural area: {rural} of {points}.</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points of which the density is not known: {points}.</source>
      <translation>Points of which the density is not known: {points}.</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Create dossier</source>
      <translation>Create dossier</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>New or empty folder</source>
      <translation>New or empty folder</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>For made-up data (FICTIEF)</source>
      <translation>For made-up data (FICTIEF)</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>With a project</source>
      <translation>With a project</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Project</source>
      <translation>Project</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>The dossier stands in {folder}.</source>
      <translation>The dossier stands in {folder}.</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Open the project to start: {path}</source>
      <translation>Open the project to start: {path}</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Decide about a conflict</source>
      <translation>Decide about a conflict</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Conflict: its uuid, or how that begins</source>
      <translation>Conflict: its uuid, or how that begins</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Which value the field gets</source>
      <translation>Which value the field gets</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Conflicts still open</source>
      <translation>Conflicts still open</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Folder of the dossier (empty: the dossier of this project)</source>
      <translation>Folder of the dossier (empty: the dossier of this project)</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Municipalities of the team</source>
      <translation>Municipalities of the team</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Purpose, for the register</source>
      <translation>Purpose, for the register</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Your name in the history (empty: as this computer knows you)</source>
      <translation>Your name in the history (empty: as this computer knows you)</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Uuid of the record</source>
      <translation>Uuid of the record</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Or its address, with its place</source>
      <translation>Or its address, with its place</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Erase a record</source>
      <translation>Erase a record</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Erase it now (otherwise: only show what would go)</source>
      <translation>Erase it now (otherwise: only show what would go)</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Nothing was erased yet: confirm it to erase.</source>
      <translation>Nothing was erased yet: confirm it to erase.</translation>
    </message>
    <message>
      <location filename="../provider/evaluate_visits.py" />
      <source>Evaluate a campaign</source>
      <translation>Evaluate a campaign</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Atlas as a page (HTML)</source>
      <translation>Atlas as a page (HTML)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Audience</source>
      <translation>Audience</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Municipalities (only with a dossier)</source>
      <translation>Municipalities (only with a dossier)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Purpose, for the register (only with a dossier)</source>
      <translation>Purpose, for the register (only with a dossier)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Why a page with real data is not sealed, for the register</source>
      <translation>Why a page with real data is not sealed, for the register</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Page</source>
      <translation>Page</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>HTML files (*.html)</source>
      <translation>HTML files (*.html)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>The page stands in {path}.</source>
      <translation>The page stands in {path}.</translation>
    </message>
    <message>
      <location filename="../provider/figure_parameter.py" />
      <source>Published figure</source>
      <translation>Published figure</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Hand out a round</source>
      <translation>Hand out a round</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Round (a letter)</source>
      <translation>Round (a letter)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Back or destroyed by</source>
      <translation>Back or destroyed by</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Package (zip), sheet (pdf), map (gpkg), GPX or calendar (ics)</source>
      <translation>Package (zip), sheet (pdf), map (gpkg), GPX or calendar (ics)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Package (*.zip);;Sheet (*.pdf);;Map (*.gpkg);;GPX (*.gpx);;Calendar (*.ics)</source>
      <translation>Package (*.zip);;Sheet (*.pdf);;Map (*.gpkg);;GPX (*.gpx);;Calendar (*.ics)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Road sections of the NWB (only with your own command)</source>
      <translation>Road sections of the NWB (only with your own command)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Teams and their days, as planned with (only with your own command)</source>
      <translation>Teams and their days, as planned with (only with your own command)</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Take back field packages</source>
      <translation>Take back field packages</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Packages (zip), or of each a GeoPackage in its folder</source>
      <translation>Packages (zip), or of each a GeoPackage in its folder</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>What came back</source>
      <translation>What came back</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>New records</source>
      <translation>New records</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Changed records</source>
      <translation>Changed records</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Refused rows</source>
      <translation>Refused rows</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Import records</source>
      <translation>Import records</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Table or layer to import</source>
      <translation>Table or layer to import</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Register that answered (with leegstand_bewijs)</source>
      <translation>Register that answered (with leegstand_bewijs)</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Source of rows that name none</source>
      <translation>Source of rows that name none</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Keep until, for rows that do not say</source>
      <translation>Keep until, for rows that do not say</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Fields to leave out</source>
      <translation>Fields to leave out</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Unchanged rows</source>
      <translation>Unchanged rows</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Rows not read</source>
      <translation>Rows not read</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Join a table to areas</source>
      <translation>Join a table to areas</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Table (layer or file)</source>
      <translation>Table (layer or file)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Or a CSV of StatLine or the police, which QGIS can't open as a layer</source>
      <translation>Or a CSV of StatLine or the police, which QGIS can't open as a layer</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Level of the areas in the table</source>
      <translation>Level of the areas in the table</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the name or code of the area</source>
      <translation>Column with the name or code of the area</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the value</source>
      <translation>Column with the value</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Unit of the value</source>
      <translation>Unit of the value</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the number of respondents</source>
      <translation>Column with the number of respondents</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with weights, for percentages</source>
      <translation>Column with weights, for percentages</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Year of the municipal division (empty: now)</source>
      <translation>Year of the municipal division (empty: now)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Several rows for one area</source>
      <translation>Several rows for one area</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Refuse the join</source>
      <translation>Refuse the join</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Add them up</source>
      <translation>Add them up</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Decided per column</source>
      <translation>Decided per column</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Comma</source>
      <translation>Comma</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Point</source>
      <translation>Point</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Not decided: a table with such cells is refused</source>
      <translation>Not decided: a table with such cells is refused</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Zero</source>
      <translation>Zero</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Missing</source>
      <translation>Missing</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column to divide counts by, for a rate</source>
      <translation>Column to divide counts by, for a rate</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide counts by the inhabitants of this year, for a rate per 1,000</source>
      <translation>Divide counts by the inhabitants of this year, for a rate per 1,000</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide counts by the km² of land, for a rate per km²</source>
      <translation>Divide counts by the km² of land, for a rate per km²</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Percentages below 1</source>
      <translation>Percentages below 1</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Not decided: such columns are refused</source>
      <translation>Not decided: such columns are refused</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>0.36 is 0.36%</source>
      <translation>0.36 is 0.36%</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>0.36 is 36%</source>
      <translation>0.36 is 36%</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>A row about a place</source>
      <translation>A row about a place</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Gives its municipality no value</source>
      <translation>Gives its municipality no value</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Is a count, added up for its municipality</source>
      <translation>Is a count, added up for its municipality</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the municipality, for names of wijken</source>
      <translation>Column with the municipality, for names of wijken</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Draw the map with classes (say under Advanced what the figure is)</source>
      <translation>Draw the map with classes (say under Advanced what the figure is)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>StatLine: name of the topic, instead of a column with the value</source>
      <translation>StatLine: name of the topic, instead of a column with the value</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Only these rows: column=value; column=value</source>
      <translation>Only these rows: column=value; column=value</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the periods (empty: as StatLine has it)</source>
      <translation>Column with the periods (empty: as StatLine has it)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Add counts up over the kinds in this column</source>
      <translation>Add counts up over the kinds in this column</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide Winsum of before 2019 by addresses, an estimate: list of addresses</source>
      <translation>Divide Winsum of before 2019 by addresses, an estimate: list of addresses</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Your table: period, such as 2025 or 2025-11</source>
      <translation>Your table: period, such as 2025 or 2025-11</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Areas with values</source>
      <translation>Areas with values</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Report of the join</source>
      <translation>Report of the join</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>The report of the join stands in {path}</source>
      <translation>The report of the join stands in {path}</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>{report} (refused)</source>
      <translation>{report} (refused)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Areas without a figure, as there are too few respondents: {count}.</source>
      <translation>Areas without a figure, as there are too few respondents: {count}.</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Load boundaries</source>
      <translation>Load boundaries</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>From</source>
      <translation>From</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>the plugin (CBS/Kadaster 2022; no connection)</source>
      <translation>the plugin (CBS/Kadaster 2022; no connection)</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>a layer or file of your own</source>
      <translation>a layer or file of your own</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>the service of CBS and PDOK (asks the internet)</source>
      <translation>the service of CBS and PDOK (asks the internet)</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Layer or file of your own</source>
      <translation>Layer or file of your own</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Service: year</source>
      <translation>Service: year</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Service: address</source>
      <translation>Service: address</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Names of places</source>
      <translation>Names of places</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Made by (the organisation)</source>
      <translation>Made by (the organisation)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Who answers questions (e-mail or telephone)</source>
      <translation>Who answers questions (e-mail or telephone)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Made on (a day such as 2026-12-01)</source>
      <translation>Made on (a day such as 2026-12-01)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Only to try: without maker and contact, and the page says so</source>
      <translation>Only to try: without maker and contact, and the page says so</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>Migrate dossier</source>
      <translation>Migrate dossier</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>Copy of the older dossier</source>
      <translation>Copy of the older dossier</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>This dossier is of this version already.</source>
      <translation>This dossier is of this version already.</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>The older dossier was copied to {copy}.</source>
      <translation>The older dossier was copied to {copy}.</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>The project was made anew; the older one is in the copy.</source>
      <translation>The project was made anew; the older one is in the copy.</translation>
    </message>
    <message>
      <location filename="../provider/note_back.py" />
      <source>Note that a file is back or destroyed</source>
      <translation>Note that a file is back or destroyed</translation>
    </message>
    <message>
      <location filename="../provider/note_back.py" />
      <source>Name of the file, as the register has it</source>
      <translation>Name of the file, as the register has it</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what the figure is</source>
      <translation>Your table: what the figure is</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: source</source>
      <translation>Your table: source</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: among whom it was measured</source>
      <translation>Your table: among whom it was measured</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what a reader must take care of</source>
      <translation>Your table: what a reader must take care of</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: per 1,000 of what, for such a rate</source>
      <translation>Your table: per 1,000 of what, for such a rate</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what is favourable</source>
      <translation>Your table: what is favourable</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>higher is more favourable</source>
      <translation>higher is more favourable</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>higher is less favourable</source>
      <translation>higher is less favourable</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>neither</source>
      <translation>neither</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: how it was measured</source>
      <translation>Your table: how it was measured</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: decimals (empty: as many as the figures have)</source>
      <translation>Your table: decimals (empty: as many as the figures have)</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: the figure of the whole country, to compare with</source>
      <translation>Your table: the figure of the whole country, to compare with</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Plan the rounds of a campaign</source>
      <translation>Plan the rounds of a campaign</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Teams and their days (CSV or JSON)</source>
      <translation>Teams and their days (CSV or JSON)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Minutes for a visit (empty: as usual)</source>
      <translation>Minutes for a visit (empty: as usual)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>The longest the search may take, in seconds (empty: no limit)</source>
      <translation>The longest the search may take, in seconds (empty: no limit)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Seed of the search</source>
      <translation>Seed of the search</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Visits planned</source>
      <translation>Visits planned</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Yards that did not fit</source>
      <translation>Yards that did not fit</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Printed atlas (PDF)</source>
      <translation>Printed atlas (PDF)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Period (empty: the newest)</source>
      <translation>Period (empty: the newest)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Municipalities</source>
      <translation>Municipalities</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Printed atlas</source>
      <translation>Printed atlas</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Folder of a dossier whose objects stand on the map (only for the team)</source>
      <translation>Folder of a dossier whose objects stand on the map (only for the team)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Also add the layout to this project, with its layers in this GeoPackage</source>
      <translation>Also add the layout to this project, with its layers in this GeoPackage</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>GeoPackages (*.gpkg)</source>
      <translation>GeoPackages (*.gpkg)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>{count} pages: {path}</source>
      <translation>{count} pages: {path}</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>The layout '{name}' was added to the project.</source>
      <translation>The layout '{name}' was added to the project.</translation>
    </message>
    <message>
      <location filename="../provider/provider.py" />
      <source>The algorithm {name} could not be loaded and is left out: {reason}</source>
      <translation>The algorithm {name} could not be loaded and is left out: {reason}</translation>
    </message>
    <message>
      <location filename="../provider/reading_list.py" />
      <source>List to read</source>
      <translation>List to read</translation>
    </message>
    <message>
      <location filename="../provider/reading_list.py" />
      <source>List</source>
      <translation>List</translation>
    </message>
    <message>
      <location filename="../provider/register_indicators.py" />
      <source>Write down what a campaign measures</source>
      <translation>Write down what a campaign measures</translation>
    </message>
    <message>
      <location filename="../provider/register_indicators.py" />
      <source>What is measured</source>
      <translation>What is measured</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Remoteness of yards</source>
      <translation>Remoteness of yards</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yards</source>
      <translation>Yards</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the address id of a yard</source>
      <translation>Field with the address id of a yard</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the municipality code of a yard</source>
      <translation>Field with the municipality code of a yard</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Addresses with a dwelling</source>
      <translation>Addresses with a dwelling</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the address id of a dwelling</source>
      <translation>Field with the address id of a dwelling</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field that says which addresses are dwellings</source>
      <translation>Field that says which addresses are dwellings</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Built-up areas or population centres</source>
      <translation>Built-up areas or population centres</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Roads</source>
      <translation>Roads</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field that says which roads are through roads</source>
      <translation>Field that says which roads are through roads</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>A yard without address: dwellings this near are its own (m)</source>
      <translation>A yard without address: dwellings this near are its own (m)</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Reference date of the addresses</source>
      <translation>Reference date of the addresses</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yards with their remoteness</source>
      <translation>Yards with their remoteness</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>{homes} dwellings</source>
      <translation>{homes} dwellings</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yard {number}: {reason}</source>
      <translation>Yard {number}: {reason}</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Choose the yards of a campaign</source>
      <translation>Choose the yards of a campaign</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Name of the campaign</source>
      <translation>Name of the campaign</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Keep until</source>
      <translation>Keep until</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Rules with tiers (TOML; empty: every yard of the countryside)</source>
      <translation>Rules with tiers (TOML; empty: every yard of the countryside)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Kind of visit</source>
      <translation>Kind of visit</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Legal ground (for toezicht)</source>
      <translation>Legal ground (for toezicht)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>By which act or by-law (for toezicht)</source>
      <translation>By which act or by-law (for toezicht)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Seed of the draw (empty: one that nobody chooses)</source>
      <translation>Seed of the draw (empty: one that nobody chooses)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Yards in the frame</source>
      <translation>Yards in the frame</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Yards chosen</source>
      <translation>Yards chosen</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Settle the municipality near a border</source>
      <translation>Settle the municipality near a border</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>BAG addresses, to know the place of residence (with the table of places)</source>
      <translation>BAG addresses, to know the place of residence (with the table of places)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Table of places of residence and municipalities (Kadaster, CBS)</source>
      <translation>Table of places of residence and municipalities (Kadaster, CBS)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Only this record, as you know it: its uuid (empty: by place of residence and borders)</source>
      <translation>Only this record, as you know it: its uuid (empty: by place of residence and borders)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Municipality in which this record lies</source>
      <translation>Municipality in which this record lies</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Day on which you found that out (empty: today)</source>
      <translation>Day on which you found that out (empty: today)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Settled municipalities</source>
      <translation>Settled municipalities</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Records that were settled</source>
      <translation>Records that were settled</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Records that remain uncertain</source>
      <translation>Records that remain uncertain</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Take in a list</source>
      <translation>Take in a list</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Row with the names of the columns (empty: recognised)</source>
      <translation>Row with the names of the columns (empty: recognised)</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Columns that are not recognised, such as soort=Type gebouw; more with ;</source>
      <translation>Columns that are not recognised, such as soort=Type gebouw; more with ;</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>What a text means, such as soort:loods/stal=loods; more with ;</source>
      <translation>What a text means, such as soort:loods/stal=loods; more with ;</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Reference date of rows that name none</source>
      <translation>Reference date of rows that name none</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Only show what would happen; nothing is written</source>
      <translation>Only show what would happen; nothing is written</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Nothing was written: this is what would happen.</source>
      <translation>Nothing was written: this is what would happen.</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Maps of the team's own figures</source>
      <translation>Maps of the team's own figures</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Levels to put on the map</source>
      <translation>Levels to put on the map</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>GeoPackage (*.gpkg)</source>
      <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Number of maps</source>
      <translation>Number of maps</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>The figures stand in {path}: {count} maps of these levels.</source>
      <translation>The figures stand in {path}: {count} maps of these levels.</translation>
    </message>
    <message>
      <location filename="../provider/visit_parameters.py" />
      <source>Campaign, by its name</source>
      <translation>Campaign, by its name</translation>
    </message>
    <message>
      <location filename="../too_old.py" />
      <source>Buitengebied Atlas needs Python {needed} or newer; this QGIS has {found}. Ask for a newer QGIS.</source>
      <translation>Buitengebied Atlas needs Python {needed} or newer; this QGIS has {found}. Ask for a newer QGIS.</translation>
    </message>
  </context>
</TS>
