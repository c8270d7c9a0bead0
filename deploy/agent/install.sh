#!/bin/sh
# Installs the Tidegate agent on a Linux machine, unattended, or removes it again. See docs/install.md.
#   sh install.sh --package FILE|URL --sha256 HEX --control-plane URL --join-token-file FILE --recovery-key-file FILE \
#     --name NAME --region KEY [-- flags of `run`]
#   sh install.sh --uninstall [--keep-state]
set -eu
umask 022

usage() {
  cat <<'TEXT'
Install:
  --package FILE|https://URL   the package (tidegate-agent-VERSION.tgz)
  --sha256 HEX                 its hash, from where you trust it
  --manifest FILE --release-key FILE
                               (together) the signed manifest of the release and the public release key (PEM)
  --control-plane URL          address of the control plane
  --join-token-file FILE       one-time token of an administrator
  --recovery-key-file FILE     the recovery key that you assign, or that of the gateway to join
  --name NAME --region KEY     a new gateway, or instead:
  --gateway NAME               a further member of this one
  --member-name NAME           this machine in it (default: its host name)
  --ca-file FILE               certificate authority of the control plane (PEM)
  --root-fingerprint TEXT      root key of the control plane, if the join token does not say it
  --policy FILE                what this machine allows, kept as policy.yaml in the state folder
  --network FILE               ports and proxy, kept as network.yaml in the state folder
  --account NAME               what the agent runs under (default: tidegate-agent, made if it is missing)
  --supervisor systemd|none    none: a plain process in the background, for machines without systemd
  --wait SECONDS               how long to wait until it is connected (default 120)
  -- FLAGS                     further flags of `tidegate-agent run`
Remove:
  --uninstall                  leave the gateway and remove everything
  --keep-state                 do not leave it: keys and account stay for a later installation
Both:
  --prefix DIR                 (default /opt/tidegate-agent)
  --state DIR                  (default /var/lib/tidegate-agent)
TEXT
}

say() { printf '%s\n' "$*"; }
die() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}
need() {
  for tool; do command -v "$tool" >/dev/null 2>&1 || die "the program $tool is missing on this machine"; done
}

# What is on disk beside the two folders.
link=/usr/local/bin/tidegate-agent
unit=/etc/systemd/system/tidegate-agent.service
settings=/etc/tidegate-agent
pid_file=/run/tidegate-agent.pid
log_file=/var/log/tidegate-agent.log
comment='Tidegate agent'

base64url() { # base64url text on standard input -> bytes
  text=$(tr -- '-_' '+/' | tr -d '\n')
  case $((${#text} % 4)) in
  2) text="$text==" ;;
  3) text="$text=" ;;
  esac
  printf '%s' "$text" | openssl base64 -d -A
}

# The manifest is a JWS (ES256) of the release key: typ, signature, and that it speaks of these very bytes.
verify_manifest() {
  need openssl od tr cut
  jws=$(tr -d '\r\n' <"$manifest")
  head=${jws%%.*} rest=${jws#*.}
  body=${rest%%.*} signature=${rest#*.}
  header=$(printf '%s' "$head" | base64url)
  case $header in *'"alg":"ES256"'*) ;; *) die "the manifest is not signed with ES256" ;; esac
  case $header in *'"typ":"tidegate-release+jwt"'*) ;; *) die "what --manifest names is no manifest of a release" ;; esac
  hex=$(printf '%s' "$signature" | base64url | od -An -v -tx1 | tr -d ' \n')
  [ "${#hex}" -eq 128 ] || die "the signature of the manifest has the wrong length"
  printf 'asn1=SEQUENCE:pair\n[pair]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' \
    "$(printf '%s' "$hex" | cut -c1-64)" "$(printf '%s' "$hex" | cut -c65-128)" >"$work/pair"
  openssl asn1parse -genconf "$work/pair" -noout -out "$work/signature" >/dev/null || die "the signature cannot be read"
  printf '%s.%s' "$head" "$body" >"$work/signed"
  openssl dgst -sha256 -verify "$release_key" -signature "$work/signature" "$work/signed" >/dev/null 2>&1 ||
    die "the manifest is not signed by this release key"
  case $(printf '%s' "$body" | base64url) in
  *"\"sha256\":\"$sha256\""*) ;;
  *) die "the manifest is of another package" ;;
  esac
  say "The manifest is signed by the release key."
}

fetch() {
  case $package in
  https://*)
    archive=$work/package.tgz
    if command -v curl >/dev/null 2>&1; then
      curl -fsSL --proto '=https' --proto-redir '=https' --max-filesize 268435456 -o "$archive" "$package" ||
        die "the package cannot be loaded"
    else
      need wget
      wget -q --https-only -O "$archive" "$package" || die "the package cannot be loaded"
    fi
    ;;
  *://*) die "--package takes a file or an https:// address" ;;
  *)
    [ -f "$package" ] || die "there is no package $package"
    # A copy, so that what is checked is what is unpacked.
    archive=$work/package.tgz
    cp -- "$package" "$archive"
    ;;
  esac
  found=$(sha256sum "$archive" | cut -d' ' -f1)
  [ "$found" = "$sha256" ] || die "the package has the hash $found, not the one of --sha256: nothing was installed"
}

