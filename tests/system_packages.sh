#!/usr/bin/env bash
# What the tests need from the system: two browsers and their typeface, PDF text, the GeoPackage validator of GDAL,
# and QGIS with a virtual screen. Says what it will install before it does; without root it prints the lines for the
# administrator and stops.
set -euo pipefail

oldest_qgis=3.40

missing=()
command -v chromium >/dev/null || missing+=(chromium)
# sealed pages are opened in it as well
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing+=(firefox-esr)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v ogrinfo >/dev/null || missing+=(gdal-bin)
/usr/bin/python3 -c 'import osgeo_utils' 2>/dev/null || missing+=(python3-gdal)
fonts=$(fc-list 2>/dev/null || true)
[[ $fonts == *DejaVuSans.ttf* ]] || missing+=(fonts-dejavu-core fontconfig)
# the page is measured in this face: another is wider, and a print would take a second sheet
[[ $fonts == *LiberationSans-Regular* ]] || missing+=(fonts-liberation)
command -v xvfb-run >/dev/null || missing+=(xvfb xauth)
/usr/bin/python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)

# QGIS itself, which also brings the command that the installing test starts
qgis_version=$(dpkg-query --show --showformat '${Version}' python3-qgis 2>/dev/null || true)
qgis=()
if [ -z "$qgis_version" ] || dpkg --compare-versions "$qgis_version" lt "$oldest_qgis" ||
  ! command -v qgis >/dev/null; then
  qgis=(qgis python3-qgis)
fi
[ $((${#missing[@]} + ${#qgis[@]})) -eq 0 ] && exit 0

# Debian 12 has QGIS 3.22, and 3.40 in its backports: the source line is this machine's own, for another suite
here=$(dirname "$0")
suite=
if [ ${#qgis[@]} -gt 0 ]; then
  offered=$(apt-cache policy qgis | awk '$1 == "Candidate:" { print $2 }')
  if [ -z "$offered" ] || [ "$offered" = "(none)" ] || dpkg --compare-versions "$offered" lt "$oldest_qgis"; then
    # shellcheck source=/dev/null
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME-backports")
  fi
fi
release=(${suite:+--target-release "$suite"})

echo "De tests hebben deze pakketten van het systeem nodig: ${missing[*]} ${qgis[*]}"
if [ -n "$suite" ]; then echo "QGIS komt uit $suite, van dezelfde bron als Debian zelf."; fi
if [ "$(id -u)" -eq 0 ]; then
  run=()
elif sudo -n true 2>/dev/null; then
  run=(sudo)
else
  echo "Daarvoor is een beheerder nodig. Laat uitvoeren:"
  [ -z "$suite" ] || echo "  echo '$(bash "$here/debian_sources.sh" line "$suite")' > /etc/apt/sources.list.d/$suite.list"
  echo "  apt-get update"
  [ ${#missing[@]} -eq 0 ] || echo "  apt-get install ${missing[*]}"
  [ ${#qgis[@]} -eq 0 ] || echo "  apt-get install ${release[*]} ${qgis[*]}"
  exit 1
fi
echo "Ze worden nu geïnstalleerd."
if [ -n "$suite" ] && ! bash "$here/debian_sources.sh" has "$suite"; then
  bash "$here/debian_sources.sh" line "$suite" | "${run[@]}" tee "/etc/apt/sources.list.d/$suite.list" >/dev/null
fi
# another program may be installing at this moment (a machine that has just started updates itself): wait for it
wait=(-o DPkg::Lock::Timeout=600)
install=("${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${wait[@]}" install -y -qq --no-install-recommends)
"${run[@]}" apt-get "${wait[@]}" update -qq
[ ${#missing[@]} -eq 0 ] || "${install[@]}" "${missing[@]}" >/dev/null
[ ${#qgis[@]} -eq 0 ] || "${install[@]}" "${release[@]}" "${qgis[@]}" >/dev/null
