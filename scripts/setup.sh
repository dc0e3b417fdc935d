#!/bin/sh
# Create $VENV with the first fitting Python and install the project, its tools and exact versions in it.
set -eu
venv=${VENV:-.venv}

fits() { "$1" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

python=
for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if fits "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "没有找到 Python 3.11、3.12 或 3.13（要带 venv）。Debian/Ubuntu: apt install python3 python3-venv；或 make PYTHON=/路径/python3" >&2
    echo "No Python 3.11 to 3.13 with venv was found." >&2
    exit 1
fi

compiler=$("$python" -c 'import sysconfig; print((sysconfig.get_config_var("CC") or "cc").split()[0])')
if ! command -v "$compiler" >/dev/null 2>&1 && ! command -v cc >/dev/null 2>&1; then
    echo "没有 C 编译器，durable-rules 装不上。请先安装: Debian/Ubuntu: apt install gcc；Fedora: dnf install gcc；macOS: xcode-select --install" >&2
    echo "A C compiler is missing: install gcc (Debian, Fedora) or the Xcode command line tools (macOS)." >&2
    exit 1
fi
header=$("$python" -c 'import os, sysconfig; print(os.path.join(sysconfig.get_path("include"), "Python.h"))')
if [ ! -f "$header" ]; then
    echo "没有 Python 头文件（$header），durable-rules 装不上。请先安装: Debian/Ubuntu: apt install python3-dev；Fedora: dnf install python3-devel" >&2
    echo "The Python headers are missing: install python3-dev (Debian) or python3-devel (Fedora)." >&2
    exit 1
fi

"$python" -m venv "$venv"
# durable-rules is built here, never taken from a wheel cache: one built without CPPFLAGS installs and then fails to load.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-binary durable-rules \
    -c constraints.txt setuptools wheel -e '.[dev]'
"$venv/bin/python" -c 'import durable_rules_engine' || {
    echo "durable-rules 装上了但不能用；评分会改用内置推理，结果相同。" >&2
    echo "durable-rules was installed but does not load; the built-in inference answers instead." >&2
}
