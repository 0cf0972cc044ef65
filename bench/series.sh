#!/bin/sh
# The series store beside a plain SQLite table and VictoriaMetrics. Usage: bench/series.sh [RUNS]
set -e
cd "$(dirname "$0")/.."
dotnet build bench/Netronome.SeriesBench -c Release -v q --nologo
exec dotnet exec artifacts/bin/Netronome.SeriesBench/release/Netronome.SeriesBench.dll "$@"
