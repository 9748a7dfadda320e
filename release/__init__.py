"""What makes and checks a release of the QGIS plugin: tools of developers, never in the zip."""
