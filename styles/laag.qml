<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40.0" styleCategories="Symbology|Labeling|Fields|MapTips" labelsEnabled="$labels_enabled">
  <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="$ordered">
    <rules key="{regels}">
$rules
    </rules>
    <symbols>
$symbols
    </symbols>
$order  </renderer-v2>
$labels
  <mapTip enabled="1"><![CDATA[$map_tip]]></mapTip>
  <aliases>
$aliases
  </aliases>
</qgis>
