<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40.0" styleCategories="Symbology|Labeling|Fields|MapTips" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0" locked="0">
          <Option type="Map">
            <Option name="color" type="QString" value="108,74,118,255"/>
            <Option name="name" type="QString" value="circle"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
            <Option name="scale_method" type="QString" value="diameter"/>
            <Option name="size" type="QString" value="3.6"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="&quot;naam&quot; || '\n' || &quot;aankomst&quot;" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="75" namedStyle="Bold" textColor="30,30,30,255" textOpacity="1" allowHtml="0">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" bufferJoinStyle="128" bufferNoFill="1"/>
      </text-style>
      <placement placement="6" dist="1.5" distUnits="MM" priority="10"/>
      <rendering displayAll="1" drawLabels="1" obstacle="1" upsidedownLabels="0" mergeLines="0" scaleVisibility="0" scaleMin="0" scaleMax="0"/>
    </settings>
  </labeling>
  <mapTip enabled="1">&lt;b>[% "naam" %]&lt;/b> [% "aankomst" %] – [% "vertrek" %]&lt;br>[% "adres" %]&lt;br>[% replace(coalesce("redenen", ''), '\n', '&lt;br>') %]&lt;br>[% coalesce("let_op", '') %]</mapTip>
  <aliases>
$aliases
  </aliases>
</qgis>
