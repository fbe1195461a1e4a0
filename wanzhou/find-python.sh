# Sourced by ./run and ./check: sets $python to a Python 3.11 or newer, or says that there is none.
python=
for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到 Python 3.11 或更新的版本；请先安装（例如 apt-get install python3 python3-venv）。" >&2
    exit 1
fi
export PYTHONUTF8=1