check_node() {
  [ -x "$1/bin/node" ] && return 0
  command -v node >/dev/null 2>&1 ||
    die "Node.js is missing: install 20.19 or newer, or use a package that brings its own"
  node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)' ||
    die "Node.js $(node --version) is too old: 20.19 or newer is needed, or a package that brings its own"
}

has_systemd() { [ -d /run/systemd/system ]; }
is_registered() { [ -f "$state/member.json" ]; }

make_account() {
  getent passwd "$account" >/dev/null && return 0
  [ "$account" = tidegate-agent ] || die "there is no account $account"
  useradd --system --user-group --no-create-home --home-dir "$state" --shell /usr/sbin/nologin \
    --comment "$comment" "$account"
}

start_plain() { # the flags of `run`
  make_account
  chown -R -h "$account:" "$state"
  stop_plain
  touch "$log_file"
  chown "$account:" "$log_file"
  chmod 600 "$log_file"
  # Everything a service manager would take away: privileges, environment, terminal.
  setsid setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups --no-new-privs --bounding-set=-all \
    env -i PATH="$PATH" HOME="$state" NODE_ENV=production \
    "$link" run --managed --state "$state" "$@" </dev/null >>"$log_file" 2>&1 &
  echo $! >"$pid_file"
}

stop_plain() {
  [ -f "$pid_file" ] || return 0
  pid=$(cat "$pid_file")
  # Only what is ours: the number may be somebody else's by now.
  if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q 'gateway-agent/main.js run --managed'; then
    kill "$pid" 2>/dev/null || true
    left=450
    while [ -d "/proc/$pid" ] && [ "$left" -gt 0 ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; do
      sleep 0.1
      left=$((left - 1))
    done
    [ "$left" -gt 0 ] || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$pid_file"
}

await_connected() {
  left=$wait
  while [ "$left" -gt 0 ]; do
    case $("$link" status --state "$state" --json 2>/dev/null || true) in *'"connected":true'*) return 0 ;; esac
    sleep 1
    left=$((left - 1))
  done
  return 1
}

# Until this machine is registered a failure leaves nothing behind; afterwards the same command goes on where it was.
clean_up() {
  code=$?
  rm -rf "$work"
  [ -n "${unpacked:-}" ] && rm -rf "$unpacked"
  if [ "$code" -ne 0 ] && [ -n "${placed:-}" ]; then
    if is_registered; then
      say "This machine is registered. Mend the cause and run the same command again: it goes on from here." >&2
    else
      rm -rf "$placed"
      rm -f "$link"
      [ -n "${old_link:-}" ] && ln -s "$old_link" "$link"
      rmdir "$prefix" "$state" 2>/dev/null || true
    fi
  fi
  exit "$code"
}

install() {
  need tar gzip sha256sum cut getent useradd chown readlink mktemp
  [ -n "$package" ] && [ -n "$sha256" ] || die "--package and --sha256 are needed (see --help)"
  case $sha256 in *[!0-9a-f]*) die "--sha256 takes 64 digits, small letters" ;; esac
  [ "${#sha256}" -eq 64 ] || die "--sha256 takes 64 digits, small letters"
  if [ -n "$manifest$release_key" ]; then
    [ -n "$manifest" ] && [ -n "$release_key" ] || die "--manifest and --release-key go together"
  fi
  [ "$supervisor" != auto ] || { has_systemd && supervisor=systemd || die "systemd does not manage this machine: see --supervisor none"; }
  work=$(mktemp -d)
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP

  fetch
  if [ -n "$manifest" ]; then verify_manifest; else say "Signature not checked: no --manifest. The hash is right."; fi

  mkdir -p "$prefix"
  unpacked=$prefix/.unpacked.$$
  mkdir -m 755 "$unpacked"
  tar -xzf "$archive" -C "$unpacked" --no-same-owner
  check_node "$unpacked"
  version=$("$unpacked/bin/tidegate-agent" --version) || die "the package does not run on this machine"
  case $version in '' | *[!0-9.]*) die "the package does not say its version" ;; esac
  [ -e "$prefix/$version" ] || placed=$prefix/$version
  rm -rf "$prefix/$version"
  mv "$unpacked" "$prefix/$version"
  unpacked=
  old_link=$(readlink "$link" 2>/dev/null || true)
  mkdir -p "$(dirname "$link")"
  ln -sfn "$prefix/$version/bin/tidegate-agent" "$link"
  say "Version $version lies in $prefix/$version."

  if is_registered; then
    say "This machine is registered already."
  else
    enrol
  fi
  keep "$policy" policy.yaml
  keep "$network" network.yaml
  if [ "$supervisor" = systemd ]; then
    "$link" service install --state "$state" --account "$account" "$@"
  else
    [ "${1:-}" != -- ] || shift
    start_plain "$@"
  fi
  await_connected || die "the agent was not connected within $wait s: see \`tidegate-agent status\` and its log"
  remove_other_versions
  say "The agent is connected."
}

