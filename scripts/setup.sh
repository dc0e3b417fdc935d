#!/bin/sh
# Make a virtual environment in $VENV with $PYTHON or the first Python that fits, and install everything in it.
set -eu
venv=${VENV:-.venv}

stop() { printf '%s\n' "$@" >&2; exit 1; }
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }
ask() { "$python" -c "import sys, sysconfig; print($1)"; }

python=
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if fits "$candidate"; then python=$candidate; break; fi
done
[ "$python" ] || stop \
    "没有合用的 Python（${PYTHON:-找遍了 PATH}）：要 CPython 3.11、3.12 或 3.13。Debian/Ubuntu: apt install python3 python3-venv；Fedora: dnf install python3。已装在别处: make PYTHON=/路径/python3" \
    "No Python that fits (${PYTHON:-looked on PATH}): CPython 3.11, 3.12 or 3.13 is needed."
version=$(ask '"%d.%d" % sys.version_info[:2]')
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
    "Python $version 不带 venv。Debian/Ubuntu: apt install python$version-venv" \
    "Python $version lacks venv. Debian, Ubuntu: apt install python$version-venv"

# durable-rules comes as C source. It uses a name that CPython 3.13 dropped; the define has the same meaning on every version.
CPPFLAGS="${CPPFLAGS:-} -DPyEval_CallObject=PyObject_CallObject"
CC=${CC:-$(ask 'sysconfig.get_config_var("CC") or "cc"')}
command -v "${CC%% *}" >/dev/null 2>&1 || CC=cc
export CC CPPFLAGS
packages="Debian/Ubuntu: apt install gcc libc6-dev python$version-dev; Fedora: dnf install gcc python3-devel; Alpine: apk add gcc musl-dev python3-dev; macOS: xcode-select --install"
command -v "${CC%% *}" >/dev/null 2>&1 || stop \
    "没有 C 编译器，durable-rules 装不上。请先安装。$packages" \
    "A C compiler is missing, durable-rules cannot be built. $packages"
echo '#include <Python.h>' | $CC -E -I"$(ask 'sysconfig.get_path("include")')" - >/dev/null 2>&1 || stop \
    "没有 Python $version 的头文件（Python.h），durable-rules 装不上。请先安装。$packages" \
    "The headers of Python $version (Python.h) are missing, durable-rules cannot be built. $packages"

echo "正在准备 $venv（Python $version），第一次要一两分钟…… setting up" >&2
if [ "${PYTHON:-}" ] || ! fits "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$venv"
fi
install() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$@"; }
loads() { "$venv/bin/python" -c 'import durable_rules_engine' 2>/dev/null; }
# A cached wheel built without the define installs and then fails to load: this one package is always built here.
install setuptools wheel &&
    { loads || install --no-build-isolation --no-cache-dir --no-binary durable_rules --force-reinstall --no-deps durable_rules; } &&
    install --no-build-isolation -e '.[dev]' || stop \
    "没有装好，原因见上面 pip 的英文说明；多半是网络或软件源不通，修好后再运行一次。" \
    "The installation failed, see pip's words above."
loads || printf '%s\n' \
    "durable-rules 装上了但不能用；评分会改用内置推理，结果相同。" \
    "durable-rules was installed but does not load; the built-in inference answers instead." >&2
