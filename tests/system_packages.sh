#!/usr/bin/env bash
# What the tests need from the system: a browser and its typeface, PDF text, the GeoPackage validator of GDAL.
# Says what it will install before it does; without root it prints the line for the administrator and stops.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v ogrinfo >/dev/null || missing+=(gdal-bin)
/usr/bin/python3 -c 'import osgeo_utils' 2>/dev/null || missing+=(python3-gdal)
fonts=$(fc-list 2>/dev/null || true)
[[ $fonts == *DejaVuSans.ttf* ]] || missing+=(fonts-dejavu-core fontconfig)
# the page is measured in this face: another is wider, and a print would take a second sheet
[[ $fonts == *LiberationSans-Regular* ]] || missing+=(fonts-liberation)
[ ${#missing[@]} -eq 0 ] && exit 0

echo "De tests hebben deze pakketten van het systeem nodig: ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then
  run=()
elif sudo -n true 2>/dev/null; then
  run=(sudo)
else
  echo "Daarvoor is een beheerder nodig. Laat uitvoeren:"
  echo "  apt-get update && apt-get install ${missing[*]}"
  exit 1
fi
echo "Ze worden nu geïnstalleerd."
"${run[@]}" apt-get update -qq
"${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
