# Says what to do when no Python here can make a virtual environment.
for p in python3.13 python3.12 python3.11 python3; do
  if "$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    version=$("$p" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version is here, but its venv module is not. This command installs it:" >&2
    echo "    sudo apt-get install -y python$version-venv" >&2
    exit 1
  fi
done
echo "Matchmaker needs Python 3.11, 3.12 or 3.13, and found none. This command installs one:" >&2
case $(uname -s) in
  Darwin) echo "    brew install python@3.13" >&2 ;;
  *) echo "    sudo apt-get install -y python3 python3-venv" >&2 ;;
esac
exit 1
