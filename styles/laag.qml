<qgis version="3.40.0" styleCategories="Symbology|Labeling|Fields|MapTips$categories" labelsEnabled="$labels_enabled">
  <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="$ordered">
    <rules key="{regels}">
$rules
    </rules>
    <symbols>
$symbols
    </symbols>
$order  </renderer-v2>
$labels
$temporal  <mapTip enabled="1"><![CDATA[$map_tip]]></mapTip>
  <aliases>
$aliases
  </aliases>
</qgis>
