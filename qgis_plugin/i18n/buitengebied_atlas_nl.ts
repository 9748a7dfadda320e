<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl_NL" sourcelanguage="en_US">
  <context>
    <name>BuitengebiedAtlas</name>
    <message>
      <location filename="../controls.py" />
      <source>the field '{label}'</source>
      <translation>het veld '{label}'</translation>
    </message>
    <message>
      <location filename="../controls.py" />
      <source>the tool '{label}'</source>
      <translation>het gereedschap '{label}'</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>QGIS can't seal a page. Let this command make it, in a window for commands; it shows the passphrase once, for you to pass on by telephone: {command} Or say under the advanced parameters why this page is not sealed; that stands in the register.</source>
      <translation>QGIS kan een pagina niet verzegelen. Laat deze opdracht haar maken, in een venster met opdrachten; zij toont de wachtzin één keer, om per telefoon door te geven: {command} Of zeg bij de geavanceerde parameters waarom deze pagina niet wordt verzegeld; dat komt in het register.</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Audience (only for input from a dossier)</source>
      <translation>Doelgroep (alleen bij invoer uit een dossier)</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Municipalities of the team (only for input from a dossier)</source>
      <translation>Gemeenten van het team (alleen bij invoer uit een dossier)</translation>
    </message>
    <message>
      <location filename="../gate.py" />
      <source>Purpose, for the register (only for input from a dossier)</source>
      <translation>Doel, voor het register (alleen bij invoer uit een dossier)</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Conflicts</source>
      <translation>Conflicten</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Why, in a few words</source>
      <translation>Waarom, in een paar woorden</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Keep the dossier's</source>
      <translation>Houd wat in het dossier staat</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Take the field's</source>
      <translation>Neem de waarde uit het veld</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Nothing waits for a decision.</source>
      <translation>Er wacht niets op een besluit.</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Dossier: {value}</source>
      <translation>Dossier: {value}</translation>
    </message>
    <message>
      <location filename="../gui/conflict_view.py" />
      <source>Field: {value}</source>
      <translation>Veld: {value}</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Atlas</source>
      <translation>Atlas</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Figures</source>
      <translation>Cijfers</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Objects</source>
      <translation>Objecten</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Visits</source>
      <translation>Bezoeken</translation>
    </message>
    <message>
      <location filename="../gui/dock.py" />
      <source>Tools</source>
      <translation>Gereedschap</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Reading the objects…</source>
      <translation>De objecten worden gelezen…</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Reading the objects of the dossier</source>
      <translation>De objecten van het dossier lezen</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The map's coordinate system does not reach this place.</source>
      <translation>Het coördinatenstelsel van de kaart reikt niet tot deze plek.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>No dossier is open in this project.</source>
      <translation>In dit project is geen dossier open.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Open the folder of a dossier</source>
      <translation>Open de map van een dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>Dossier</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The layer of the objects is not in the project: open the dossier again.</source>
      <translation>De laag met objecten staat niet in het project: open het dossier opnieuw.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_objects.py" />
      <source>The changes are not saved; they are still there.</source>
      <translation>De wijzigingen zijn niet opgeslagen; ze zijn er nog.</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Reading the visits…</source>
      <translation>De bezoeken worden gelezen…</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Reading the visits of the dossier</source>
      <translation>De bezoeken van het dossier lezen</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Deciding about a conflict</source>
      <translation>Over een conflict beslissen (bezig)</translation>
    </message>
    <message>
      <location filename="../gui/dossier_visits.py" />
      <source>Noting that a file is back</source>
      <translation>Noteren dat een bestand terug is</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Show on the map</source>
      <translation>Toon op de kaart</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>All themes</source>
      <translation>Alle thema's</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Through time</source>
      <translation>Door de tijd</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Choose a figure, or type a part of its name</source>
      <translation>Kies een cijfer, of typ een deel van de naam</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Theme</source>
      <translation>&amp;Thema</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Figure</source>
      <translation>&amp;Cijfer</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>&amp;Level</source>
      <translation>&amp;Niveau</translation>
    </message>
    <message>
      <location filename="../gui/figure_panel.py" />
      <source>Period</source>
      <translation>Periode</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Dot: the figure. Line: its 95% interval. An open dot is indicative.</source>
      <translation>Stip: het cijfer. Lijn: het 95%-interval. Een open stip is indicatief.</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Area</source>
      <translation>Gebied</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>Figure</source>
      <translation>Cijfer</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>95% interval</source>
      <translation>95%-interval</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>n</source>
      <translation>n</translation>
    </message>
    <message>
      <location filename="../gui/figure_table.py" />
      <source>How sure</source>
      <translation>Hoe zeker</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>To compare: {figures}</source>
      <translation>Ter vergelijking: {figures}</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Question</source>
      <translation>Vraag</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Definition</source>
      <translation>Definitie</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Source</source>
      <translation>Bron</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Boundaries</source>
      <translation>Grenzen</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Figures by area</source>
      <translation>Cijfers per gebied</translation>
    </message>
    <message>
      <location filename="../gui/figure_view.py" />
      <source>Caution</source>
      <translation>Let op</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>(not used)</source>
      <translation>(niet gebruikt)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>(not said)</source>
      <translation>(niet gezegd)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Divide counts by the inhabitants of the year (CBS)</source>
      <translation>Deel aantallen door de inwoners van het jaar (CBS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Divide counts by the land in km² (CBS)</source>
      <translation>Deel aantallen door het land in km² (CBS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Only when the table asks for it</source>
      <translation>Alleen als de tabel erom vraagt</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Decimal mark</source>
      <translation>Decimaalteken</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>A cell with only a dash means</source>
      <translation>Een cel met alleen een streepje betekent</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>zero</source>
      <translation>nul</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>missing</source>
      <translation>ontbreekt</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Percentages below 1 are</source>
      <translation>Percentages onder 1 zijn</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>percentages</source>
      <translation>procenten</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>parts of 1 (0.23 is 23%)</source>
      <translation>delen van 1 (0,23 is 23%)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Two rows for one area</source>
      <translation>Twee rijen voor één gebied</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>add them up</source>
      <translation>tel ze op</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Rows of places</source>
      <translation>Rijen van plaatsen</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>add them to their municipality</source>
      <translation>tel ze op bij hun gemeente</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Year of the division into areas (empty: now)</source>
      <translation>Jaar van de gebiedsindeling (leeg: nu)</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Of a rate per 1,000 in the table: per 1,000 of what</source>
      <translation>Van een cijfer per 1.000 in de tabel: per 1.000 waarvan</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>What is favourable</source>
      <translation>Wat gunstig is</translation>
    </message>
    <message>
      <location filename="../gui/intake_figures.py" />
      <source>Only rows with (column=value; more with ;)</source>
      <translation>Alleen rijen met (kolom=waarde; meer met ;)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(left out)</source>
      <translation>(niet overnemen)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>What these texts mean</source>
      <translation>Wat deze teksten betekenen</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>For rows that do not say so themselves</source>
      <translation>Voor rijen die het zelf niet zeggen</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(choose)</source>
      <translation>(kies)</translation>
    </message>
    <message>
      <location filename="../gui/intake_list.py" />
      <source>(leave empty)</source>
      <translation>(leeg laten)</translation>
    </message>
    <message>
      <location filename="../gui/intake_outputs.py" />
      <source>Import report</source>
      <translation>Rapport van het inlezen</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Columns of the file</source>
      <translation>Kolommen van het bestand</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Column</source>
      <translation>Kolom</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Is</source>
      <translation>Is</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>Row {number}</source>
      <translation>Rij {number}</translation>
    </message>
    <message>
      <location filename="../gui/intake_table.py" />
      <source>What the column {name} is</source>
      <translation>Wat de kolom {name} is</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Take in an own table or list</source>
      <translation>Eigen tabel of lijst innemen</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>recognised</source>
      <translation>wordt herkend</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>File</source>
      <translation>Bestand</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Columns</source>
      <translation>Kolommen</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What the file does not say</source>
      <translation>Wat het bestand niet zegt</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What will happen</source>
      <translation>Wat er gaat gebeuren</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>step {number}</source>
      <translation>stap {number}</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Folder of the dossier</source>
      <translation>Map van het dossier</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Sheet or table</source>
      <translation>Werkblad of tabel</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Row with the names of the columns</source>
      <translation>Rij met de kolomnamen</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>A table of figures by area: for the map</source>
      <translation>Een tabel met cijfers per gebied: voor de kaart</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>A list for the dossier: objects, yards, signals, visits or evidence</source>
      <translation>Een lijst voor het dossier: objecten, erven, signalen, bezoeken of bewijs</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: rows need coordinates, or a known object</source>
      <translation>Geen: rijen hebben coördinaten nodig, of een bekend object</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: the file is recognised, and you choose</source>
      <translation>Geen: het bestand wordt herkend, en u kiest</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>File (CSV, XLSX, ODS)</source>
      <translation>Bestand (CSV, XLSX, ODS)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Choose…</source>
      <translation>Kiezen…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Mapping of last time</source>
      <translation>Indeling van de vorige keer</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Load…</source>
      <translation>Laden…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>What it is</source>
      <translation>Wat het is</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Layer of the dossier</source>
      <translation>Laag van het dossier</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Register that answered</source>
      <translation>Register dat antwoordde</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses of the BAG (file)</source>
      <translation>Adressen van de BAG (bestand)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses of the BAG</source>
      <translation>Adressen van de BAG</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Addresses (*.gpkg *.csv *.geojson *.json *.gml *.fgb *.shp)</source>
      <translation>Adressen (*.gpkg *.csv *.geojson *.json *.gml *.fgb *.shp)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration file</source>
      <translation>Configuratiebestand</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration (*.toml)</source>
      <translation>Configuratie (*.toml)</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Also take text with a telephone number, e-mail address, licence plate or form of address</source>
      <translation>Ook tekst overnemen met een telefoonnummer, e-mailadres, kenteken of aanspreking</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Show it on the map of this project; of several periods all, with a clock</source>
      <translation>Op de kaart van dit project tonen; van meer perioden alle, met een klok</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>None: only the map</source>
      <translation>Geen: alleen de kaart</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>Configuration file of the atlas</source>
      <translation>Configuratiebestand van de atlas</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Save mapping…</source>
      <translation>&amp;Indeling bewaren…</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Back</source>
      <translation>&amp;Vorige</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Next</source>
      <translation>V&amp;erder</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Take in</source>
      <translation>&amp;Overnemen</translation>
    </message>
    <message>
      <location filename="../gui/intake_window.py" />
      <source>&amp;Close</source>
      <translation>&amp;Sluiten</translation>
    </message>
    <message>
      <location filename="../gui/legend_view.py" />
      <source>Legend</source>
      <translation>Legenda</translation>
    </message>
    <message>
      <location filename="../gui/legend_view.py" />
      <source>Number of areas</source>
      <translation>Aantal gebieden</translation>
    </message>
    <message>
      <location filename="../gui/line_view.py" />
      <source>{area}, {first} to {last}.</source>
      <translation>{area}, {first} tot en met {last}.</translation>
    </message>
    <message>
      <location filename="../gui/line_view.py" />
      <source>Band: the 95% interval.</source>
      <translation>Band: het 95%-interval.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Why this object is on the list</source>
      <translation>Waarom dit object op de lijst staat</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Zoom to this object</source>
      <translation>Zoom naar dit object</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>New status</source>
      <translation>Nieuwe status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Change &amp;status</source>
      <translation>Wijzig &amp;status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Changes the layer, not yet the file: undo with Ctrl+Z, save the edits of the layer when done</source>
      <translation>Wijzigt de laag, nog niet het bestand: maak ongedaan met Ctrl+Z, sla de bewerkingen van de laag op als u klaar bent</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>More</source>
      <translation>Meer</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Access, correct or erase: what a person may ask about this object</source>
      <translation>Inzage, verbeteren of wissen: wat iemand over dit object mag vragen</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>{number} objects selected.</source>
      <translation>{number} objecten geselecteerd.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Select an object to read why it is on the list.</source>
      <translation>Selecteer een object om te lezen waarom het op de lijst staat.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Without address</source>
      <translation>Zonder adres</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>No conclusion has been drawn for this object yet.</source>
      <translation>Over dit object is nog geen conclusie getrokken.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Holds until {day} if nothing new is found.</source>
      <translation>Geldt tot {day} als er niets nieuws bij komt.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>It is not certain that it lies in this municipality.</source>
      <translation>Het is niet zeker dat het in deze gemeente ligt.</translation>
    </message>
    <message>
      <location filename="../gui/object_details.py" />
      <source>Evidence</source>
      <translation>Bewijs</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Search address, municipality or remark</source>
      <translation>Zoek adres, gemeente of toelichting</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Search objects</source>
      <translation>Zoek objecten</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All statuses</source>
      <translation>Alle statussen</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Conclusion</source>
      <translation>Conclusie</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All conclusions</source>
      <translation>Alle conclusies</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Municipality</source>
      <translation>Gemeente</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All municipalities</source>
      <translation>Alle gemeenten</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>All evidence</source>
      <translation>Alle bewijs</translation>
    </message>
    <message>
      <location filename="../gui/object_filters.py" />
      <source>Without evidence</source>
      <translation>Zonder bewijs</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Open a dossier…</source>
      <translation>Open een dossier…</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Make a new dossier…</source>
      <translation>Maak een nieuw dossier…</translation>
    </message>
    <message>
      <location filename="../gui/object_message.py" />
      <source>Try again</source>
      <translation>Probeer opnieuw</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Objects: {total}</source>
      <translation>Objecten: {total}</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Objects: {number} of {total}</source>
      <translation>Objecten: {number} van {total}</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Show all</source>
      <translation>Toon alles</translation>
    </message>
    <message>
      <location filename="../gui/object_panel.py" />
      <source>Take the filters away</source>
      <translation>Haal de filters weg</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Answer who asks what is recorded…</source>
      <translation>Inzage geven in wat er is vastgelegd…</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Correct a record…</source>
      <translation>Een record verbeteren…</translation>
    </message>
    <message>
      <location filename="../gui/record_rights.py" />
      <source>Erase a record…</source>
      <translation>Een record wissen…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>(none)</source>
      <translation>(geen)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Reading the file…</source>
      <translation>Het bestand wordt gelezen…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Looking what would happen…</source>
      <translation>Kijken wat er zou gebeuren…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>The import report is a layer of the project now: every row, and what became of it.</source>
      <translation>Het importrapport is nu een laag van het project: elke rij, en wat ermee is gebeurd.</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Taking in…</source>
      <translation>Wordt overgenomen…</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Table or list</source>
      <translation>Tabel of lijst</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</source>
      <translation>Tabellen (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Mapping</source>
      <translation>Indeling</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Mappings (*.toml)</source>
      <translation>Indelingen (*.toml)</translation>
    </message>
    <message>
      <location filename="../gui/taking_in.py" />
      <source>Save mapping</source>
      <translation>Indeling bewaren</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Text about a person?</source>
      <translation>Tekst over een persoon?</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>In {layer} free text holds what belongs to a person, or looks like it:</source>
      <translation>In {layer} staat in vrije tekst wat bij een persoon hoort, of daarop lijkt:</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>The dossier is about places. Without this text the rest is saved, and the field stays as it was. Save it only when it has to be there and the protocol of your municipality allows it.</source>
      <translation>Het dossier gaat over plekken. Zonder deze tekst wordt de rest opgeslagen, en blijft het veld zoals het was. Sla haar alleen op als zij er moet staan en het protocol van de gemeente dat toestaat.</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Save without this text</source>
      <translation>Zonder deze tekst opslaan</translation>
    </message>
    <message>
      <location filename="../gui/text_question.py" />
      <source>Save all the same</source>
      <translation>Toch opslaan</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Take in an own table or list…</source>
      <translation>Eigen tabel of lijst innemen…</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Own table or list</source>
      <translation>Eigen tabel of lijst</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>A file as you have it: shown as it is understood, before anything is written</source>
      <translation>Een bestand zoals u het hebt: eerst ziet u hoe het is begrepen, dan pas wordt er geschreven</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>This tool is not there.</source>
      <translation>Dit gereedschap is er niet.</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>The page is made: {name}</source>
      <translation>De pagina is gemaakt: {name}</translation>
    </message>
    <message>
      <location filename="../gui/tool_dialogs.py" />
      <source>Open in the browser</source>
      <translation>Open in de browser</translation>
    </message>
    <message>
      <location filename="../gui/tools_panel.py" />
      <source>The tools are not there: switch on the plugin Processing.</source>
      <translation>Het gereedschap is er niet: zet de plugin Processing aan.</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>&amp;Undo</source>
      <translation>&amp;Ongedaan maken</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Sa&amp;ve</source>
      <translation>O&amp;pslaan</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Undoes the last change of this layer, as Ctrl+Z does</source>
      <translation>Maakt de laatste wijziging van deze laag ongedaan, zoals Ctrl+Z</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>Saves the changes of this layer and ends editing, so that others can go on</source>
      <translation>Slaat de wijzigingen van deze laag op en stopt het bewerken, zodat anderen verder kunnen</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>1 object has changes that are not saved yet.</source>
      <translation>1 object heeft wijzigingen die nog niet zijn opgeslagen.</translation>
    </message>
    <message>
      <location filename="../gui/unsaved_changes.py" />
      <source>{number} objects have changes that are not saved yet.</source>
      <translation>{number} objecten hebben wijzigingen die nog niet zijn opgeslagen.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Campaign</source>
      <translation>Campagne</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Rounds</source>
      <translation>Ronden</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Still out</source>
      <translation>Nog uit</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Hand out…</source>
      <translation>Meegeven…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>It is back or destroyed</source>
      <translation>Is terug of vernietigd</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>There is no campaign yet.</source>
      <translation>Er is nog geen campagne.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>No round is planned yet.</source>
      <translation>Er is nog geen ronde gepland.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Nothing is out.</source>
      <translation>Er is niets uit.</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Choose one round: its package, sheet, map, GPX or calendar</source>
      <translation>Kies één ronde: haar pakket, routeblad, kaart, GPX of agenda</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Plan rounds…</source>
      <translation>Ronden plannen…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>What is measured…</source>
      <translation>Wat er wordt gemeten…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Evaluate…</source>
      <translation>Evalueren…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Choose yards…</source>
      <translation>Erven kiezen…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Out and back</source>
      <translation>Uit en terug</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>Take back packages…</source>
      <translation>Pakketten terugnemen…</translation>
    </message>
    <message>
      <location filename="../gui/visit_panel.py" />
      <source>To decide</source>
      <translation>Te beslissen</translation>
    </message>
    <message>
      <location filename="../layers/choropleth.py" />
      <source>My style</source>
      <translation>Mijn stijl</translation>
    </message>
    <message>
      <location filename="../layers/choropleth.py" />
      <source>The data of this layer is in a temporary file, which is gone when QGIS closes. Save the project and show the map again: its data is then kept in the folder buitengebied_atlas beside the project.</source>
      <translation>De gegevens van deze laag staan in een tijdelijk bestand, dat weg is als QGIS sluit. Sla het project op en toon de kaart opnieuw: de gegevens worden dan bewaard in de map buitengebied_atlas naast het project.</translation>
    </message>
    <message>
      <location filename="../layers/join_report.py" />
      <source>The join is refused: no row is on a map. What became of the {rows} rows:</source>
      <translation>Het koppelen is geweigerd: geen rij staat op een kaart. Wat er met de {rows} rijen is:</translation>
    </message>
    <message>
      <location filename="../layers/join_report.py" />
      <source>Rows on the map: {joined} of {rows}.</source>
      <translation>Rijen op de kaart: {joined} van {rows}.</translation>
    </message>
    <message>
      <location filename="../layers/table_reading.py" />
      <source>Read as written in the file: {path}</source>
      <translation>Gelezen zoals het in het bestand staat: {path}</translation>
    </message>
    <message>
      <location filename="../layers/table_reading.py" />
      <source>QGIS can't see which cells of an .xls are percentages: 23.6% is 0.236. Save it as .xlsx.</source>
      <translation>QGIS ziet niet welke cellen van een .xls percentages zijn: 23,6% is hier 0,236. Sla het op als .xlsx.</translation>
    </message>
    <message>
      <location filename="../own_command.py" />
      <source>Your own command atlas (empty: none)</source>
      <translation>Uw eigen opdracht atlas (leeg: geen)</translation>
    </message>
    <message>
      <location filename="../own_command.py" />
      <source>All files (*)</source>
      <translation>Alle bestanden (*)</translation>
    </message>
    <message>
      <location filename="../plugin.py" />
      <source>Show the Atlas panel</source>
      <translation>Toon het paneel Atlas</translation>
    </message>
    <message>
      <location filename="../project/editing.py" />
      <source>Change status</source>
      <translation>Status wijzigen</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Cancelled: nothing was changed.</source>
      <translation>Geannuleerd: er is niets veranderd.</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Rural area</source>
      <translation>Buitengebied</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Object dossier</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Farm visits</source>
      <translation>Erfbezoeken</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Page, print and field</source>
      <translation>Pagina, PDF en veld</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>{count} more are in the report.</source>
      <translation>Nog {count} staan in het rapport.</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Parameters</source>
      <translation>Wat u opgeeft</translation>
    </message>
    <message>
      <location filename="../provider/algorithm.py" />
      <source>Result</source>
      <translation>Resultaat</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Answer who asks what is recorded</source>
      <translation>Inzage geven in wat er is vastgelegd</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Address of the yard or object, with its place</source>
      <translation>Adres van het erf of object, met de plaats</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Or its uuid (more with commas, when a yard and an object are one)</source>
      <translation>Of zijn uuid (meer met komma's, als erf en object één zijn)</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Who answers: the organisation</source>
      <translation>Wie antwoordt: de organisatie</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Whom to ask: e-mail or telephone</source>
      <translation>Wie vragen beantwoordt: e-mail of telefoon</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Letter</source>
      <translation>Brief</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>PDF files (*.pdf)</source>
      <translation>PDF-bestanden (*.pdf)</translation>
    </message>
    <message>
      <location filename="../provider/answer_access.py" />
      <source>Records</source>
      <translation>Records</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points in areas</source>
      <translation>Punten in gebieden</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points</source>
      <translation>Punten</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Areas of the atlas</source>
      <translation>Gebieden van de atlas</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Or polygons of a layer</source>
      <translation>Of vlakken van een laag</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with the code of the area</source>
      <translation>Veld met de code van het gebied</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with the name of the area</source>
      <translation>Veld met de naam van het gebied</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Field with addresses or inhabitants, for the figure per 1,000</source>
      <translation>Veld met adressen of inwoners, voor het cijfer per 1.000</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Or points that are counted for the figure per 1,000</source>
      <translation>Of punten die worden geteld voor het cijfer per 1.000</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points with their area</source>
      <translation>Punten met hun gebied</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Areas with counts</source>
      <translation>Gebieden met aantallen</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Points in an area: {inside} of {points}.</source>
      <translation>Punten in een gebied: {inside} van {points}.</translation>
    </message>
    <message>
      <location filename="../provider/assign_points.py" />
      <source>Of these the area is not certain, too near a border: {uncertain}.</source>
      <translation>Daarvan is het gebied niet zeker, te dicht bij een grens: {uncertain}.</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Look through a dossier</source>
      <translation>Dossier nakijken</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Accept all records as they are now, whoever or whatever changed them</source>
      <translation>Aanvaard alle records zoals ze er nu staan, ook die waarvan niet bekend is wie ze wijzigde</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Files in which something is wrong</source>
      <translation>Bestanden waarin iets niet klopt</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Things cleared up</source>
      <translation>Wat is opgeruimd</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Remarks</source>
      <translation>Opmerkingen</translation>
    </message>
    <message>
      <location filename="../provider/check_dossier.py" />
      <source>Every record is what was stored.</source>
      <translation>Elk record is wat er is opgeslagen.</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Ready for the field? (QField, Mergin Maps)</source>
      <translation>Klaar voor het veld? (QField, Mergin Maps)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Project file or folder (empty: the open project)</source>
      <translation>Projectbestand of map (leeg: het project dat open is)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Findings</source>
      <translation>Bevindingen</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Package of the dossier for a team (zip)</source>
      <translation>Pakket van het dossier voor een team (zip)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Zip files (*.zip)</source>
      <translation>Zip-bestanden (*.zip)</translation>
    </message>
    <message>
      <location filename="../provider/check_field_package.py" />
      <source>Ready for the field?</source>
      <translation>Klaar voor het veld?</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Map of a figure</source>
      <translation>Kaart van een cijfer</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Level</source>
      <translation>Niveau</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Period (empty: the newest; for a table of your own it must be filled in)</source>
      <translation>Periode (leeg: de nieuwste; bij een eigen tabel verplicht)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Or: a table of your own</source>
      <translation>Of: een eigen tabel</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the area (name or code)</source>
      <translation>Veld met het gebied (naam of code)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the value</source>
      <translation>Veld met de waarde</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Field with the number of answers (n)</source>
      <translation>Veld met het aantal antwoorden (n)</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Your table: unit</source>
      <translation>Eigen tabel: eenheid</translation>
    </message>
    <message>
      <location filename="../provider/choropleth.py" />
      <source>Map of the figure</source>
      <translation>Kaart van het cijfer</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Conclude vacancy from evidence</source>
      <translation>Leegstand concluderen uit bewijs</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Day of the judgement (empty: today)</source>
      <translation>Dag van het oordeel (leeg: vandaag)</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Conclusions with their reasons</source>
      <translation>Conclusies met hun redenen</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Changed conclusions</source>
      <translation>Gewijzigde conclusies</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Unchanged conclusions</source>
      <translation>Ongewijzigde conclusies</translation>
    </message>
    <message>
      <location filename="../provider/conclude_vacancy.py" />
      <source>Objects not judged</source>
      <translation>Niet beoordeelde objecten</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Correct a record</source>
      <translation>Een record verbeteren</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>What has to be done</source>
      <translation>Wat er moet gebeuren</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Give a field its right value</source>
      <translation>Een veld zijn goede waarde geven</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Withdraw this evidence</source>
      <translation>Dit bewijs intrekken</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Let this withdrawn evidence count again</source>
      <translation>Dit ingetrokken bewijs weer laten meetellen</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Field, by its name (prioriteit)</source>
      <translation>Veld, bij zijn naam (prioriteit)</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Its right value (empty: nothing)</source>
      <translation>Zijn goede waarde (leeg: niets)</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Reason, without names or addresses; it is kept</source>
      <translation>Reden, zonder namen of adressen; die blijft bewaard</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>Changed fields</source>
      <translation>Gewijzigde velden</translation>
    </message>
    <message>
      <location filename="../provider/correct_record.py" />
      <source>The conclusion of the object changes only when the conclusions are drawn again.</source>
      <translation>De conclusie van het object verandert pas als de conclusies opnieuw worden getrokken.</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Mark what lies in the rural area</source>
      <translation>Buitengebied aanwijzen</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Yards, addresses or other points</source>
      <translation>Erven, adressen of andere punten</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Outside the built-up areas (TOP10NL)</source>
      <translation>Buiten de bebouwde kom (TOP10NL)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Outside the population centres (CBS)</source>
      <translation>Buiten de bevolkingskernen (CBS)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>In a neighbourhood with few addresses around (CBS)</source>
      <translation>In een buurt met weinig adressen in de omgeving (CBS)</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Built-up areas, population centres or neighbourhoods</source>
      <translation>Bebouwde kommen, kernen of buurten</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Field with the address density (OAD) of a neighbourhood</source>
      <translation>Veld met de adressendichtheid (OAD) van een buurt</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Fewer addresses per km² than this</source>
      <translation>Minder adressen per km² dan dit</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Reference date of the polygons</source>
      <translation>Peildatum van de vlakken</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points marked as rural or not</source>
      <translation>Punten in of buiten het buitengebied</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points in the rural area: {rural} of {points}.</source>
      <translation>Punten in het buitengebied: {rural} van {points}.</translation>
    </message>
    <message>
      <location filename="../provider/countryside.py" />
      <source>Points of which the density is not known: {points}.</source>
      <translation>Punten waarvan de dichtheid niet bekend is: {points}.</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Create dossier</source>
      <translation>Dossier maken</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>New or empty folder</source>
      <translation>Nieuwe of lege map</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>For made-up data (FICTIEF)</source>
      <translation>Voor verzonnen gegevens (FICTIEF)</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>With a project</source>
      <translation>Met een project</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Project</source>
      <translation>Project</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>The dossier stands in {folder}.</source>
      <translation>Het dossier staat in {folder}.</translation>
    </message>
    <message>
      <location filename="../provider/create_dossier.py" />
      <source>Open the project to start: {path}</source>
      <translation>Open het project om te beginnen: {path}</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Decide about a conflict</source>
      <translation>Over een conflict beslissen</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Conflict: its uuid, or how that begins</source>
      <translation>Conflict: zijn uuid, of hoe die begint</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Which value the field gets</source>
      <translation>Welke waarde het veld krijgt</translation>
    </message>
    <message>
      <location filename="../provider/decide_conflict.py" />
      <source>Conflicts still open</source>
      <translation>Conflicten die nog open zijn</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Folder of the dossier (empty: the dossier of this project)</source>
      <translation>Map van het dossier (leeg: het dossier van dit project)</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Municipalities of the team</source>
      <translation>Gemeenten van het team</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Purpose, for the register</source>
      <translation>Doel, voor het register</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Your name in the history (empty: as this computer knows you)</source>
      <translation>Uw naam in de geschiedenis (leeg: zoals deze computer u kent)</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Uuid of the record</source>
      <translation>Uuid van het record</translation>
    </message>
    <message>
      <location filename="../provider/dossier_parameters.py" />
      <source>Or its address, with its place</source>
      <translation>Of het adres, met de plaats</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Erase a record</source>
      <translation>Een record wissen</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Erase it now (otherwise: only show what would go)</source>
      <translation>Wis het nu (anders: alleen tonen wat er gewist zou worden)</translation>
    </message>
    <message>
      <location filename="../provider/erase_record.py" />
      <source>Nothing was erased yet: confirm it to erase.</source>
      <translation>Er is nog niets gewist: bevestig het om te wissen.</translation>
    </message>
    <message>
      <location filename="../provider/evaluate_visits.py" />
      <source>Evaluate a campaign</source>
      <translation>Campagne evalueren</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Atlas as a page (HTML)</source>
      <translation>Atlas als pagina (HTML)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Audience</source>
      <translation>Doelgroep</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Municipalities (only with a dossier)</source>
      <translation>Gemeenten (alleen met een dossier)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Purpose, for the register (only with a dossier)</source>
      <translation>Doel, voor het register (alleen met een dossier)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Why a page with real data is not sealed, for the register</source>
      <translation>Waarom een pagina met echte gegevens niet wordt verzegeld, voor het register</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>Page</source>
      <translation>Pagina</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>HTML files (*.html)</source>
      <translation>HTML-bestanden (*.html)</translation>
    </message>
    <message>
      <location filename="../provider/export_page.py" />
      <source>The page stands in {path}.</source>
      <translation>De pagina staat in {path}.</translation>
    </message>
    <message>
      <location filename="../provider/figure_parameter.py" />
      <source>Published figure</source>
      <translation>Gepubliceerd cijfer</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Hand out a round</source>
      <translation>Ronde meegeven</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Round (a letter)</source>
      <translation>Ronde (een letter)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Back or destroyed by</source>
      <translation>Terug of vernietigd voor</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Package (zip), sheet (pdf), map (gpkg), GPX or calendar (ics)</source>
      <translation>Pakket (zip), routeblad (pdf), kaart (gpkg), GPX of agenda (ics)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Package (*.zip);;Sheet (*.pdf);;Map (*.gpkg);;GPX (*.gpx);;Calendar (*.ics)</source>
      <translation>Pakket (*.zip);;Routeblad (*.pdf);;Kaart (*.gpkg);;GPX (*.gpx);;Agenda (*.ics)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Road sections of the NWB (only with your own command)</source>
      <translation>Wegvakken van het NWB (alleen met uw eigen opdracht)</translation>
    </message>
    <message>
      <location filename="../provider/hand_out_round.py" />
      <source>Teams and their days, as planned with (only with your own command)</source>
      <translation>Teams en hun dagen, zoals mee gepland (alleen met uw eigen opdracht)</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Take back field packages</source>
      <translation>Pakketten uit het veld terugnemen</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Packages (zip), or of each a GeoPackage in its folder</source>
      <translation>Pakketten (zip), of van elk een GeoPackage in zijn map</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>What came back</source>
      <translation>Wat er terugkwam</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>New records</source>
      <translation>Nieuwe records</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Changed records</source>
      <translation>Gewijzigde records</translation>
    </message>
    <message>
      <location filename="../provider/import_field_package.py" />
      <source>Refused rows</source>
      <translation>Geweigerde rijen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Import records</source>
      <translation>Records inlezen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Table or layer to import</source>
      <translation>Tabel of laag om in te lezen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Register that answered (with leegstand_bewijs)</source>
      <translation>Register dat antwoordde (bij leegstand_bewijs)</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Source of rows that name none</source>
      <translation>Bron van rijen die er geen noemen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Keep until, for rows that do not say</source>
      <translation>Bewaren tot, voor rijen die het niet noemen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Fields to leave out</source>
      <translation>Velden om weg te laten</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Unchanged rows</source>
      <translation>Ongewijzigde rijen</translation>
    </message>
    <message>
      <location filename="../provider/import_records.py" />
      <source>Rows not read</source>
      <translation>Niet gelezen rijen</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Join a table to areas</source>
      <translation>Tabel koppelen aan gebieden</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Table (layer or file)</source>
      <translation>Tabel (laag of bestand)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Or a CSV of StatLine or the police, which QGIS can't open as a layer</source>
      <translation>Of een CSV van StatLine of de politie, die QGIS niet als laag kan openen</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Level of the areas in the table</source>
      <translation>Niveau van de gebieden in de tabel</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the name or code of the area</source>
      <translation>Kolom met de naam of code van het gebied</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the value</source>
      <translation>Kolom met de waarde</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Unit of the value</source>
      <translation>Eenheid van de waarde</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the number of respondents</source>
      <translation>Kolom met het aantal respondenten</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with weights, for percentages</source>
      <translation>Kolom met gewichten, voor percentages</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Year of the municipal division (empty: now)</source>
      <translation>Jaar van de gemeentelijke indeling (leeg: nu)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Several rows for one area</source>
      <translation>Meer regels voor één gebied</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Refuse the join</source>
      <translation>Koppeling weigeren</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Add them up</source>
      <translation>Optellen</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Decided per column</source>
      <translation>Bepaal het per kolom</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Comma</source>
      <translation>Komma</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Point</source>
      <translation>Punt</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Not decided: a table with such cells is refused</source>
      <translation>Niet gekozen: een tabel met zulke cellen wordt geweigerd</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Zero</source>
      <translation>Nul</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Missing</source>
      <translation>Ontbrekend</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column to divide counts by, for a rate</source>
      <translation>Kolom om aantallen door te delen, voor een verhouding</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide counts by the inhabitants of this year, for a rate per 1,000</source>
      <translation>Deel aantallen door de inwoners van dit jaar, voor een cijfer per 1.000</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide counts by the km² of land, for a rate per km²</source>
      <translation>Deel aantallen door het land in km², voor een cijfer per km²</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Percentages below 1</source>
      <translation>Percentages onder 1</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Not decided: such columns are refused</source>
      <translation>Niet bepaald: zo'n kolom wordt geweigerd</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>0.36 is 0.36%</source>
      <translation>0,36 is 0,36%</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>0.36 is 36%</source>
      <translation>0,36 is 36%</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>A row about a place</source>
      <translation>Een regel over een plaats</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Gives its municipality no value</source>
      <translation>Geeft haar gemeente geen waarde</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Is a count, added up for its municipality</source>
      <translation>Is een aantal, opgeteld bij haar gemeente</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the municipality, for names of wijken</source>
      <translation>Kolom met de gemeente, bij namen van wijken</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Draw the map with classes (say under Advanced what the figure is)</source>
      <translation>Kaart maken met klassen (zeg bij Geavanceerd wat het cijfer is)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>StatLine: name of the topic, instead of a column with the value</source>
      <translation>StatLine: naam van het onderwerp, in plaats van een kolom met de waarde</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Only these rows: column=value; column=value</source>
      <translation>Alleen deze rijen: kolom=waarde; kolom=waarde</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Column with the periods (empty: as StatLine has it)</source>
      <translation>Kolom met de perioden (leeg: die van StatLine)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Add counts up over the kinds in this column</source>
      <translation>Aantallen optellen over de soorten in deze kolom</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Divide Winsum of before 2019 by addresses, an estimate: list of addresses</source>
      <translation>Winsum van voor 2019 naar adressen verdelen, een schatting: lijst met adressen</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Your table: period, such as 2025 or 2025-11</source>
      <translation>Eigen tabel: periode, zoals 2025 of 2025-11</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Areas with values</source>
      <translation>Gebieden met waarden</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Report of the join</source>
      <translation>Koppelrapport</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>The report of the join stands in {path}</source>
      <translation>Het koppelrapport staat in {path}</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>{report} (refused)</source>
      <translation>{report} (geweigerd)</translation>
    </message>
    <message>
      <location filename="../provider/join_table.py" />
      <source>Areas without a figure, as there are too few respondents: {count}.</source>
      <translation>Gebieden zonder cijfer, omdat er te weinig respondenten zijn: {count}.</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Load boundaries</source>
      <translation>Grenzen laden</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>From</source>
      <translation>Waar de grenzen vandaan komen</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>the plugin (CBS/Kadaster 2022; no connection)</source>
      <translation>uit de plugin (CBS/Kadaster 2022; zonder verbinding)</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>a layer or file of your own</source>
      <translation>uit een eigen laag of bestand</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>the service of CBS and PDOK (asks the internet)</source>
      <translation>van de dienst van CBS en PDOK (via internet)</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Layer or file of your own</source>
      <translation>Eigen laag of bestand</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Service: year</source>
      <translation>Dienst: jaar</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Service: address</source>
      <translation>Dienst: adres</translation>
    </message>
    <message>
      <location filename="../provider/load_boundaries.py" />
      <source>Names of places</source>
      <translation>Namen van plaatsen</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Made by (the organisation)</source>
      <translation>Gemaakt door (de organisatie)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Who answers questions (e-mail or telephone)</source>
      <translation>Wie vragen beantwoordt (e-mail of telefoon)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Made on (a day such as 2026-12-01)</source>
      <translation>Gemaakt op (een dag als 2026-12-01)</translation>
    </message>
    <message>
      <location filename="../provider/made_by.py" />
      <source>Only to try: without maker and contact, and the page says so</source>
      <translation>Alleen om te proberen: zonder maker en contact, en dat staat op de pagina</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>Migrate dossier</source>
      <translation>Dossier omzetten</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>Copy of the older dossier</source>
      <translation>Kopie van het oudere dossier</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>This dossier is of this version already.</source>
      <translation>Dit dossier is al van deze versie.</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>The older dossier was copied to {copy}.</source>
      <translation>Het oudere dossier is gekopieerd naar {copy}.</translation>
    </message>
    <message>
      <location filename="../provider/migrate_dossier.py" />
      <source>The project was made anew; the older one is in the copy.</source>
      <translation>Het project is opnieuw gemaakt; het oudere zit in de kopie.</translation>
    </message>
    <message>
      <location filename="../provider/note_back.py" />
      <source>Note that a file is back or destroyed</source>
      <translation>Noteren dat een bestand terug of vernietigd is</translation>
    </message>
    <message>
      <location filename="../provider/note_back.py" />
      <source>Name of the file, as the register has it</source>
      <translation>Naam van het bestand, zoals in het register</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what the figure is</source>
      <translation>Eigen tabel: wat het cijfer is</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: source</source>
      <translation>Eigen tabel: bron</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: among whom it was measured</source>
      <translation>Eigen tabel: onder wie het is gemeten</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what a reader must take care of</source>
      <translation>Eigen tabel: waar een lezer op moet letten</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: per 1,000 of what, for such a rate</source>
      <translation>Eigen tabel: per 1.000 waarvan, bij zo'n verhouding</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: what is favourable</source>
      <translation>Eigen tabel: wat gunstig is</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>higher is more favourable</source>
      <translation>hoger is gunstiger</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>higher is less favourable</source>
      <translation>hoger is ongunstiger</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>neither</source>
      <translation>geen van beide</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: how it was measured</source>
      <translation>Eigen tabel: hoe het is gemeten</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: decimals (empty: as many as the figures have)</source>
      <translation>Eigen tabel: decimalen (leeg: zo veel als de cijfers hebben)</translation>
    </message>
    <message>
      <location filename="../provider/own_figure.py" />
      <source>Your table: the figure of the whole country, to compare with</source>
      <translation>Eigen tabel: het cijfer van heel Nederland, om mee te vergelijken</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Plan the rounds of a campaign</source>
      <translation>Ronden van een campagne plannen</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Teams and their days (CSV or JSON)</source>
      <translation>Teams en hun dagen (CSV of JSON)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Minutes for a visit (empty: as usual)</source>
      <translation>Minuten per bezoek (leeg: zoals gewoonlijk)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>The longest the search may take, in seconds (empty: no limit)</source>
      <translation>Het langste dat het zoeken mag duren, in seconden (leeg: geen grens)</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Seed of the search</source>
      <translation>Zaad van het zoeken</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Visits planned</source>
      <translation>Bezoeken gepland</translation>
    </message>
    <message>
      <location filename="../provider/plan_rounds.py" />
      <source>Yards that did not fit</source>
      <translation>Erven die niet pasten</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Printed atlas (PDF)</source>
      <translation>Gedrukte atlas (PDF)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Period (empty: the newest)</source>
      <translation>Periode (leeg: de nieuwste)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Municipalities</source>
      <translation>Gemeenten</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Printed atlas</source>
      <translation>Gedrukte atlas</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Folder of a dossier whose objects stand on the map (only for the team)</source>
      <translation>Map van een dossier waarvan de objecten op de kaart komen (alleen voor het team)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>Also add the layout to this project, with its layers in this GeoPackage</source>
      <translation>Zet de opmaak ook in dit project, met haar lagen in dit GeoPackage</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>GeoPackages (*.gpkg)</source>
      <translation>GeoPackages (*.gpkg)</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>{count} pages: {path}</source>
      <translation>{count} bladen: {path}</translation>
    </message>
    <message>
      <location filename="../provider/printed_atlas.py" />
      <source>The layout '{name}' was added to the project.</source>
      <translation>De opmaak '{name}' is aan het project toegevoegd.</translation>
    </message>
    <message>
      <location filename="../provider/provider.py" />
      <source>The algorithm {name} could not be loaded and is left out: {reason}</source>
      <translation>Het algoritme {name} kan niet worden geladen en is weggelaten: {reason}</translation>
    </message>
    <message>
      <location filename="../provider/reading_list.py" />
      <source>List to read</source>
      <translation>Lijst om te lezen</translation>
    </message>
    <message>
      <location filename="../provider/reading_list.py" />
      <source>List</source>
      <translation>Lijst</translation>
    </message>
    <message>
      <location filename="../provider/register_indicators.py" />
      <source>Write down what a campaign measures</source>
      <translation>Vastleggen wat een campagne meet</translation>
    </message>
    <message>
      <location filename="../provider/register_indicators.py" />
      <source>What is measured</source>
      <translation>Wat er wordt gemeten</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Remoteness of yards</source>
      <translation>Afgelegenheid van erven</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yards</source>
      <translation>Erven</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the address id of a yard</source>
      <translation>Veld met het adreskenmerk van een erf</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the municipality code of a yard</source>
      <translation>Veld met de gemeentecode van een erf</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Addresses with a dwelling</source>
      <translation>Adressen met een woning</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field with the address id of a dwelling</source>
      <translation>Veld met het adreskenmerk van een woning</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field that says which addresses are dwellings</source>
      <translation>Veld dat zegt welke adressen woningen zijn</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Built-up areas or population centres</source>
      <translation>Bebouwde kommen of kernen</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Roads</source>
      <translation>Wegen</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Field that says which roads are through roads</source>
      <translation>Veld dat zegt welke wegen doorgaand zijn</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>A yard without address: dwellings this near are its own (m)</source>
      <translation>Een erf zonder adres: woningen zo dichtbij horen erbij (m)</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Reference date of the addresses</source>
      <translation>Peildatum van de adressen</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yards with their remoteness</source>
      <translation>Erven met hun afgelegenheid</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>{homes} dwellings</source>
      <translation>{homes} woningen</translation>
    </message>
    <message>
      <location filename="../provider/remoteness.py" />
      <source>Yard {number}: {reason}</source>
      <translation>Erf {number}: {reason}</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Choose the yards of a campaign</source>
      <translation>Erven van een campagne kiezen</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Name of the campaign</source>
      <translation>Naam van de campagne</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Keep until</source>
      <translation>Bewaren tot</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Rules with tiers (TOML; empty: every yard of the countryside)</source>
      <translation>Regels met treden (TOML; leeg: elk erf van het buitengebied)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Kind of visit</source>
      <translation>Soort bezoek</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Legal ground (for toezicht)</source>
      <translation>Grondslag (bij toezicht)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>By which act or by-law (for toezicht)</source>
      <translation>Welke wet of verordening (bij toezicht)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Seed of the draw (empty: one that nobody chooses)</source>
      <translation>Zaad van de loting (leeg: een dat niemand kiest)</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Yards in the frame</source>
      <translation>Erven in het kader</translation>
    </message>
    <message>
      <location filename="../provider/select_yards.py" />
      <source>Yards chosen</source>
      <translation>Gekozen erven</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Settle the municipality near a border</source>
      <translation>Gemeente bij een grens vaststellen</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>BAG addresses, to know the place of residence (with the table of places)</source>
      <translation>BAG-adressen, om de woonplaats te kennen (samen met de tabel van woonplaatsen)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Table of places of residence and municipalities (Kadaster, CBS)</source>
      <translation>Tabel van woonplaatsen en gemeenten (Kadaster, CBS)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Only this record, as you know it: its uuid (empty: by place of residence and borders)</source>
      <translation>Alleen dit record, zoals u het weet: zijn uuid (leeg: woonplaats en grenzen beslissen)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Municipality in which this record lies</source>
      <translation>Gemeente waarin dit record ligt</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Day on which you found that out (empty: today)</source>
      <translation>De dag waarop u dat vaststelde (leeg: vandaag)</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Settled municipalities</source>
      <translation>Vastgestelde gemeenten</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Records that were settled</source>
      <translation>Vastgestelde records</translation>
    </message>
    <message>
      <location filename="../provider/settle_municipality.py" />
      <source>Records that remain uncertain</source>
      <translation>Records die onzeker blijven</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Take in a list</source>
      <translation>Lijst innemen</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Row with the names of the columns (empty: recognised)</source>
      <translation>Rij met de namen van de kolommen (leeg: herkend)</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Columns that are not recognised, such as soort=Type gebouw; more with ;</source>
      <translation>Kolommen die niet zijn herkend, zoals soort=Type gebouw; meer met ;</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>What a text means, such as soort:loods/stal=loods; more with ;</source>
      <translation>Wat een tekst betekent, zoals soort:loods/stal=loods; meer met ;</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Reference date of rows that name none</source>
      <translation>Peildatum van rijen die er geen noemen</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Only show what would happen; nothing is written</source>
      <translation>Alleen tonen wat er zou gebeuren; er wordt niets geschreven</translation>
    </message>
    <message>
      <location filename="../provider/take_in_list.py" />
      <source>Nothing was written: this is what would happen.</source>
      <translation>Er is niets geschreven: dit zou er gebeuren.</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Maps of the team's own figures</source>
      <translation>Kaarten van de eigen cijfers van het team</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Levels to put on the map</source>
      <translation>Niveaus die op de kaart komen</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>GeoPackage (*.gpkg)</source>
      <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>Number of maps</source>
      <translation>Aantal kaarten</translation>
    </message>
    <message>
      <location filename="../provider/team_figures.py" />
      <source>The figures stand in {path}: {count} maps of these levels.</source>
      <translation>De cijfers staan in {path}: {count} kaarten van deze niveaus.</translation>
    </message>
    <message>
      <location filename="../provider/visit_parameters.py" />
      <source>Campaign, by its name</source>
      <translation>Campagne, met haar naam</translation>
    </message>
    <message>
      <location filename="../too_old.py" />
      <source>Buitengebied Atlas needs Python {needed} or newer; this QGIS has {found}. Ask for a newer QGIS.</source>
      <translation>Buitengebied Atlas heeft Python {needed} of nieuwer nodig; deze QGIS heeft {found}. Vraag om een nieuwere QGIS.</translation>
    </message>
  </context>
</TS>
