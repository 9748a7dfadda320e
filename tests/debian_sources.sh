#!/usr/bin/env bash
# Where this machine gets its Debian from, as apt itself reads it from .list and .sources alike.
#   debian_sources.sh uri           the address of the release
#   debian_sources.sh has SUITE     whether a suite is among the sources
#   debian_sources.sh line SUITE    a source line for another suite from the same address
set -euo pipefail

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")

# apt writes one line for each source: address and suite
sources() {
  apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' \
    'Created-By: Packages' 'Component: main'
}

of_release() {
  sources | awk -v suite="$codename" '$2 == suite && !found { print; found = 1 }'
}

keyring=/usr/share/keyrings/debian-archive-keyring.gpg # of the package debian-archive-keyring, on every Debian
read -r uri _ <<<"$(of_release)" || true
if [ -z "${uri:-}" ]; then
  echo "Er staat geen bron van Debian $codename in de bronnen van apt." >&2
  exit 1
fi

case $1 in
  uri) echo "$uri" ;;
  has) sources | awk -v suite="$2" '$2 == suite { found = 1 } END { exit !found }' ;;
  line) echo "deb [signed-by=$keyring] $uri $2 main" ;;
esac
