#!/usr/bin/env bash
# The plugin tests on QGIS 3.44: in a Debian 13 of its own under .cache/trixie, from the address that this machine
# has its own Debian from. Needs root (chroot, mount). The room is kept: the second time it is ready at once.
set -euo pipefail
cd "$(dirname "$0")/../.."

room=$PWD/.cache/trixie
if [ "$(id -u)" -ne 0 ]; then
  echo "make test-matrix maakt een eigen Debian en vraagt daarvoor een beheerder (root)."
  exit 1
fi

# in a mount table of its own: what is mounted below is seen by this run only, and is gone when it ends, however
if [ "${1:-}" != --mounting ]; then
  exec unshare --mount --propagation private bash tests/qgis_plugin/matrix.sh --mounting "$@"
fi
shift

inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PYTHONDONTWRITEBYTECODE=1 "${proxies[@]}" chroot "$room" "$@"
}
# what a machine needs to reach its sources is handed on; nothing else of the environment is
mapfile -t proxies < <(env | grep -iE '^(https?_proxy|no_proxy)=' || true)

if [ ! -e "$room/.base" ]; then
  if ! command -v debootstrap >/dev/null; then
    echo "Voor Debian 13 is het pakket debootstrap nodig. Het wordt nu geïnstalleerd."
    wait=(-o DPkg::Lock::Timeout=600) # another program may be installing at this moment
    apt-get "${wait[@]}" update -qq
    apt-get "${wait[@]}" install -y -qq --no-install-recommends debootstrap >/dev/null
  fi
  echo "Debian 13 komt in $room te staan, met QGIS uit trixie-backports (ongeveer 3 GB)."
  rm -rf --one-file-system "$room"
  debootstrap --variant=minbase --include=ca-certificates trixie "$room" "$(bash tests/debian_sources.sh uri)" \
    >"$room.log" 2>&1 || { tail -5 "$room.log"; exit 1; }
  for suite in trixie trixie-updates trixie-backports; do
    bash tests/debian_sources.sh line "$suite"
  done >"$room/etc/apt/sources.list"
  touch "$room/.base"
fi

mount -t proc proc "$room/proc"
mount --bind /dev "$room/dev"
mount --bind /sys "$room/sys"
mount -t tmpfs tmpfs "$room/dev/shm"
for folder in "$PWD" "$(.venv/bin/python -c 'import sys; print(sys.base_prefix)')"; do
  if [ "$folder" != /usr ]; then
    mkdir -p "$room$folder"
    mount --bind "$folder" "$room$folder"
    mount -o remount,bind,ro "$room$folder"
  fi
done
cp /etc/resolv.conf /etc/hosts "$room/etc/"
cp /etc/apt/apt.conf.d/*proxy* "$room/etc/apt/apt.conf.d/" 2>/dev/null || true

if [ ! -e "$room/.qgis" ]; then
  inside apt-get update -qq
  inside apt-get install -y -qq --no-install-recommends --target-release trixie-backports \
    qgis python3-qgis >"$room.log" 2>&1 || { tail -5 "$room.log"; exit 1; }
  inside apt-get install -y -qq --no-install-recommends python3-venv python3-gdal xvfb xauth \
    fonts-dejavu-core fonts-liberation fontconfig libgl1-mesa-dri poppler-utils >"$room.log" 2>&1 || { tail -5 "$room.log"; exit 1; }
  touch "$room/.qgis"
fi
if [ ! -e "$room/opt/tests/.created" ] || [ constraints-qgis.txt -nt "$room/opt/tests/.created" ]; then
  inside /usr/bin/python3 -m venv --system-site-packages /opt/tests
  # fetched by this machine's pip, which knows where packages come from here
  rm -rf .cache/matrix-wheels
  .venv-qgis/bin/pip download --quiet --disable-pip-version-check --only-binary :all: --dest .cache/matrix-wheels \
    -c constraints-qgis.txt pytest pytest-qgis packaging pluggy iniconfig Pygments
  inside /opt/tests/bin/pip install --quiet --disable-pip-version-check --no-index \
    --find-links "$PWD/.cache/matrix-wheels" pytest pytest-qgis
  touch "$room/opt/tests/.created"
fi

inside dpkg-query --show --showformat 'QGIS ${Version}\n' python3-qgis
# the atlas environment is tried there too, unless it uses the Python of this Debian, which is another there
elsewhere=
inside "$PWD/.venv/bin/python" -c 'import geopandas' 2>/dev/null || elsewhere=1
inside env BUITENGEBIED_NO_ATLAS_ENVIRONMENT="$elsewhere" sh "$PWD/tests/qgis_plugin/run.sh" /opt/tests/bin/python \
  "$PWD/tests/qgis_plugin" "$@"