# A file of the operator's in the state folder, from before the agent's first start.
keep() {
  [ -n "$1" ] || return 0
  (umask 077 && cp -- "$1" "$state/$2.new" && mv "$state/$2.new" "$state/$2")
}

enrol() {
  [ -n "$control_plane" ] && [ -n "$join_token" ] && [ -n "$recovery_key" ] ||
    die "--control-plane, --join-token-file and --recovery-key-file are needed"
  if [ -n "$gateway" ]; then
    set -- join --gateway "$gateway"
  else
    [ -n "$name" ] && [ -n "$region" ] || die "--name and --region are needed, or --gateway"
    set -- register --name "$name" --region "$region"
  fi
  [ -z "$member_name" ] || set -- "$@" --member-name "$member_name"
  [ -z "$ca_file" ] || set -- "$@" --ca-file "$ca_file"
  [ -z "$network" ] || set -- "$@" --network "$network"
  [ -z "$root_fingerprint" ] || set -- "$@" --root-fingerprint "$root_fingerprint"
  NODE_ENV=production "$link" "$@" --control-plane "$control_plane" --state "$state" \
    --join-token-file "$join_token" --recovery-key-file "$recovery_key"
}

remove_other_versions() {
  for folder in "$prefix"/*; do
    [ "$folder" = "$prefix/$version" ] || [ ! -d "$folder/dist" ] || rm -rf "$folder"
  done
}

uninstall() {
  [ -x "$link" ] || die "$link is not there: nothing is installed, or with another --prefix"
  if [ -f "$unit" ]; then "$link" service stop --state "$state"; fi
  stop_plain
  if [ "$keep_state" = no ] && is_registered && ! "$link" unregister --state "$state"; then
    if [ -f "$unit" ]; then "$link" service start --state "$state"; fi
    die "the gateway could not be left, so nothing was removed; --keep-state removes the program alone"
  fi
  if [ "$keep_state" = no ]; then rm -rf "$state" "$settings"; fi
  if [ -f "$unit" ]; then "$link" service uninstall --state "$state"; else remove_account; fi
  rm -f "$link" "$log_file"
  rm -rf "$prefix"
  if [ "$keep_state" = no ]; then say "The agent is removed."; else say "The agent is removed; its state is kept in $state."; fi
}

remove_account() {
  [ "$keep_state" = no ] || return 0
  case $(getent passwd tidegate-agent || true) in *":$comment:"*) userdel tidegate-agent ;; esac
}

# The whole script is read before any of it runs: it may lie in what it removes.
main() {
  package= sha256= manifest= release_key= control_plane= join_token= recovery_key= name= region= gateway= member_name=
  ca_file= root_fingerprint= policy= network= account=tidegate-agent supervisor=auto wait=120 action=install keep_state=no
  prefix=/opt/tidegate-agent state=/var/lib/tidegate-agent
  while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit 0 ;;
    --uninstall) action=uninstall && shift && continue ;;
    --keep-state) keep_state=yes && shift && continue ;;
    --) break ;;
    esac
    [ $# -ge 2 ] || die "$1 needs a value (see --help)"
    case $1 in
    --package) package=$2 ;;
    --sha256) sha256=$2 ;;
    --manifest) manifest=$2 ;;
    --release-key) release_key=$2 ;;
    --control-plane) control_plane=$2 ;;
    --join-token-file) join_token=$2 ;;
    --recovery-key-file) recovery_key=$2 ;;
    --name) name=$2 ;;
    --region) region=$2 ;;
    --gateway) gateway=$2 ;;
    --member-name) member_name=$2 ;;
    --ca-file) ca_file=$2 ;;
    --root-fingerprint) root_fingerprint=$2 ;;
    --policy) policy=$2 ;;
    --network) network=$2 ;;
    --account) account=$2 ;;
    --supervisor) supervisor=$2 ;;
    --wait) wait=$2 ;;
    --prefix) prefix=$2 ;;
    --state) state=$2 ;;
    *) die "there is no option $1 (see --help)" ;;
    esac
    shift 2
  done
  case $supervisor in auto | systemd | none) ;; *) die "--supervisor takes systemd or none" ;; esac
  case $wait in '' | *[!0-9]*) die "--wait takes seconds" ;; esac
  # Both are removed with all they hold: never a folder of the system's own.
  for folder in "$prefix" "$state"; do
    case $folder in */../* | */.. | */ | *//*) die "$folder: give the path without detours" ;; /*/?*) ;; *) die "$folder: too near the root" ;; esac
  done
  [ "$(id -u)" -eq 0 ] || die "this changes the machine and needs root (sudo)"
  "$action" "$@"
}
main "$@"
