#!/bin/sh
# Builds the editing page's vendored files from the versions in package.json and package-lock.json into OUT.
#   sh vendor.sh OUT
# Needs Node 20 or later and an npm registry, once; what comes out needs neither.
set -eu
cd "$(dirname "$0")"
out=${1:-out}
npm ci --ignore-scripts --no-audit --no-fund
node bundle.mjs "$out"
texts=$(mktemp -d)
trap 'rm -rf "$texts"' EXIT
npm install --prefix "$texts" --ignore-scripts --no-audit --no-fund --no-save --legacy-peer-deps $(grep -v '^@sveltia/' packages.txt)
node licences.mjs "$texts" "$out/LICENSES.txt"
(cd "$out" && sha256sum -- * >../SHA256SUMS)
