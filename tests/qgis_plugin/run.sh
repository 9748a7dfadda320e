#!/bin/sh
# The plugin tests in QGIS's own Python, on the packaged plugin: in a profile of their own, without the user's
# packages and without those of the atlas environment. All of them: a QGIS for each folder, two at once, because one
# QGIS that ran them all has ended in an abort of a virtual layer that no folder by itself ends in.
# Usage: run.sh PYTHON PATHS [arguments of pytest]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$1
shift
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PYTHONNOUSERSITE=1 XDG_RUNTIME_DIR="$room" LIBGL_ALWAYS_SOFTWARE=1
# unpacked and compiled once for every QGIS of this run
unset PYTHONPATH VIRTUAL_ENV PYTHONDONTWRITEBYTECODE
if [ -z "${BUITENGEBIED_PLUGIN_ROOT:-}" ]; then
  export BUITENGEBIED_PLUGIN_ROOT="$room/plugin"
  "$python" "$here/../packaged_plugin.py" "$BUITENGEBIED_PLUGIN_ROOT"
fi

run() {
  # pytest-qgis keeps its profile in pytest's root: an empty one for each run
  root=$(mktemp -d -p "$room")
  set -- -c "$here/pytest.ini" --rootdir "$root" "$@"
  if [ -n "${DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    "$python" -m pytest "$@"
  else
    xvfb-run --auto-servernum --server-args="-screen 0 1600x1200x24" "$python" -m pytest "$@"
  fi
}

# the files of one QGIS: those of a folder, fourteen at the most; the most files first
lots() {
  for folder in "$here"/*/ "$here"/; do
    find "$folder" -maxdepth 1 -name 'test_*.py' | sort | split -l 14 - "$room/lot-$(basename "$folder")-"
  done
  ls -S "$room"/lot-*
}

if [ -d "$1" ] && [ "$(cd "$1" && pwd)" = "$here" ]; then
  shift
  # what each says is shown when it is done, or two would be mixed
  lots | xargs -P 2 -I {} sh -c 'sh "$0" "$@" >{}.said 2>&1 || failed=1; cat {}.said; exit ${failed:-0}' \
    "$here/run.sh" "$python" @{} "$@"
else
  run "$@"
fi
