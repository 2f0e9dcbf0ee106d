# shellcheck shell=bash
# What ./run and ./test need of the machine; read by them, not run by itself.

stack=${Stack:-Embedded}

say() { printf '%s\n' "$*"; }

fail() {
    printf 'mille-cafes: %s\n' "$*" >&2
    exit 1
}

need_dotnet() {
    local place
    for place in '' "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        [ -z "$place" ] || [ -x "$place/dotnet" ] || continue
        if "${place:+$place/}dotnet" --list-sdks 2>/dev/null | grep -q '^10\.'; then
            [ -z "$place" ] || export DOTNET_ROOT="$place" PATH="$place:$PATH"
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
            return
        fi
    done
    fail 'the .NET 10 SDK is needed: install it (https://dotnet.microsoft.com/download/dotnet/10.0), then try again'
}

# install WHAT-FOR PACKAGE…
install() {
    local purpose=$1 log privileged=()
    shift
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || fail "$purpose is missing: run 'sudo apt-get install $*', then try again"
        privileged=(sudo -n)
    fi
    command -v apt-get >/dev/null || fail "$purpose is missing: install it (Debian's packages: $*), then try again"
    say "Installing $purpose ($*)"
    log=$(mktemp)
    # One source out of reach does not matter when the others have the packages
    "${privileged[@]}" apt-get update >"$log" 2>&1 || true
    if ! "${privileged[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "$purpose could not be installed: see $log, run 'apt-get install $*' by hand, then try again"
    fi
    rm -f "$log"
}

has_postgresql() {
    command -v initdb >/dev/null && return
    local program
    for program in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$program" ] && return
    done
    return 1
}

need_postgresql() {
    has_postgresql && return
    # Debian would make and start a cluster of its own, which nobody here uses
    local drop=/etc/postgresql-common/createcluster.d/mille-cafes.conf privileged=()
    [ "$(id -u)" = 0 ] || privileged=(sudo -n)
    "${privileged[@]}" mkdir -p "${drop%/*}" 2>/dev/null &&
        printf 'create_main_cluster = false\n' | "${privileged[@]}" tee "$drop" >/dev/null || true
    local status=0
    (install PostgreSQL postgresql) || status=$?
    "${privileged[@]}" rm -f "$drop" 2>/dev/null || true
    # In a subshell, as anywhere, nothing goes on without it
    [ $status = 0 ] || exit $status
}

# The bundle is fetched once: see Embedded/Scalar.AspNetCore
need_npm() {
    local bundle
    for bundle in "$root"/artifacts/"$stack"/obj/Scalar.AspNetCore/bundle/*.js.gz; do
        [ -f "$bundle" ] && return
    done
    command -v npm >/dev/null || install "npm, for the explorer's page," nodejs npm
}

# The linters and the generated client: see tests/Explorer.Tests/Tools
need_node() {
    command -v node >/dev/null && command -v npm >/dev/null || install "Node.js, for the tests of the API's document," nodejs npm
}

need_chromium() {
    command -v chromium >/dev/null || install "Chromium, for the explorer's test," chromium
}

need_faketime() {
    local library
    for library in /usr/lib/*/faketime/libfaketime.so.1; do
        [ -f "$library" ] && return
    done
    install "libfaketime, for the tests with clocks that jump," libfaketime
}

# build PROJECT CONFIGURATION: says nothing unless it fails
build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$1" -c "$2" --nologo -v quiet -clp:NoSummary >"$log" 2>&1; then
        grep -E '(error|warning) ' "$log" | sort -u | head -n 40 >&2 || true
        [ -s "$log" ] && ! grep -q 'error ' "$log" && tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
