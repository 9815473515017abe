#!/bin/sh
# Compiles the plan reader into reader.jar beside the package. Needs a JDK of 17 or newer; users need none, the jar is in the repository.
# Usage: src/mainstay/formats/plans/java/build.sh [directory of MPXJ's jars]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
libraries=${1:-$(python -c "import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec('mpxj').origin).parent / 'lib')")}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac --release 17 -Xlint:all,-processing,-classfile,-path -Werror -cp "$libraries/*" -d "$classes" "$here"/mainstay/plans/*.java
mkdir -p "$classes/META-INF/services"
echo mainstay.plans.MacRomanProvider > "$classes/META-INF/services/java.nio.charset.spi.CharsetProvider"
digest=$(cd "$here" && cat mainstay/plans/*.java | sha256sum | cut -d' ' -f1)
printf 'Main-Class: mainstay.plans.PlanReader\nSource-Digest: %s\n' "$digest" > "$classes/manifest"
jar --create --file "$here/../reader.jar" --date 2026-01-01T00:00:00Z --manifest "$classes/manifest" -C "$classes" META-INF -C "$classes" mainstay
