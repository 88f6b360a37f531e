#!/bin/sh
# Sets up what the press needs, and is done at once when nothing is missing.
#
#   tools/prepare.sh          what `publish` needs to run
#   tools/prepare.sh dev      that, and what tests, checks and the lock files need
#
# Out: .venv with every package that the lock file names, by hash; the checkout itself on its path
# and its command in .venv/bin; Pango's shared libraries. System packages are installed on Debian
# and its kin when the user may (root, or sudo without a password); elsewhere one line says what
# to type. PYTHON=… names the interpreter to use. Exit code 5: something is missing.
set -eu

cd "$(dirname "$0")/.."
checkout=$PWD
python=.venv/bin/python

say() {
    printf 'cablepress: %s\n' "$*" >&2
}

# What is missing; its packages on Debian, on Fedora, with Homebrew. Ends the run with one line.
stop_and_say_what_to_type() {
    case $(uname -s) in
        Darwin) todo="brew install $4" ;;
        *)
            if command -v apt-get >/dev/null; then
                todo="sudo apt-get install $2"
            elif command -v dnf >/dev/null; then
                todo="sudo dnf install $3"
            else
                todo="your package manager; Debian calls them $2"
            fi
            ;;
    esac
    say "$1. Type: $todo   and then the same command again."
    exit 5
}

# Installs Debian packages, or returns 1 when this is not Debian or the user may not.
install_debian_packages() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
    say "installing Debian's $*"
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    # A machine that was never updated knows no packages, and an old list names files that are gone.
    $apt install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    $apt update >/dev/null && $apt install -y --no-install-recommends "$@" >/dev/null
}

# Prints the first Python that is new enough; nothing when there is none.
find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

# Debian keeps `ensurepip`, without which an environment has no pip, in a package of its own.
can_make_environments() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

make_environment() {
    if [ -x $python ] && $python -m pip --version >/dev/null 2>&1; then
        return
    fi
    base=$(find_python)
    if [ -z "$base" ]; then
        stop_and_say_what_to_type "Python 3.11 or newer is missing" \
            "python3 python3-venv" python3 "python pango"
    fi
    version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! can_make_environments "$base"; then
        install_debian_packages "python$version-venv" || true
        can_make_environments "$base" || stop_and_say_what_to_type \
            "Python's venv module is missing" "python$version-venv" python3 python
    fi
    say "making .venv with Python $version ($base)"
    "$base" -m venv --clear .venv
}

install_locked_packages() {
    say "installing what $1 names"
    $python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --requirement "$1"
}

# The checkout is not built or copied: a path file and a launcher make it the installed program,
# so that this needs no build tool and no network.
install_checkout() {
    packages=$($python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$checkout" >"$packages/cablepress.pth"
    # -P: a folder named publish where the command is run must not be taken for the program.
    printf '#!/bin/sh\nexec "%s/.venv/bin/python" -P -m publish "$@"\n' "$checkout" >.venv/bin/publish
    chmod +x .venv/bin/publish
}

# Opens every shared library that WeasyPrint opens, the optional one for subsets included: without
# it, fonts are cut by other code, and the bytes of the edition are not the same. Prints the error.
open_text_libraries() {
    {
        $python -W error:HarfBuzz-Subset:DeprecationWarning -c 'import weasyprint.text.ffi' >/dev/null
    } 2>&1
}

see_to_pango() {
    open_text_libraries >/dev/null && return
    debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    # shellcheck disable=SC2086  # three names, three words
    install_debian_packages $debian || true
    if ! problem=$(open_text_libraries); then
        stop_and_say_what_to_type "a shared library for text is missing ($(
            printf '%s' "$problem" | tail -n 1 | cut -d : -f 1-2
        ))" "$debian" pango "python pango"
    fi
}

case $(uname -s) in
    MINGW* | MSYS* | CYGWIN*)
        say "this needs a Unix shell. Type: wsl --install -d Debian   and run it in that window."
        exit 5
        ;;
esac

case ${1:-runtime} in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *)
        say "$1 is neither 'runtime' nor 'dev'"
        exit 2
        ;;
esac

# An environment cannot be moved, so its place is part of what was prepared.
fingerprint() {
    printf '%s\n' "$checkout"
    cksum "$1" tools/prepare.sh
}

# Everything in requirements.lock stands in requirements-dev.lock too, at the same version.
prepared() {
    for candidate in "$lock" requirements-dev.lock; do
        stamp=.venv/prepared-$candidate
        if [ -f "$stamp" ] && [ -x $python ] && [ "$(cat "$stamp")" = "$(fingerprint "$candidate")" ]; then
            return 0
        fi
    done
    return 1
}

if prepared; then
    exit 0
fi
make_environment
install_locked_packages "$lock"
install_checkout
see_to_pango
fingerprint "$lock" >".venv/prepared-$lock"
